// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/results_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "searchd/pages/assets.h"
#include "searchd/pages/opensearch.h"
#include "searchd/widget/widget_files.h"

namespace quipu::searchd {
namespace {

using testing::HasSubstr;
using testing::Not;

class ResultsPageTest : public testing::Test {
 protected:
  ResultsPageTest() {
    page_.texts = &TextsFor("en");
    page_.indexes = {{"seeds", "Seed archive"}, {"docs", "Manual"}};
    page_.index = "seeds";
    page_.query = "fuerza";
    hit_.document.id = "a.txt";
    hit_.document.url = "https://example.org/2023/a%20b.txt?x=1";
    hit_.document.title = "Declaración";
    hit_.document.language = "es";
    hit_.document.date = "2023-01-17";
  }

  std::string Render(std::uint64_t total = 1) {
    result_.hits = {hit_};
    result_.total = total;
    page_.result = &result_;
    return RenderResultsPage(page_);
  }

  ResultsPage page_;
  search::Hit hit_;
  search::SearchResult result_;
};

TEST_F(ResultsPageTest, ShowsAHitWithItsTitleLinkDateAndLanguage) {
  const std::string html = Render();
  EXPECT_THAT(html, HasSubstr("<article lang=\"es\" dir=\"auto\">"));
  EXPECT_THAT(html, HasSubstr("<h2><a href=\"https://example.org/2023/a%20b.txt?x=1\">Declaración</a></h2>"));
  EXPECT_THAT(html, HasSubstr("example.org › 2023 › a b.txt"));
  EXPECT_THAT(html, HasSubstr("<time datetime=\"2023-01-17\">17 January 2023</time>"));
  EXPECT_THAT(html, HasSubstr("One document for “fuerza”"));
}

TEST_F(ResultsPageTest, LetsNothingHostileBecomeMarkup) {
  const std::string evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
  page_.query = evil;
  page_.indexes[0].title = evil;
  hit_.document.id = evil;
  hit_.document.title = evil;
  hit_.document.language = "es\" onmouseover=\"alert(1)";
  hit_.document.date = evil;
  hit_.document.url = "https://example.org/" + evil;
  hit_.passages.push_back({.html = evil, .heading = evil, .page = 0, .url = "https://example.org/#" + evil});
  for (const std::string& title_html : {std::string(), evil}) {
    hit_.title_html = title_html;
    const std::string html = Render(100);
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    EXPECT_THAT(html, Not(HasSubstr("\"'>")));
    EXPECT_THAT(html, Not(HasSubstr("onmouseover=\"")));
  }
}

TEST_F(ResultsPageTest, LinksNoUrlThatRunsAScript) {
  hit_.document.url = "javascript:alert(1)";
  hit_.passages.push_back({.html = "x", .heading = "H", .page = 0, .url = "data:text/html,x"});
  const std::string html = Render();
  EXPECT_THAT(html, Not(HasSubstr("javascript:")));
  EXPECT_THAT(html, Not(HasSubstr("data:")));
  EXPECT_THAT(html, HasSubstr("<h2><a href=\"view?index=seeds&amp;id=a.txt\">"));
}

TEST_F(ResultsPageTest, HasNeitherScriptNorInlineStyle) {
  const std::string html = Render(100);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<style")));
  EXPECT_THAT(html, Not(HasSubstr("style=\"")));
  EXPECT_THAT(html, Not(testing::ContainsRegex("<[^>]* on[a-z]+=")));
}

TEST_F(ResultsPageTest, MarksTheQuerysWordsInTitleAndPassage) {
  hit_.title_html = "La <mark>fuerza</mark>";
  hit_.passages.push_back(
      {.html = "de la <mark>fuerza</mark> &amp;", .heading = "", .page = 12, .url = "a.pdf#page=12"});
  const std::string html = Render();
  EXPECT_THAT(html, HasSubstr(">La <mark>fuerza</mark></a></h2>"));
  EXPECT_THAT(
      html,
      HasSubstr("de la <mark>fuerza</mark> &amp; <a class=\"place\" href=\"a.pdf#page=12\">page 12</a>"));
}

TEST_F(ResultsPageTest, LinksAPassageToItsSection) {
  hit_.passages.push_back({.html = "x", .heading = "Hechos & derecho", .page = 0, .url = "a.html#hechos"});
  EXPECT_THAT(
      Render(),
      HasSubstr("href=\"a.html#hechos\"><span class=\"unseen\">Section: </span>Hechos &amp; derecho</a>"));
}

TEST_F(ResultsPageTest, PagerLinksKeepQueryAndIndex) {
  page_.page = 2;
  page_.query = "fuerza & \"orden\"";
  const std::string html = Render(35);
  EXPECT_THAT(html, HasSubstr("href=\"search?q=fuerza%20%26%20%22orden%22&amp;index=seeds\" rel=\"prev\""));
  EXPECT_THAT(html, HasSubstr("page=3\" rel=\"next\""));
  EXPECT_THAT(html, HasSubstr("page=2\" aria-current=\"page\">2</a>"));
  EXPECT_THAT(html, HasSubstr("page=4\">4</a>"));
  EXPECT_THAT(html, Not(HasSubstr("page=5\"")));
}

TEST_F(ResultsPageTest, EveryLinkKeepsWhatWasChosen) {
  page_.page = 2;
  page_.refinement = {
      .facets = {{"type", "pdf"}}, .from = "2023", .to = "", .sort = "date:desc", .typos = false};
  const std::string html = Render(35);
  EXPECT_THAT(html,
              HasSubstr("&amp;f=type%3Apdf&amp;from=2023&amp;sort=date%3Adesc&amp;typos=off&amp;page=3\""));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"f\" value=\"type:pdf\">"));
  EXPECT_THAT(html,
              HasSubstr("<input type=\"text\" placeholder=\"2023-01-17\" name=\"from\" value=\"2023\">"));
  // A field for dates may have no placeholder: HTML says so.
  EXPECT_THAT(html, HasSubstr("<input type=\"date\" name=\"to\" value=\"\">"));
  EXPECT_THAT(html, HasSubstr("<option value=\"date:desc\" selected>"));
  EXPECT_THAT(html, HasSubstr("<details class=\"more\" open>"));
}

TEST_F(ResultsPageTest, FacetsAreLinksThatChooseAndGiveUp) {
  page_.refinement.facets = {{"language", "es"}};
  result_.facets = {{.field = "language", .values = {{"es", 3}, {"en", 1234}}, .range = {}},
                    {.field = "type", .values = {{"pdf", 3}}, .range = {}}};
  const std::string html = Render();
  EXPECT_THAT(html, HasSubstr("<a href=\"search?q=fuerza&amp;index=seeds\" rel=\"nofollow\" "
                              "aria-current=\"true\">Español <span class=\"count\">3</span>"));
  EXPECT_THAT(html, HasSubstr("f=language%3Aes&amp;f=language%3Aen\" rel=\"nofollow\">English <span "
                              "class=\"count\">1,234</span></a>"));
  EXPECT_THAT(html, Not(HasSubstr(">Type<"))) << "one value is no choice";
}

TEST_F(ResultsPageTest, ShowsAChosenValueThatNothingHas) {
  page_.refinement.facets = {{"language", "<b>"}};
  result_.facets = {{.field = "language", .values = {}, .range = {}}};
  EXPECT_THAT(Render(0), HasSubstr("aria-current=\"true\">&lt;b&gt; <span class=\"count\">0</span>"));
}

TEST_F(ResultsPageTest, HasTheSitesOwnTitleHomeLogoAndFooter) {
  Brand brand;
  brand.title = "A & B";
  brand.home = "https://example.org/";
  brand.logo = "x";
  brand.footer_html = "<footer>Ours</footer>";
  page_.brand = &brand;
  const std::string html = Render();
  EXPECT_THAT(html,
              HasSubstr("<a class=\"name\" href=\"https://example.org/\"><img class=\"logo\" src=\"logo\" "
                        "alt=\"\"> A &amp; B</a>"));
  EXPECT_THAT(html, HasSubstr("</main>\n<footer>Ours</footer></body>"));
}

TEST(FilterOf, QuotesWhatIsInValues) {
  const Refinement refinement{.facets = {{"tags", "a\"b\\"}, {"type", "pdf"}, {"tags", "c"}},
                              .from = "2023-01",
                              .to = "2024",
                              .sort = ""};
  EXPECT_EQ(FilterOf(refinement),
            "\"tags\" IN [\"a\\\"b\\\\\", \"c\"] AND \"type\" IN [\"pdf\"] AND date >= \"2023-01\" AND "
            "date <= \"2024\"");
  EXPECT_EQ(FilterOf({}), "");
}

TEST(IsDatePrefix, TakesYearsMonthsAndDays) {
  for (const char* right : {"2023", "2023-01", "2023-12-31"}) EXPECT_TRUE(IsDatePrefix(right)) << right;
  for (const char* wrong : {"", "23", "2023-13", "2023-00", "2023-1-1", "2023-01-32", "now", "2023/01"})
    EXPECT_FALSE(IsDatePrefix(wrong)) << wrong;
}

TEST_F(ResultsPageTest, OnePageHasNoPager) { EXPECT_THAT(Render(10), Not(HasSubstr("class=\"pager\""))); }

TEST_F(ResultsPageTest, KeepsTheChosenIndexChosen) {
  page_.index = "docs";
  EXPECT_THAT(Render(), HasSubstr("<option value=\"docs\" selected>Manual</option>"));
}

TEST_F(ResultsPageTest, OneIndexNeedsNoChoice) {
  page_.indexes.pop_back();
  EXPECT_THAT(Render(), Not(HasSubstr("<select name=\"index\"")));
}

TEST_F(ResultsPageTest, SaysThatNothingWasFound) {
  EXPECT_THAT(Render(0), HasSubstr("Nothing was found for “fuerza”."));
}

TEST_F(ResultsPageTest, SpeaksSpanish) {
  page_.texts = &TextsFor("es-PE");
  const std::string html = Render(1234);
  EXPECT_THAT(html, HasSubstr("<html lang=\"es\">"));
  EXPECT_THAT(html, HasSubstr("1.234 documentos para «fuerza»"));
  EXPECT_THAT(html, HasSubstr("17 de enero de 2023"));
}

TEST_F(ResultsPageTest, IsWrittenFromRightToLeftInArabic) {
  page_.texts = TextsOf("ar");
  EXPECT_THAT(Render(), HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
  EXPECT_THAT(Render(), HasSubstr("«\u2068fuerza\u2069»"));
}

TEST_F(ResultsPageTest, KeepsTheLanguageThatItsAddressAskedFor) {
  page_.texts = TextsOf("fr");
  page_.language = "fr";
  hit_.document.url = "a.txt";
  hit_.translations = {{.id = "b.txt", .url = "b.txt", .title = "B", .date = "", .language = "en"}};
  const std::string html = Render(30);
  EXPECT_THAT(html, HasSubstr("./?index=seeds&amp;lang=fr"));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"lang\" value=\"fr\">"));
  EXPECT_THAT(html, HasSubstr("search?q=fuerza&amp;index=seeds&amp;lang=fr&amp;page=2"));
  EXPECT_THAT(html, HasSubstr("view?index=seeds&amp;id=a.txt&amp;lang=fr"));
  EXPECT_THAT(html, HasSubstr("view?index=seeds&amp;id=b.txt&amp;lang=fr"));
  page_.language.clear();
  EXPECT_THAT(Render(30), Not(HasSubstr("lang=fr")));
}

TEST_F(ResultsPageTest, ShowsTenValuesOfAFacetAndALinkToTheOthers) {
  result_.facets = {{.field = "tags", .values = {}, .range = {}}};
  for (int i = 0; i < 13; ++i) result_.facets[0].values.push_back({"tag" + std::to_string(i), 20U - i});
  std::string html = Render();
  EXPECT_THAT(html, HasSubstr(">tag9 "));
  EXPECT_THAT(html, Not(HasSubstr(">tag10 ")));
  EXPECT_THAT(
      html,
      HasSubstr("search?q=fuerza&amp;index=seeds&amp;more=tags#facet-1\" rel=\"nofollow\">Show 3 more</a>"));
  page_.refinement.more = "tags";
  html = Render();
  EXPECT_THAT(html, HasSubstr(">tag12 "));
  EXPECT_THAT(html, HasSubstr("search?q=fuerza&amp;index=seeds#facet-1\" rel=\"nofollow\">Show fewer</a>"));
  EXPECT_THAT(html, HasSubstr("f=tags%3Atag0&amp;more=tags"));
  EXPECT_THAT(html, HasSubstr("<input type=\"hidden\" name=\"more\" value=\"tags\">"));
}

/// How often something is filled in, by place: "{0} of {1}" is "01".
std::string Places(std::string_view text) {
  std::string places;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
    places += text[at + 1];
  std::sort(places.begin(), places.end());
  return places;
}

class PageTextsTest : public testing::TestWithParam<const PageTexts*> {};
TEST_P(PageTextsTest, SayEverythingAndFillInWhatTheEnglishDo) {
  using Text = std::string_view PageTexts::*;
  const PageTexts& texts = *GetParam();
  const PageTexts& english = *TextsOf("en");
  for (const Text text : {&PageTexts::search,
                          &PageTexts::placeholder,
                          &PageTexts::index_label,
                          &PageTexts::welcome,
                          &PageTexts::one_result,
                          &PageTexts::results,
                          &PageTexts::at_least_results,
                          &PageTexts::all_documents,
                          &PageTexts::page_of,
                          &PageTexts::no_results,
                          &PageTexts::no_results_hint,
                          &PageTexts::partial,
                          &PageTexts::truncated,
                          &PageTexts::also_searched,
                          &PageTexts::search_only,
                          &PageTexts::did_you_mean,
                          &PageTexts::fewer_words,
                          &PageTexts::previous,
                          &PageTexts::next,
                          &PageTexts::pages,
                          &PageTexts::in_text,
                          &PageTexts::original,
                          &PageTexts::cut,
                          &PageTexts::unknown_document,
                          &PageTexts::also_in,
                          &PageTexts::duplicates,
                          &PageTexts::pdf_page,
                          &PageTexts::section,
                          &PageTexts::unknown_index,
                          &PageTexts::not_built,
                          &PageTexts::too_long,
                          &PageTexts::too_far,
                          &PageTexts::failed,
                          &PageTexts::back,
                          &PageTexts::needs_key,
                          &PageTexts::key_refused,
                          &PageTexts::too_often,
                          &PageTexts::filters,
                          &PageTexts::facet_language,
                          &PageTexts::facet_type,
                          &PageTexts::facet_tags,
                          &PageTexts::chosen,
                          &PageTexts::show_more,
                          &PageTexts::show_fewer,
                          &PageTexts::dates_and_order,
                          &PageTexts::from,
                          &PageTexts::to,
                          &PageTexts::order,
                          &PageTexts::by_rank,
                          &PageTexts::newest_first,
                          &PageTexts::oldest_first,
                          &PageTexts::apply,
                          &PageTexts::feed,
                          &PageTexts::skip,
                          &PageTexts::languages,
                          &PageTexts::date}) {
    EXPECT_FALSE((texts.*text).empty()) << texts.language << ": " << english.*text;
    EXPECT_EQ(Places(texts.*text), Places(english.*text)) << texts.*text;
  }
  for (const std::string_view month : texts.months) EXPECT_FALSE(month.empty());
  EXPECT_FALSE(texts.thousands.empty());
  // The widget leads to these pages, so it speaks the same languages.
  EXPECT_THAT(std::string(WidgetMain().text),
              HasSubstr(std::string("\n") + std::string(texts.language) + ": ["));
}
INSTANTIATE_TEST_SUITE_P(Table, PageTextsTest, testing::ValuesIn(AllTexts().begin(), AllTexts().end()),
                         [](const auto& tested) { return std::string(tested.param->language); });

TEST_F(ResultsPageTest, WithoutAResultIsTheSearchBox) {
  page_.query.clear();
  page_.documents = 12345;
  const std::string html = RenderResultsPage(page_);
  EXPECT_THAT(html, HasSubstr("<body class=\"home\">"));
  EXPECT_THAT(html, HasSubstr("12,345 documents"));
  EXPECT_THAT(html,
              HasSubstr("<a href=\"./?index=seeds&amp;lang=qu\" lang=\"qu\" hreflang=\"qu\">Runa simi</a>"));
}

struct Asked {
  std::string name, header, language;
};
class PageLanguage : public testing::TestWithParam<Asked> {};
TEST_P(PageLanguage, IsTheBestThatTheBrowserReads) {
  EXPECT_EQ(TextsFor(GetParam().header).language, GetParam().language);
}
INSTANTIATE_TEST_SUITE_P(
    Table, PageLanguage,
    testing::Values(Asked{"None", "", "en"}, Asked{"Spanish", "es", "es"},
                    Asked{"Peru", "es-PE,es;q=0.9,en;q=0.8", "es"},
                    Asked{"EnglishFirst", "en-US,en;q=0.9,es;q=0.8", "en"},
                    Asked{"ByQuality", "en;q=0.2, es;q=0.7", "es"}, Asked{"Capitals", "ES-pe", "es"},
                    Asked{"PolishThenSpanish", "pl,es;q=0.5", "es"}, Asked{"Arabic", "ar-EG,en;q=0.5", "ar"},
                    Asked{"Neither", "pl,cs", "en"}, Asked{"Refused", "es;q=0", "en"},
                    Asked{"NotSpanish", "est", "en"}, Asked{"Malformed", ";;q=,,=", "en"}),
    [](const auto& tested) { return tested.param.name; });

TEST(TextsFor, GivesTheConfiguredLanguageIfTheBrowserReadsNoneOfOurs) {
  EXPECT_EQ(TextsFor("pl,cs", "es").language, "es");
  EXPECT_EQ(TextsFor("pl,de;q=0.1", "es").language, "de");
  EXPECT_EQ(TextsFor("", "xx").language, "en");
  EXPECT_EQ(TextsOf("pt-BR")->language, "pt");
  EXPECT_EQ(TextsOf("por"), nullptr);
}

TEST(ShowDate, LeavesWhatIsNoDate) {
  EXPECT_EQ(ShowDate("last year", TextsFor("en")), "last year");
  EXPECT_EQ(ShowDate("2023-13-01", TextsFor("en")), "2023-13-01");
}

TEST(StyleSheetAddress, ChangesWithTheStyle) {
  EXPECT_THAT(StyleSheetAddress(), testing::MatchesRegex("style\\.css\\?v=[0-9a-f]{12}"));
  EXPECT_THAT(std::string(StyleSheet()), HasSubstr("prefers-color-scheme: dark"));
}

TEST(RenderOpenSearch, EscapesTheIndexsTitle) {
  const std::string xml = RenderOpenSearch({"seeds", "A & B <archive>"}, "https://example.org");
  EXPECT_THAT(xml, HasSubstr("<Description>A &amp; B &lt;archive&gt;</Description>"));
  EXPECT_THAT(xml, HasSubstr("template=\"https://example.org/search?q={searchTerms}&amp;index=seeds\""));
}

}  // namespace
}  // namespace quipu::searchd
