// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/page_memo.h"

#include <gtest/gtest.h>

namespace quipu::web {
namespace {

PageMemo Sample() {
  PageMemo memo;
  memo.url = "http://a.example/p";
  memo.etag = "W/\"x y\"";
  memo.last_modified = "Tue, 24 Nov 2026 10:00:00 GMT";
  memo.listed = "2026-01-01";
  memo.scope = "0a0b0c0d";
  memo.canonical = "http://a.example/c";
  memo.links = {"http://a.example/1", "http://a.example/12", "http://b.example/", "http://a.example/1"};
  return memo;
}

TEST(PageMemo, SurvivesBeingStored) {
  PageMemo memo = Sample();
  EXPECT_EQ(DecodeMemo(EncodeMemo(memo)), memo);
  memo.links_only = true;
  EXPECT_EQ(DecodeMemo(EncodeMemo(memo)), memo);
  EXPECT_EQ(DecodeMemo(EncodeMemo({})), PageMemo{});
}

TEST(PageMemo, IsEmptyForWhatIsNone) {
  EXPECT_EQ(DecodeMemo(""), PageMemo{});
  EXPECT_EQ(DecodeMemo("2\nx"), PageMemo{});
  EXPECT_EQ(DecodeMemo("1\n\n\n\n\n\n\n\n99 x"), PageMemo{});
  EXPECT_EQ(DecodeMemo("1\n\n\n\n\n\n\n\nx"), PageMemo{});
}

TEST(PageMemo, SharesWhatLinksHaveInCommon) {
  PageMemo memo;
  for (int i = 0; i < 100; ++i)
    memo.links.push_back("http://a.example/some/longer/path/" + std::to_string(1000 + i));
  EXPECT_LT(EncodeMemo(memo).size(), 800U);
}

TEST(PageMemo, IsBounded) {
  PageMemo memo;
  for (int i = 0; i < 5000; ++i)
    memo.links.push_back("http://a.example/" + std::string(1000, static_cast<char>('a' + i % 26)));
  const std::string text = EncodeMemo(memo);
  EXPECT_LT(text.size(), 64U << 10);
  EXPECT_GT(DecodeMemo(text).links.size(), 50U);
}

TEST(PageMemo, KeepsNoLineBreakThatAServerSent) {
  PageMemo memo;
  memo.etag = "a\nb";
  EXPECT_EQ(DecodeMemo(EncodeMemo(memo)).etag, "a b");
}

}  // namespace
}  // namespace quipu::web
