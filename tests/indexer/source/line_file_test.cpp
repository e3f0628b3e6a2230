// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/line_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::source {
namespace {

using ::testing::ElementsAre;

struct Seen {
  std::vector<std::string> texts;
  std::vector<std::string> read_again;
};

Seen LinesOf(std::string_view content) {
  const testing::TempDir dir;
  testing::WriteFile(dir.path() / "lines", content);
  const auto file = LineFile::Open(dir.path() / "lines");
  EXPECT_TRUE(file);
  Seen seen;
  EXPECT_TRUE(file->ForEach([&](const LineFile::Line& line) {
    EXPECT_EQ(line.number, seen.texts.size() + 1);
    seen.texts.emplace_back(line.text);
    seen.read_again.push_back(file->ReadAt(line.offset, line.bytes));
    return true;
  }));
  return seen;
}

TEST(LineFile, CutsAtLineEndsOfAllKinds) {
  EXPECT_THAT(LinesOf("a\nb\r\n\nc").texts, ElementsAre("a", "b", "", "c"));
}

TEST(LineFile, GivesNoEmptyLineAfterTheLastEnd) { EXPECT_THAT(LinesOf("a\n").texts, ElementsAre("a")); }

TEST(LineFile, GivesNoLineOfAnEmptyFile) { EXPECT_TRUE(LinesOf("").texts.empty()); }

TEST(LineFile, PassesOverAByteOrderMark) {
  EXPECT_THAT(LinesOf("\xEF\xBB\xBF{}\nb").texts, ElementsAre("{}", "b"));
}

TEST(LineFile, ReadsEachLineAgainFromItsOffset) {
  const Seen seen = LinesOf("\xEF\xBB\xBFone\r\ntwo\n\nthree");
  EXPECT_EQ(seen.texts, seen.read_again);
}

TEST(LineFile, JoinsLinesThatAreLongerThanItsBuffer) {
  const std::string line(3'000'000, 'x');
  const Seen seen = LinesOf(line + "\nend");
  ASSERT_EQ(seen.texts.size(), 2U);
  EXPECT_EQ(seen.texts[0], line);
  EXPECT_EQ(seen.texts, seen.read_again);
}

TEST(LineFile, KeepsNoMoreThanItsLimitOfALine) {
  const testing::TempDir dir;
  testing::WriteFile(dir.path() / "lines", "");
  std::filesystem::resize_file(dir.path() / "lines", LineFile::kMaxLineBytes + 1000);
  const auto file = LineFile::Open(dir.path() / "lines");
  ASSERT_TRUE(file);
  file->ForEach([&](const LineFile::Line& line) {
    EXPECT_EQ(line.text.size(), LineFile::kMaxLineBytes);
    EXPECT_EQ(line.bytes, LineFile::kMaxLineBytes + 1000);
    return true;
  });
}

TEST(LineFile, SaysWhatCannotBeRead) {
  const testing::TempDir dir;
  EXPECT_FALSE(LineFile::Open(dir.path()));
  EXPECT_FALSE(LineFile::Open(dir.path() / "nothing"));
}

}  // namespace
}  // namespace quipu::source
