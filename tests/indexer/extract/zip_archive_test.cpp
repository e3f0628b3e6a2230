// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/zip_archive.h"

#include <gtest/gtest.h>

#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

TEST(ZipArchive, ReadsMembersByName) {
  const std::string bytes = testing::MakeZip({{"a.txt", "one"}, {"folder/b.txt", "two"}});
  ZipArchive zip(bytes);
  EXPECT_EQ(zip.names(), (std::vector<std::string>{"a.txt", "folder/b.txt"}));
  EXPECT_EQ(zip.Read("folder/b.txt").bytes, "two");
  EXPECT_EQ(zip.Read("a.txt").bytes, "one");
  EXPECT_EQ(zip.Read("c.txt").fault, ZipArchive::Fault::kMissing);
}

TEST(ZipArchive, StopsABomb) {
  const std::string bytes = testing::MakeZip({{"bomb", std::string(80 << 20, '\0')}});
  EXPECT_LT(bytes.size(), 200000U);
  ZipArchive zip(bytes);
  const ZipArchive::Member member = zip.Read("bomb");
  EXPECT_EQ(member.fault, ZipArchive::Fault::kTooLarge);
  EXPECT_EQ(member.bytes.size(), ZipArchive::kMaxMemberBytes);
}

TEST(ZipArchive, BoundsAllMembersTogether) {
  const std::string bytes = testing::MakeZip({{"bomb", std::string(80 << 20, '\0')}});
  ZipArchive zip(bytes);
  std::size_t total = 0;
  for (int i = 0; i < 8; ++i) total += zip.Read("bomb").bytes.size();
  EXPECT_LE(total, ZipArchive::kMaxTotalBytes);
}

TEST(ZipArchive, SurvivesDamage) {
  const std::string bytes =
      testing::MakeZip({{"a.txt", std::string(5000, 'a') + std::string(5000, 'b')}, {"b.txt", "two"}});
  EXPECT_TRUE(ZipArchive("").names().empty());
  EXPECT_TRUE(ZipArchive("not a zip at all").names().empty());
  ZipArchive cut(std::string_view(bytes).substr(0, 60));
  EXPECT_NE(cut.Read("a.txt").fault, ZipArchive::Fault::kNone);
}

}  // namespace
}  // namespace quipu::extract
