// SPDX-License-Identifier: GPL-2.0-or-later
// `quipu-indexer run` over sitemaps and feeds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/e2e/archive.h"
#include "tests/support/test_site.h"

namespace quipu::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using States = std::map<std::string, std::string>;

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

class Sitemap : public ::testing::Test {
 protected:
  Sitemap() {
    for (const char* page : {"/a", "/b", "/c", "/d", "/e", "/f"})
      site_.Page(page, HtmlPage(page, std::string("text of ") + page, {"/linked"}));
  }

  void Use(const std::string& target, const std::string& more = "") const {
    archive_.UseSource("type = \"sitemap\"\nurl = \"" + site_.Url(target) + "\"\ndelay_ms = 0\n" + more);
  }
  States Run(const std::vector<std::string>& more = {}) const {
    States states;
    for (const auto& [id, state] : archive_.Run(more)) {
      states[id.starts_with(site_.Url("")) ? id.substr(site_.Url("").size()) : id] = state;
    }
    return states;
  }
  /// One <url> element.
  std::string Entry(const std::string& target, const std::string& lastmod = "") const {
    return "<url><loc>" + site_.Url(target) + "</loc>" +
           (lastmod.empty() ? "" : "<lastmod>" + lastmod + "</lastmod>") + "</url>";
  }
  void Map(const std::string& target, const std::string& entries) {
    site_.Serve(
        target,
        {.body = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">" +
                 entries + "</urlset>",
         .type = "application/xml"});
  }

  TestSite site_;
  Archive archive_;
};

TEST_F(Sitemap, ReadsThePagesThatItListsAndNoOthers) {
  Map("/map.xml", Entry("/a") + Entry("/b"));
  Use("/map.xml");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}, {"/b", "indexed"}}));
  EXPECT_THAT(archive_.Body(site_.Url("/a")), HasSubstr("text of /a"));
}

TEST_F(Sitemap, AsksForNothingWhoseDateIsTheSame) {
  Map("/map.xml", Entry("/a", "2026-01-01") + Entry("/b", "2026-01-01") + Entry("/c"));
  Use("/map.xml");
  Run();
  site_.TakeRequests();
  Map("/map.xml", Entry("/a", "2026-01-01") + Entry("/b", "2026-02-02") + Entry("/c"));
  EXPECT_EQ(Run(), (States{{"/a", "unchanged"}, {"/b", "unchanged"}, {"/c", "unchanged"}}));
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/b 304", "/c 304", "/map.xml"));
  // The new date was remembered.
  Run();
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/c 304", "/map.xml"));
}

TEST_F(Sitemap, ReadsNestedAndPackedSitemaps) {
  site_.Serve("/index.xml", {.body = "<sitemapindex><sitemap><loc>" + site_.Url("/one.xml.gz") +
                                     "</loc></sitemap><sitemap><loc>" + site_.Url("/two.txt") +
                                     "</loc></sitemap></sitemapindex>",
                             .type = "application/xml"});
  site_.Serve("/one.xml.gz",
              {.body = Gzip("<urlset>" + Entry("/a") + "</urlset>"), .type = "application/gzip"});
  site_.Serve("/two.txt",
              {.body = site_.Url("/b") + "\r\n" + site_.Url("/c") + "\r\n", .type = "text/plain"});
  Use("/index.xml");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}, {"/b", "indexed"}, {"/c", "indexed"}}));
}

TEST_F(Sitemap, ReadsFeedsAndKeepsWhatLeavesThem) {
  const auto rss = [this](const std::string& first, const std::string& second) {
    return "<rss version=\"2.0\"><channel><link>" + site_.Url("/") + "</link><item><link>" +
           site_.Url(first) + "</link></item><item><link> " + site_.Url(second) +
           " </link></item></channel></rss>";
  };
  site_.Serve("/feed", {.body = rss("/a", "/b"), .type = "application/rss+xml"});
  Use("/feed");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}, {"/b", "indexed"}}));
  site_.Serve("/feed", {.body = rss("/c", "/b"), .type = "application/rss+xml"});
  EXPECT_EQ(Run(), (States{{"/a", "unchanged"}, {"/b", "unchanged"}, {"/c", "indexed"}}));
  EXPECT_EQ(archive_.Documents(), 3U);
}

TEST_F(Sitemap, ReadsAtomFeeds) {
  site_.Serve(
      "/feed",
      {.body = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"/feed\"/><entry>"
               "<link rel=\"enclosure\" href=\"/x.mp3\"/><link "
               "href=\"/a\"/><updated>2026-01-01T00:00:00Z</updated>"
               "</entry></feed>",
       .type = "application/atom+xml"});
  Use("/feed");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}}));
}

TEST_F(Sitemap, ReadsAFileAndTrustsItsHosts) {
  WriteFile(archive_.root() / "map.xml", "<urlset>" + Entry("/a") + Entry("/b") + "</urlset>");
  archive_.UseSource("type = \"sitemap\"\npath = \"map.xml\"\ndelay_ms = 0");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}, {"/b", "indexed"}}));
}

TEST_F(Sitemap, LeavesOtherHostsOut) {
  Map("/map.xml",
      Entry("/a") +
          "<url><loc>http://elsewhere.example/x</loc></url><url><loc>file:///etc/passwd</loc></url>");
  Use("/map.xml");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"},
                           {"http://elsewhere.example/x", "skipped"},
                           {"file:///etc/passwd", "skipped"}}));
}

TEST_F(Sitemap, ObeysIncludeAndExclude) {
  Map("/map.xml", Entry("/a") + Entry("/b") + Entry("/c"));
  Use("/map.xml", "exclude = [\"b\"]");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}, {"/c", "indexed"}}));
}

TEST_F(Sitemap, FollowsRedirectsToTheirEnd) {
  Map("/map.xml", Entry("/old") + Entry("/a"));
  site_.Redirect("/old", "/b");
  Use("/map.xml");
  EXPECT_EQ(Run(), (States{{"/a", "indexed"}, {"/b", "indexed"}}));
  EXPECT_EQ(archive_.Stored(site_.Url("/b")).url, site_.Url("/b"));
  site_.TakeRequests();
  EXPECT_EQ(Run(), (States{{"/a", "unchanged"}, {"/b", "unchanged"}}));
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/a 304", "/b 304", "/map.xml", "/old"));
}

TEST_F(Sitemap, DropsWhatIsNoLongerListedOrGone) {
  Map("/map.xml", Entry("/a") + Entry("/b") + Entry("/c") + Entry("/d") + Entry("/e") + Entry("/f"));
  Use("/map.xml", "");
  Run();
  Map("/map.xml", Entry("/a") + Entry("/b") + Entry("/c") + Entry("/d") + Entry("/e"));
  EXPECT_EQ(Run().at("/f"), "deleted");
  site_.Remove("/e");
  EXPECT_EQ(Run().at("/e"), "deleted");
  EXPECT_EQ(archive_.Documents(), 4U);
}

TEST_F(Sitemap, FailsWhenItCannotBeHadAndKeepsEverything) {
  Map("/map.xml", Entry("/a") + Entry("/b"));
  Use("/map.xml");
  Run();
  site_.Serve("/map.xml", {.status = 500});
  EXPECT_EQ(archive_.Indexer({"run"}).exit_code, 1);
  site_.Page("/map.xml", HtmlPage("Sorry", "under construction"));
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("no sitemap"));
  EXPECT_EQ(archive_.Documents(), 2U);
}

TEST_F(Sitemap, KeepsWhatAPartListedThatCannotBeHad) {
  const auto index = [this] {
    return "<sitemapindex><sitemap><loc>" + site_.Url("/one.xml") + "</loc></sitemap><sitemap><loc>" +
           site_.Url("/two.xml") + "</loc></sitemap></sitemapindex>";
  };
  site_.Serve("/index.xml", {.body = index(), .type = "application/xml"});
  Map("/one.xml", Entry("/a"));
  Map("/two.xml", Entry("/b"));
  Use("/index.xml");
  Run();
  site_.Serve("/two.xml", {.status = 500});
  const States states = Run();
  EXPECT_EQ(states.at("/two.xml"), "failed");
  EXPECT_EQ(states.at("/b"), "unchanged");
  EXPECT_EQ(archive_.Documents(), 2U);
}

TEST_F(Sitemap, IsNotHarmedByHostileXml) {
  site_.Serve("/bomb.xml",
              {.body = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
                       "\"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                       "<!ENTITY c SYSTEM \"file:///etc/passwd\">]><urlset>" +
                       Entry("/a") + "<url><loc>" + site_.Url("/&b;&c;") + "</loc></url></urlset>",
               .type = "application/xml"});
  Use("/bomb.xml");
  const States states = Run();
  EXPECT_EQ(states.at("/a"), "indexed");
  EXPECT_EQ(states.at("/bomb.xml"), "failed");
  for (const auto& line : archive_.Report())
    EXPECT_EQ(line["id"].get<std::string>().find("root:"), std::string::npos);
}

TEST_F(Sitemap, ReadsNoMorePagesThanItMay) {
  Map("/map.xml", Entry("/a") + Entry("/b") + Entry("/c"));
  Use("/map.xml", "max_pages = 2");
  const States states = Run();
  EXPECT_EQ(archive_.Documents(), 2U);
  EXPECT_EQ(states.at("sitemap:" + site_.Url("/map.xml")), "skipped");
}

}  // namespace
}  // namespace quipu::testing
