// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/text_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/index/varint.h"

namespace quipu::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TextHeader Sample() {
  TextHeader header;
  header.body_bytes = 70000;
  header.begins = {0, 2000, 4100, 69999};
  header.filter_pages = {0, 77, 65535};
  header.segments = {{.begin = 0, .page = 1, .anchor = "", .heading = "Introducción"},
                     {.begin = 0, .page = 0, .anchor = "two", .heading = ""},
                     {.begin = 70000, .page = 300, .anchor = "end", .heading = "End"}};
  return header;
}

TEST(TextHeader, SurvivesEncodingAndDecoding) {
  const auto header = DecodeTextHeader(EncodeTextHeader(Sample()));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->body_bytes, 70000U);
  EXPECT_EQ(header->begins, Sample().begins);
  EXPECT_EQ(header->filter_pages, Sample().filter_pages);
  ASSERT_EQ(header->segments.size(), 3U);
  EXPECT_EQ(header->segments[0].heading, "Introducción");
  EXPECT_EQ(header->segments[1].anchor, "two");
  EXPECT_EQ(header->segments[2].page, 300U);
  EXPECT_EQ(header->segments[2].begin, 70000U);
}

TEST(TextHeader, EveryCutOffHeaderIsRefused) {
  const std::string bytes = EncodeTextHeader(Sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeTextHeader(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(DecodeTextHeader(bytes + "x"));
}

TEST(TextHeader, OffsetsBeyondTheBodyAreRefused) {
  auto header = Sample();
  header.begins.back() = 70000;
  EXPECT_FALSE(DecodeTextHeader(EncodeTextHeader(header)));
  header = Sample();
  header.segments.back().begin = 70001;
  EXPECT_FALSE(DecodeTextHeader(EncodeTextHeader(header)));
}

TEST(TextHeader, ABodyWithoutBlocksIsRefused) {
  auto header = Sample();
  header.begins.clear();
  EXPECT_FALSE(DecodeTextHeader(EncodeTextHeader(header)));
}

TEST(TextHeader, CountsThatTheBytesCannotHoldReserveNothing) {
  std::string bytes;
  PutVarint(bytes, 0xFFFFFFFF);
  PutVarint(bytes, 0xFFFFFFFF);
  EXPECT_FALSE(DecodeTextHeader(bytes));
}

struct FilterCase {
  const char* name;
  std::uint32_t block_count;
  std::size_t entries;
};
class FilterPage : public ::testing::TestWithParam<FilterCase> {};

TEST_P(FilterPage, NamesEveryBlockOfAHashAndFewOthers) {
  const auto [name, block_count, count] = GetParam();
  std::mt19937 random(7);
  std::vector<StemBlock> entries;
  for (std::size_t i = 0; i < count; ++i) {
    entries.push_back(
        {static_cast<std::uint16_t>(random()), static_cast<std::uint32_t>(random() % block_count)});
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  const std::string page = EncodeFilterPage(entries, block_count);
  for (const StemBlock& entry : entries) {
    const auto blocks = FindInFilterPage(page, entry.hash, block_count);
    EXPECT_TRUE(std::is_sorted(blocks.begin(), blocks.end()));
    EXPECT_TRUE(std::find(blocks.begin(), blocks.end(), entry.block) != blocks.end()) << entry.hash;
    EXPECT_LT(blocks.back(), block_count);
  }
}

INSTANTIATE_TEST_SUITE_P(Bodies, FilterPage,
                         ::testing::Values(FilterCase{"TwoBlocks", 2, 350},
                                           FilterCase{"SixteenBlocks", 16, 1200},
                                           FilterCase{"SeventeenBlocks", 17, 1200},
                                           FilterCase{"ThreeHundredBlocks", 300, 5000},
                                           FilterCase{"OneEntry", 300, 1}),
                         [](const auto& body) { return body.param.name; });

TEST(FilterPage, AnAbsentHashNamesNothing) {
  const std::vector<StemBlock> entries = {{100, 0}, {100, 5}, {200, 3}};
  const std::string page = EncodeFilterPage(entries, 300);
  EXPECT_THAT(FindInFilterPage(page, 100, 300), ElementsAre(0, 5));
  EXPECT_THAT(FindInFilterPage(page, 200, 300), ElementsAre(3));
  EXPECT_THAT(FindInFilterPage(page, 150, 300), IsEmpty());
  EXPECT_THAT(FindInFilterPage(page, 99, 300), IsEmpty());
  EXPECT_THAT(FindInFilterPage(page, 201, 300), IsEmpty());
  EXPECT_THAT(FindInFilterPage("", 100, 300), IsEmpty());
}

TEST(FilterPage, AShortBodyCostsAboutOneByteAStemAndBlock) {
  std::mt19937 random(3);
  std::vector<StemBlock> entries;
  for (int i = 0; i < 800; ++i)
    entries.push_back({static_cast<std::uint16_t>(random()), static_cast<std::uint32_t>(random() % 6)});
  std::sort(entries.begin(), entries.end());
  EXPECT_LT(EncodeFilterPage(entries, 6).size(), 1300U);
}

}  // namespace
}  // namespace quipu::index
