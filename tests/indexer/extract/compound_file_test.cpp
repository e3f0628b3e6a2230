// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/compound_file.h"

#include <gtest/gtest.h>

#include "tests/indexer/extract/sample_ole.h"

namespace quipu::extract {
namespace {

using testing::Le32;
using testing::MakeOle;

TEST(CompoundFile, ReadsSmallAndLargeStreamsAndFolders) {
  const std::string large(10000, 'x');
  const std::string bytes = MakeOle({{"Small", "abc"}, {"Large", large}, {"Folder/Inner/Stream", "deep"}});
  const CompoundFile file(bytes);
  EXPECT_EQ(file.Read("Small"), "abc");
  EXPECT_EQ(file.Read("Large"), large);
  EXPECT_EQ(file.Read("Large", 5), "xxxxx");
  EXPECT_EQ(file.Read("Folder/Inner/Stream"), "deep");
  EXPECT_TRUE(file.Find("Folder")->storage);
}

TEST(CompoundFile, IgnoresTheCaseOfNames) {
  const std::string bytes = MakeOle({{"WORKBOOK", "abc"}});
  EXPECT_EQ(CompoundFile(bytes).Read("Workbook"), "abc");
}

TEST(CompoundFile, HasNothingInOtherBytes) {
  EXPECT_TRUE(CompoundFile("").entries().empty());
  EXPECT_TRUE(CompoundFile("PK\x03\x04").entries().empty());
  EXPECT_EQ(CompoundFile("nothing").Read("a"), "");
}

TEST(CompoundFile, EndsAtLoopsInChainsAndDirectories) {
  std::string bytes = MakeOle({{"Large", std::string(10000, 'x')}});
  // Every sector is followed by itself.
  const std::size_t fat = bytes.size() - 512;
  for (std::uint32_t i = 0; i < 128; ++i) bytes.replace(fat + i * 4, 4, Le32(i));
  const CompoundFile file(bytes);
  EXPECT_LE(file.Read("Large").size(), 10000U);

  std::string tree = MakeOle({{"A", "a"}, {"B", "b"}});
  const std::size_t entry = tree.find(std::string("A\0\0", 3));
  ASSERT_NE(entry, std::string::npos);
  tree.replace(entry + 72, 4, Le32(1));
  EXPECT_LE(CompoundFile(tree).entries().size(), 2U);
}

TEST(CompoundFile, GivesTheBeginningOfACutStream) {
  const std::string whole = MakeOle({{"Large", std::string(10000, 'x')}});
  for (std::size_t size = 0; size < whole.size(); size += 97) {
    const std::string cut = whole.substr(0, size);
    const CompoundFile file(cut);
    EXPECT_LE(file.Read("Large").size(), 10000U);
  }
}

}  // namespace
}  // namespace quipu::extract
