// SPDX-License-Identifier: GPL-2.0-or-later
// `quipu-indexer run` with programs of the user's that read what it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;

/// Adds a filter for names that end in ".foo".
void AddFilter(const Archive& archive, const std::string& command) {
  const std::string toml = ReadFile(archive.root() / "quipu.toml");
  WriteFile(archive.root() / "quipu.toml",
            toml + "\n[[filters]]\nendings = [\"foo\"]\noutput = \"html\"\ncommand = " + command + "\n");
}

TEST(Filters, ReadWhatNothingElseDoes) {
  const Archive archive;
  archive.Write("a.foo", std::string("\0\1\2", 3));
  archive.Write("b.txt", "words");
  EXPECT_EQ(archive.Run().at("a.foo"), "skipped");
  AddFilter(archive, R"(["sh", "-c", "echo '<title>A foo</title><p>Its words'; wc -c < $0", "{}"])");
  EXPECT_EQ(archive.Run().at("a.foo"), "indexed") << "a new filter has all read again";
  EXPECT_EQ(archive.Stored("a.foo").title, "A foo");
  EXPECT_THAT(archive.Body("a.foo"), HasSubstr("Its words 3"));
  EXPECT_EQ(archive.Run().at("a.foo"), "unchanged");
}

TEST(Filters, CostOneDocumentWhenTheyFail) {
  const Archive archive;
  AddFilter(archive, R"(["sh", "-c", "exit 4"])");
  archive.Write("a.foo", "x");
  archive.Write("b.txt", "words");
  const auto states = archive.Run();
  EXPECT_EQ(states.at("a.foo"), "failed");
  EXPECT_EQ(states.at("b.txt"), "indexed");
}

}  // namespace
}  // namespace quipu::testing
