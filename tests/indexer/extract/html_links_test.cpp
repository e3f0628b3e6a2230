// SPDX-License-Identifier: GPL-2.0-or-later
// Where a page's links lead, and what it asks of those who follow them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "indexer/extract/format.h"

namespace quipu::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

PageLinks Links(std::string_view html) {
  return ReadHtml({.bytes = html, .name = "a.html", .want_links = true}).links;
}

std::vector<std::string> Urls(std::string_view html) {
  std::vector<std::string> urls;
  for (const Link& link : Links(html).links) urls.push_back(link.url);
  return urls;
}

TEST(HtmlLinks, AreThoseThatAReaderCanFollow) {
  EXPECT_THAT(
      Urls("<a href='/a'>x</a><area href=b><iframe src=c></iframe><frame src=d>"
           "<link rel=next href=e><link rel=alternate hreflang=es href=f><link rel=stylesheet href=no.css>"
           "<a name=x>x</a><a href=''>x</a><img src=no.png>"),
      ElementsAre("/a", "b", "c", "d", "e", "f"));
}

TEST(HtmlLinks, AreGivenOnceAndWithoutFragments) {
  EXPECT_THAT(Urls("<a href='a#1'>x</a><a href='a#2'>x</a><a href='#3'>x</a><a href='a'>x</a>"),
              ElementsAre("a"));
}

TEST(HtmlLinks, CountInNavigationAndHiddenPlacesToo) {
  EXPECT_THAT(Urls("<nav><a href=a>x</a></nav><div hidden><a href=b>x</a></div><div data-quipu-ignore><a "
                   "href=c>x</a></div>"),
              ElementsAre("a", "b", "c"));
}

TEST(HtmlLinks, AreNotThoseThatThePageDoesNotVouchFor) {
  EXPECT_THAT(Urls("<a rel=nofollow href=a>x</a><a rel='noopener NoFollow' href=b>x</a><a rel=nofollowed "
                   "href=c>x</a>"),
              ElementsAre("c"));
}

TEST(HtmlLinks, AreNoneIfThePageAsksSo) {
  const PageLinks links = Links("<meta name=robots content='index, NOFOLLOW'><a href=a>x</a>");
  EXPECT_TRUE(links.nofollow);
  EXPECT_THAT(links.links, IsEmpty());
  EXPECT_TRUE(Links("<meta name=robots content=none>").nofollow);
}

TEST(HtmlLinks, AreGivenOfAPageThatIsNotToBeIndexed) {
  const Reading reading = ReadHtml(
      {.bytes = "<meta name=robots content=noindex><a href=a>x</a>", .name = "a.html", .want_links = true});
  EXPECT_EQ(reading.state, State::kSkipped);
  EXPECT_EQ(reading.links.links.size(), 1U);
}

TEST(HtmlLinks, ComeWithBaseAndCanonicalAddress) {
  const PageLinks links = Links("<base href='/b/'><link rel=canonical href=' /c '><p>x");
  EXPECT_EQ(links.base, "/b/");
  EXPECT_EQ(links.canonical, "/c");
}

TEST(HtmlLinks, IncludeWhereThePageSendsItsReaders) {
  EXPECT_THAT(Urls("<meta http-equiv=refresh content=\"0; URL='next.html'\">"), ElementsAre("next.html"));
  EXPECT_THAT(Urls("<meta http-equiv=refresh content=5>"), IsEmpty());
}

TEST(HtmlLinks, AreNotCollectedUnlessAskedFor) {
  EXPECT_THAT(ReadHtml({.bytes = "<a href=a>x</a>", .name = "a.html"}).links.links, IsEmpty());
}

TEST(HtmlLinks, AreBounded) {
  std::string html;
  for (std::size_t i = 0; i < kMaxPageLinks + 100; ++i) html += "<a href=" + std::to_string(i) + ">x</a>";
  EXPECT_EQ(Links(html).links.size(), kMaxPageLinks);
  EXPECT_THAT(Urls("<a href=\"" + std::string(1U << 20, 'x') + "\">x</a>"), IsEmpty());
}

}  // namespace
}  // namespace quipu::extract
