// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/manifest_codec.h"

#include <gtest/gtest.h>

#include <limits>

namespace quipu::index {
namespace {

ManifestEntry Sample() {
  ManifestEntry entry;
  entry.id = "mail/inbox.mbox/7";
  entry.source = "folder:seeds#1a2b3c4d";
  entry.container = "mail/inbox.mbox";
  entry.state = "failed";
  entry.reason = "dañado";
  entry.memo = "1\n\"etag\"";
  entry.stamp = {.mtime_ns = -1, .size = 1ULL << 63, .hash = {0xFF, 0, 7}};
  entry.members = 300;
  return entry;
}

TEST(ManifestCodec, GivesBackEntriesWithAndWithoutTheirIds) {
  EXPECT_EQ(DecodeFileEntry(EncodeFileEntry(Sample())), Sample());
  auto without_id = Sample();
  without_id.id.clear();
  EXPECT_EQ(DecodeEntry(EncodeEntry(Sample())), without_id);
}

class Times : public ::testing::TestWithParam<std::int64_t> {};

TEST_P(Times, AreKeptExactly) {
  auto entry = Sample();
  entry.stamp.mtime_ns = GetParam();
  EXPECT_EQ(DecodeFileEntry(EncodeFileEntry(entry)), entry);
}

INSTANTIATE_TEST_SUITE_P(All, Times,
                         ::testing::Values(0, 1, -1, 1700000000123456789,
                                           std::numeric_limits<std::int64_t>::max(),
                                           std::numeric_limits<std::int64_t>::min()));

TEST(ManifestCodec, RefusesEveryCutOffEntry) {
  const std::string bytes = EncodeFileEntry(Sample());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(DecodeFileEntry(bytes.substr(0, size)));
  EXPECT_FALSE(DecodeFileEntry(bytes + "x"));
}

TEST(ManifestCodec, KeysOfLongIdsDifferAndFitIntoXapian) {
  const std::string one = FileKey(std::string(512, 'a') + "1");
  const std::string two = FileKey(std::string(512, 'a') + "2");
  EXPECT_NE(one, two);
  EXPECT_LE(one.size(), 250U);
}

}  // namespace
}  // namespace quipu::index
