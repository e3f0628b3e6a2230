// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/url_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace quipu::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> UrlsOf(const Extracted& read) {
  std::vector<std::string> urls;
  for (const Link& link : read.links.links) {
    urls.push_back(link.url + (link.date.empty() ? "" : " " + link.date) +
                   (link.is_sitemap ? " (sitemap)" : ""));
  }
  return urls;
}

std::vector<std::string> Urls(std::string_view bytes) { return UrlsOf(ReadUrlList(bytes)); }

TEST(UrlList, ReadsASitemap) {
  EXPECT_THAT(
      Urls("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
           "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
           "xmlns:i=\"x\"><url><loc>\n http://a.example/1?x=1&amp;y=2 </loc><lastmod>2026-01-01</lastmod>"
           "<i:image><i:loc>http://a.example/i.png</i:loc></i:image></url><url><lastmod>2026-02-02</lastmod>"
           "<loc><![CDATA[http://a.example/2]]></loc></url><url><loc></loc></url></urlset>"),
      ElementsAre("http://a.example/1?x=1&y=2 2026-01-01", "http://a.example/2 2026-02-02"));
}

TEST(UrlList, ReadsASitemapWithAPrefix) {
  EXPECT_THAT(
      Urls("<s:urlset "
           "xmlns:s=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><s:url><s:loc>http://a.example/1</s:loc>"
           "</s:url></s:urlset>"),
      ElementsAre("http://a.example/1"));
}

TEST(UrlList, ReadsAnIndexOfSitemaps) {
  EXPECT_THAT(Urls("<sitemapindex><sitemap><loc>http://a.example/1.xml.gz</loc><lastmod>2026-01-01</"
                   "lastmod></sitemap></sitemapindex>"),
              ElementsAre("http://a.example/1.xml.gz 2026-01-01 (sitemap)"));
}

TEST(UrlList, ReadsRss) {
  const Extracted read = ReadUrlList(
      "<rss "
      "version=\"2.0\"><channel><title>News</title><link>http://a.example/</link><item><title>One</title>"
      "<link>http://a.example/1</link><pubDate>Tue, 24 Nov 2026 10:00:00 "
      "GMT</pubDate></item><item><guid>x</guid></item></channel></rss>");
  EXPECT_TRUE(read.links.is_feed);
  EXPECT_THAT(UrlsOf(read), ElementsAre("http://a.example/1 Tue, 24 Nov 2026 10:00:00 GMT"));
}

TEST(UrlList, ReadsRss1) {
  EXPECT_THAT(Urls("<rdf:RDF "
                   "xmlns:rdf=\"r\"><channel><link>http://a.example/</link></channel><item><link>http://"
                   "a.example/1</link>"
                   "<dc:date>2026-01-01</dc:date></item></rdf:RDF>"),
              ElementsAre("http://a.example/1 2026-01-01"));
}

TEST(UrlList, ReadsAtom) {
  EXPECT_THAT(Urls("<feed xmlns=\"http://www.w3.org/2005/Atom\"><link "
                   "href=\"http://a.example/\"/><entry><published>2025-01-01</published>"
                   "<link rel=\"edit\" href=\"/edit\"/><link rel=\"alternate\" "
                   "href=\"http://a.example/1\"/><updated>2026-01-01</updated>"
                   "<content type=\"xhtml\"><link href=\"/no\"/></content></entry></feed>"),
              ElementsAre("http://a.example/1 2026-01-01"));
}

TEST(UrlList, ReadsATextWithAnAddressALine) {
  EXPECT_THAT(Urls("\xEF\xBB\xBFhttp://a.example/1\r\nhttps://a.example/2\n\nnote\n"),
              ElementsAre("http://a.example/1", "https://a.example/2"));
}

TEST(UrlList, IsEmptyForAnEmptyList) {
  for (const char* text : {"", "  \n", "<urlset/>"}) {
    EXPECT_EQ(ReadUrlList(text).state, State::kIndexed) << text;
    EXPECT_THAT(Urls(text), IsEmpty());
  }
}

TEST(UrlList, RefusesWhatIsNoList) {
  for (const char* text :
       {"<html><a href=\"http://a.example/\"></a></html>", "some words", "<", "\x1f\x8b\x08nonsense"}) {
    const Extracted read = ReadUrlList(text);
    EXPECT_THAT(UrlsOf(read), IsEmpty()) << text;
  }
  EXPECT_THAT(ReadUrlList("<html/>").reason, HasSubstr("no sitemap"));
}

TEST(UrlList, GivesWhatComesBeforeAFault) {
  const Extracted read = ReadUrlList("<urlset><url><loc>http://a.example/1</loc></url><url><loc>http://a");
  EXPECT_EQ(read.state, State::kTruncated);
  EXPECT_THAT(UrlsOf(read), ElementsAre("http://a.example/1"));
}

TEST(UrlList, ExpandsNoEntities) {
  const Extracted read = ReadUrlList(
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM "
      "\"file:///etc/passwd\">]>"
      "<urlset><url><loc>http://a.example/1</loc></url><url><loc>http://a.example/&b;&f;</loc></url></"
      "urlset>");
  for (const std::string& url : UrlsOf(read)) {
    EXPECT_THAT(url, ::testing::Not(HasSubstr("aaaa")));
    EXPECT_THAT(url, ::testing::Not(HasSubstr("root")));
  }
}

TEST(UrlList, IsBounded) {
  std::string text;
  for (std::size_t i = 0; i < kMaxListLinks + 10; ++i) text += "http://a.example/" + std::to_string(i) + "\n";
  const Extracted read = ReadUrlList(text);
  EXPECT_EQ(read.state, State::kTruncated);
  EXPECT_EQ(read.links.links.size(), kMaxListLinks);
  EXPECT_THAT(
      Urls("<urlset><url><loc>http://a.example/" + std::string(1U << 20, 'x') + "</loc></url></urlset>"),
      IsEmpty());
}

}  // namespace
}  // namespace quipu::extract
