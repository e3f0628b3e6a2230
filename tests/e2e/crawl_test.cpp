// SPDX-License-Identifier: GPL-2.0-or-later
// `quipu-indexer run` over a site: what is followed, what becomes a document, what a second run asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "tests/e2e/archive.h"
#include "tests/indexer/extract/sample_pdf.h"
#include "tests/support/test_site.h"

namespace quipu::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using States = std::map<std::string, std::string>;

class Crawl : public ::testing::Test {
 protected:
  void Use(const std::string& more = "") const {
    archive_.UseSource("type = \"crawl\"\nurl = \"" + site_.Url() + "\"\ndelay_ms = 0\n" + more);
  }
  /// The report of a run that has to succeed: each target with its state.
  States Run(const std::vector<std::string>& more = {}) const {
    States states;
    for (const auto& [id, state] : archive_.Run(more)) {
      states[id.starts_with(site_.Url("")) ? id.substr(site_.Url("").size()) : id] = state;
    }
    return states;
  }
  std::string ReasonOf(const std::string& target) const {
    for (const auto& line : archive_.Report()) {
      if (line["id"] == site_.Url(target)) return line.value("reason", "");
    }
    return "no such line";
  }

  TestSite site_;
  Archive archive_;
};

TEST_F(Crawl, FollowsLinksAndReadsWhatItFinds) {
  site_.Page("/", HtmlPage("Start", "the first page", {"a.html", "/docs/", "#top", "mailto:x@example.org"}));
  site_.Page("/a.html", HtmlPage("A", "all about apples", {"/"}));
  site_.Page("/docs/", HtmlPage("Docs", "all about pears", {"../notes.txt", "b.html?x=1#y"}));
  site_.Page("/docs/b.html?x=1", HtmlPage("B", "all about plums"));
  site_.Serve("/notes.txt", {.body = "Plain notes about quinces.", .type = "text/plain"});
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"},
                           {"/a.html", "indexed"},
                           {"/docs/", "indexed"},
                           {"/docs/b.html?x=1", "indexed"},
                           {"/notes.txt", "indexed"}}));
  EXPECT_THAT(archive_.Body(site_.Url("/notes.txt")), HasSubstr("quinces"));
  EXPECT_EQ(archive_.Stored(site_.Url("/docs/b.html?x=1")).url, site_.Url("/docs/b.html?x=1"));
}

TEST_F(Crawl, AsksOnlyWhetherPagesChangedTheSecondTime) {
  site_.Page("/", HtmlPage("Start", "the first page", {"a", "b"}));
  site_.Page("/a", HtmlPage("A", "apples", {"c"}));
  site_.Page("/b", HtmlPage("B", "pears"));
  site_.Page("/c", HtmlPage("C", "plums"));
  Use();
  Run();
  site_.TakeRequests();
  const auto before = archive_.Reader().revision();
  EXPECT_EQ(Run(),
            (States{{"/", "unchanged"}, {"/a", "unchanged"}, {"/b", "unchanged"}, {"/c", "unchanged"}}));
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/ 304", "/a 304", "/b 304", "/c 304"));
  EXPECT_EQ(archive_.Reader().revision(), before);
}

TEST_F(Crawl, ReadsAgainOnlyWhatChanged) {
  site_.Page("/", HtmlPage("Start", "the first page", {"a", "b"}));
  site_.Page("/a", HtmlPage("A", "old apples"));
  site_.Page("/b", HtmlPage("B", "pears"));
  Use();
  Run();
  site_.Page("/a", HtmlPage("A", "new apples", {"new"}));
  site_.Page("/new", HtmlPage("New", "something new"));
  EXPECT_EQ(Run(), (States{{"/", "unchanged"}, {"/a", "indexed"}, {"/b", "unchanged"}, {"/new", "indexed"}}));
  EXPECT_THAT(archive_.Body(site_.Url("/a")), HasSubstr("new apples"));
}

TEST_F(Crawl, TakesAPageWhoseTextIsTheSameForUnchanged) {
  TestSite::Answer page{.body = HtmlPage("Start", "the first page"), .with_etag = false};
  site_.Serve("/", page);
  Use();
  Run();
  page.body += "<!-- made at 12:00:01 -->";
  site_.Serve("/", page);
  EXPECT_EQ(Run(), (States{{"/", "unchanged"}}));
}

TEST_F(Crawl, DropsPagesThatAreGone) {
  std::vector<std::string> links;
  for (int i = 0; i < 10; ++i) {
    links.push_back("/" + std::to_string(i));
    site_.Page(links.back(), HtmlPage("Page", "number " + std::to_string(i)));
  }
  site_.Page("/", HtmlPage("Start", "the first page", links));
  Use();
  Run();
  site_.Remove("/3");
  site_.Serve("/4", {.status = 410});
  const States states = Run();
  EXPECT_EQ(states.at("/3"), "deleted");
  EXPECT_EQ(states.at("/4"), "deleted");
  EXPECT_EQ(archive_.Documents(), 9U);
}

TEST_F(Crawl, DropsPagesThatNothingLinksToAnyMore) {
  std::vector<std::string> links;
  for (int i = 0; i < 10; ++i) links.push_back("/" + std::to_string(i));
  site_.Otherwise(
      [](const std::string& target) { return TestSite::Answer{.body = HtmlPage(target, "page " + target)}; });
  site_.Serve("/robots.txt", {.status = 404});
  site_.Page("/", HtmlPage("Start", "the first page", links));
  Use();
  Run();
  links.pop_back();
  site_.Page("/", HtmlPage("Start", "the first page", links));
  EXPECT_EQ(Run().at("/9"), "deleted");
}

TEST_F(Crawl, ObeysRobotsTxt) {
  site_.Serve("/robots.txt", {.body = "User-agent: quipu-indexer\nDisallow: /private\nAllow: /private/open\n",
                              .type = "text/plain"});
  site_.Page("/", HtmlPage("Start", "the first page", {"/private/a", "/private/open/b"}));
  site_.Page("/private/a", HtmlPage("A", "secret"));
  site_.Page("/private/open/b", HtmlPage("B", "open"));
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"}, {"/private/a", "skipped"}, {"/private/open/b", "indexed"}}));
  EXPECT_THAT(ReasonOf("/private/a"), HasSubstr("robots.txt"));
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/", "/private/open/b"));
}

TEST_F(Crawl, IsKnownToRobotsTxtByTheNameThatIsConfigured) {
  site_.Serve("/robots.txt", {.body = "User-agent: otherbot\nDisallow: /a\n", .type = "text/plain"});
  site_.Page("/", HtmlPage("Start", "the first page", {"/a"}));
  site_.Page("/a", HtmlPage("A", "apples"));
  Use("user_agent = \"OtherBot/2.0 (+https://example.org/bot)\"");
  EXPECT_EQ(Run().at("/a"), "skipped");
  EXPECT_EQ(site_.TakeRequests().at(0).headers.at("user-agent"), "OtherBot/2.0 (+https://example.org/bot)");
}

TEST_F(Crawl, ObeysWhatPagesAskOfRobots) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/noindex", "/nofollow", "/header"}) +
                      "<a rel=\"external nofollow\" href=\"/unwanted\">x</a>");
  site_.Page("/noindex", "<meta name=robots content=noindex>" + HtmlPage("N", "not this", {"/behind"}));
  site_.Page("/nofollow", "<meta name=robots content=nofollow>" + HtmlPage("F", "this", {"/hidden"}));
  site_.Serve("/header",
              {.body = HtmlPage("H", "nor this"), .headers = {{"X-Robots-Tag", "noindex, nofollow"}}});
  site_.Page("/behind", HtmlPage("B", "but this"));
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"},
                           {"/noindex", "skipped"},
                           {"/nofollow", "indexed"},
                           {"/header", "skipped"},
                           {"/behind", "indexed"}}));
}

TEST_F(Crawl, StaysOnItsHost) {
  TestSite other;
  other.Page("/", HtmlPage("Other", "elsewhere"));
  site_.Page("/",
             HtmlPage("Start", "the first page",
                      {other.Url(), "/to-other", "http://localhost:" + std::to_string(site_.port()) + "/"}));
  site_.Redirect("/to-other", other.Url());
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"}, {"/to-other", "skipped"}}));
  EXPECT_THAT(other.TakeTargets(), IsEmpty());
  Use("allow_hosts = [\"127.0.0.1:" + std::to_string(other.port()) + "\"]");
  EXPECT_EQ(Run().at(other.Url()), "indexed");
}

TEST_F(Crawl, FollowsRedirectsAndRemembersWhereTheyLed) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/old", "/older"}));
  site_.Redirect("/older", "/old", 302);
  site_.Redirect("/old", "/new", 308);
  site_.Page("/new", HtmlPage("New", "here it is"));
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"}, {"/new", "indexed"}}));
  site_.TakeRequests();
  EXPECT_EQ(Run(), (States{{"/", "unchanged"}, {"/new", "unchanged"}}));
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/ 304", "/new 304", "/old", "/older"));
}

TEST_F(Crawl, MakesOneDocumentOfPagesWithOneCanonicalAddress) {
  const std::string named = "<link rel=canonical href=\"/page\">";
  site_.Page("/", HtmlPage("Start", "the first page", {"/page?sort=1", "/page?sort=2", "/lone?x=1"}));
  site_.Page("/page", HtmlPage("Page", "the page"));
  site_.Page("/page?sort=1", named + HtmlPage("Page", "the page, sorted"));
  site_.Page("/page?sort=2", named + HtmlPage("Page", "the page, sorted otherwise"));
  site_.Page("/lone?x=1",
             "<link rel=canonical href=\"https://elsewhere.example/lone\">" + HtmlPage("Lone", "lone page"));
  Use();
  const States first{{"/", "indexed"},
                     {"/page", "indexed"},
                     {"/page?sort=1", "skipped"},
                     {"/page?sort=2", "skipped"},
                     {"/lone?x=1", "indexed"}};
  EXPECT_EQ(Run(), first);
  EXPECT_EQ(archive_.Documents(), 3U);
  EXPECT_THAT(ReasonOf("/page?sort=1"), HasSubstr("the same page as " + site_.Url("/page")));
  site_.TakeRequests();
  EXPECT_EQ(Run().at("/page"), "unchanged");
  for (const std::string& target : site_.TakeTargets()) EXPECT_THAT(target, HasSubstr(" 304"));
  // Without the canonical page one of the others gives its document.
  site_.Remove("/page");
  const States then = Run();
  EXPECT_EQ(then.at("/page?sort=1"), "indexed");
  EXPECT_EQ(archive_.Documents(), 4U);
}

TEST_F(Crawl, ReadsPagesInTheCharsetThatTheServerNames) {
  // In windows-1252 the same byte is another letter.
  site_.Serve("/", {.body = HtmlPage("Start", "\xB1\xE6\xEA and more words"),
                    .type = "text/html; charset=ISO-8859-2"});
  Use();
  Run();
  EXPECT_THAT(archive_.Body(site_.Url()), HasSubstr("ąćę"));
}

TEST_F(Crawl, ReadsDocumentsThatPagesLinkTo) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/paper", "/broken.pdf", "/data.bin"}));
  site_.Serve("/paper",
              {.body = extract::testing::MakePdf({.pages = {{{.text = "All about parsnips."}}}, .info = ""}),
               .type = "application/pdf"});
  site_.Serve("/broken.pdf", {.body = "%PDF-1.4\nthis is none", .type = "application/pdf"});
  site_.Serve("/data.bin", {.body = std::string("\0\1\2\3\xFF\0\7", 7), .type = "application/octet-stream"});
  Use();
  EXPECT_EQ(
      Run(),
      (States{{"/", "indexed"}, {"/paper", "indexed"}, {"/broken.pdf", "failed"}, {"/data.bin", "skipped"}}));
  EXPECT_THAT(archive_.Body(site_.Url("/paper")), HasSubstr("parsnips"));
  site_.TakeRequests();
  EXPECT_EQ(Run().at("/broken.pdf"), "failed");
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/ 304", "/broken.pdf 304", "/data.bin 304", "/paper 304"));
}

TEST_F(Crawl, DropsParametersThatOnlyTrack) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/a?utm_source=mail", "/a?fbclid=1", "/a"}));
  site_.Page("/a", HtmlPage("A", "apples"));
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"}, {"/a", "indexed"}}));
}

TEST_F(Crawl, ObeysIncludeAndExclude) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/docs/a", "/docs/draft-b", "/blog/c"}));
  site_.Page("/docs/a", HtmlPage("A", "apples", {"/docs/d"}));
  site_.Page("/docs/d", HtmlPage("D", "plums"));
  Use("include = [\"docs/**\"]\nexclude = [\"**/draft-*\"]");
  EXPECT_EQ(Run(), (States{{"/", "skipped"}, {"/docs/a", "indexed"}, {"/docs/d", "indexed"}}));
  EXPECT_THAT(site_.TakeTargets(), ElementsAre("/", "/docs/a", "/docs/d"));
}

TEST_F(Crawl, StopsAtMaxPages) {
  site_.Serve("/robots.txt", {.status = 404});
  site_.Otherwise([](const std::string& target) {
    const long number = target == "/" ? 0 : std::strtol(target.c_str() + 1, nullptr, 10);
    return TestSite::Answer{
        .body = HtmlPage("Page " + target, "text of page " + target,
                         {"/" + std::to_string(number * 2 + 1), "/" + std::to_string(number * 2 + 2)})};
  });
  Use("max_pages = 100\nmax_depth = 1000");
  const States states = Run();
  EXPECT_EQ(archive_.Documents(), 100U);
  EXPECT_EQ(states.at("crawl:" + site_.Url()), "skipped");
  // Nearest first: the same pages on every run.
  EXPECT_TRUE(states.contains("/98"));
  EXPECT_EQ(Run().at("/98"), "unchanged");
}

TEST_F(Crawl, ReadsASiteOfAThousandPages) {
  site_.Serve("/robots.txt", {.status = 404});
  std::vector<std::string> links;
  for (int i = 1; i < 1000; ++i) links.push_back("/page/" + std::to_string(i));
  site_.Page("/", HtmlPage("Start", "a thousand pages", links));
  site_.Otherwise([](const std::string& target) {
    return TestSite::Answer{.body = HtmlPage(target, "text of " + target)};
  });
  Use();
  Run();
  EXPECT_EQ(archive_.Documents(), 1000U);
  site_.TakeRequests();
  Run();
  const auto asked = site_.TakeTargets();
  EXPECT_EQ(asked.size(), 1000U);
  for (const std::string& target : asked) EXPECT_THAT(target, HasSubstr(" 304"));
}

TEST_F(Crawl, StopsAtMaxDepth) {
  site_.Serve("/robots.txt", {.status = 404});
  site_.Otherwise([](const std::string& target) {
    return TestSite::Answer{.body = HtmlPage("Page", "text of " + target, {target + "x"})};
  });
  Use("max_depth = 2");
  EXPECT_EQ(Run(), (States{{"/", "indexed"}, {"/x", "indexed"}, {"/xx", "indexed"}}));
}

TEST_F(Crawl, StartsFromSitemapsWhenAsked) {
  site_.Serve("/robots.txt", {.body = "Sitemap: " + site_.Url("/map.xml") + "\n", .type = "text/plain"});
  site_.Serve("/map.xml", {.body = "<urlset><url><loc>" + site_.Url("/unlinked") + "</loc></url></urlset>",
                           .type = "text/xml"});
  site_.Page("/", HtmlPage("Start", "the first page"));
  site_.Page("/unlinked", HtmlPage("Unlinked", "only in the sitemap"));
  Use();
  EXPECT_EQ(Run(), (States{{"/", "indexed"}}));
  Use("use_sitemaps = true");
  EXPECT_EQ(Run().at("/unlinked"), "indexed");
}

TEST_F(Crawl, PausesBetweenPages) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/a", "/b", "/c"}));
  for (const char* page : {"/a", "/b", "/c"}) site_.Page(page, HtmlPage(page, page));
  archive_.UseSource("type = \"crawl\"\nurl = \"" + site_.Url() + "\"\ndelay_ms = 150");
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_GE(result.seconds, 0.6);
}

TEST_F(Crawl, ForeseesWhatARunWouldDo) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/a"}));
  site_.Page("/a", HtmlPage("A", "apples"));
  Use();
  const ProgramResult result = archive_.Indexer({"run", "--dry-run"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("new 2, changed 0"));
  EXPECT_FALSE(std::filesystem::exists(archive_.data()));
  Run();
  site_.Page("/a", HtmlPage("A", "other apples"));
  EXPECT_EQ(Run({"--dry-run"}), (States{{"/", "unchanged"}, {"/a", "changed"}}));
}

TEST_F(Crawl, RebuildsFromTheSiteAsItIs) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/a"}));
  site_.Page("/a", HtmlPage("A", "apples"));
  Use();
  Run();
  EXPECT_EQ(Run({"--rebuild"}), (States{{"/", "indexed"}, {"/a", "indexed"}}));
  EXPECT_EQ(archive_.Documents(), 2U);
}

TEST(CrawlOverTls, TrustsTheCertificateThatIsConfigured) {
  TestSite site(TestSite::Scheme::kHttps);
  site.Page("/", HtmlPage("Start", "over a safe line"));
  const Archive archive;
  const std::string source = "type = \"crawl\"\nurl = \"" + site.Url() + "\"\ndelay_ms = 0\n";
  archive.UseSource(source);
  const ProgramResult stranger = archive.Indexer({"run"});
  EXPECT_EQ(stranger.exit_code, 1);
  EXPECT_THAT(stranger.err, HasSubstr("certificate is not trusted"));
  archive.UseSource(source + "ca_file = \"" + site.certificate().string() + "\"");
  EXPECT_EQ(archive.Run().at(site.Url()), "indexed");
}

}  // namespace
}  // namespace quipu::testing
