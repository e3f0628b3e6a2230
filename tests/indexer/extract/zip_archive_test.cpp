// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/zip_archive.h"

#include <gtest/gtest.h>

#include "tests/indexer/extract/sample_ole.h"
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

TEST(ZipArchive, ReadsMembersInAnyOrderAndAgain) {
  std::vector<std::pair<std::string, std::string>> members;
  for (int i = 0; i < 20; ++i) members.emplace_back("m" + std::to_string(i), "content " + std::to_string(i));
  const std::string bytes = testing::MakeZip(members);
  ZipArchive zip(bytes);
  for (const int i : {3, 17, 3, 4, 18, 0, 19, 5, 1, 6, 2, 7, 19, 19, 0}) {
    EXPECT_EQ(zip.Read("m" + std::to_string(i)).bytes, "content " + std::to_string(i));
    EXPECT_EQ(zip.Read("m" + std::to_string(19 - i), 7).bytes, "content");
  }
}

TEST(ZipArchive, KeepsNamesInOtherScripts) {
  using testing::Le16;
  using testing::Le32;
  // A member that is stored, with the flag that its name is UTF-8.
  const std::string name = "一.txt";
  const std::string sizes =
      Le32(0x8CDC1683) + Le32(1) + Le32(1) + Le16(static_cast<std::uint16_t>(name.size()));
  const std::string fields = Le16(20) + Le16(0x0800) + Le16(0) + Le32(0x21) + sizes + Le16(0);
  const std::string local = "PK\3\4" + fields + name + "x";
  const std::string central = "PK\1\2" + Le16(20) + fields + std::string(14, '\0') + name;
  const std::string end = "PK\5\6" + Le32(0) + Le16(1) + Le16(1) +
                          Le32(static_cast<std::uint32_t>(central.size())) +
                          Le32(static_cast<std::uint32_t>(local.size())) + Le16(0);
  const std::string bytes = local + central + end;
  ZipArchive zip(bytes);
  EXPECT_EQ(zip.names(), std::vector<std::string>{name});
  EXPECT_EQ(zip.Read(name).bytes, "x");
}

}  // namespace
}  // namespace quipu::extract
