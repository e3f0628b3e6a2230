// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/atom.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace quipu::searchd {
namespace {

using testing::HasSubstr;

AtomFeed OneEntry() {
  AtomFeed feed;
  feed.id = "urn:uuid:1";
  feed.title = "Tea & leaves";
  feed.updated = "2026-01-02T03:04:05Z";
  feed.author = "Quipu";
  feed.self = "http://example.org/indexes/a/feed?q=x&limit=2";
  feed.page = "http://example.org/search?q=x";
  feed.entries.push_back({.id = "urn:uuid:2",
                          .title = "A <b>",
                          .link = "https://example.org/a",
                          .updated = "2025-01-01T00:00:00Z",
                          .author = "",
                          .language = "es",
                          .summary_html = "x &lt;i&gt; <mark>tea</mark><script>"});
  return feed;
}

TEST(RenderAtom, HasWhatTheStandardAsksFor) {
  const std::string xml = RenderAtom(OneEntry());
  EXPECT_THAT(
      xml, testing::StartsWith(
               "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
  EXPECT_THAT(
      xml,
      HasSubstr(
          "<id>urn:uuid:1</id>\n<title>Tea &amp; leaves</title>\n<updated>2026-01-02T03:04:05Z</updated>"));
  EXPECT_THAT(xml, HasSubstr("<author><name>Quipu</name></author>"));
  EXPECT_THAT(xml, HasSubstr("<link rel=\"self\" type=\"application/atom+xml\" "
                             "href=\"http://example.org/indexes/a/feed?q=x&amp;limit=2\"/>"));
  EXPECT_THAT(xml, HasSubstr("<entry xml:lang=\"es\">\n<id>urn:uuid:2</id>\n<title>A "
                             "&lt;b&gt;</title>\n<updated>2025-01-01T00:00:00Z</updated>"));
}

TEST(RenderAtom, EscapesTheSummaryOnceForXmlAndLetsOnlyMarksLive) {
  EXPECT_THAT(RenderAtom(OneEntry()),
              HasSubstr("<summary type=\"html\">x &amp;lt;i&amp;gt; "
                        "&lt;mark&gt;tea&lt;/mark&gt;&amp;lt;script&amp;gt;</summary>"));
}

TEST(RenderAtom, LeavesOutALanguageThatIsNone) {
  AtomFeed feed = OneEntry();
  feed.entries[0].language = "es\" x=\"";
  EXPECT_THAT(RenderAtom(feed), HasSubstr("<entry>"));
}

TEST(EscapeXml, LeavesOutWhatXmlForbids) {
  EXPECT_EQ(EscapeXml(std::string("a\0b\x01\x1f\tc\n", 8)), "ab\tc\n");
  EXPECT_EQ(EscapeXml("a\xEF\xBF\xBE"
                      "b\xEF\xBF\xBF"
                      "c"),
            "abc");
  EXPECT_EQ(EscapeXml("\xff<&>\"'"), "\uFFFD&lt;&amp;&gt;&quot;&#39;");
}

}  // namespace
}  // namespace quipu::searchd
