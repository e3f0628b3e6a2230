// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/related_links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace quipu::searchd {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Rendered(const search::Hit& hit) {
  PageFrame page;
  page.texts = &TextsFor("en");
  page.index = "seeds";
  std::string out;
  AppendRelated(out, hit, page);
  return out;
}

search::RelatedDocument Related(std::string id, std::string url, std::string title, std::string language) {
  search::RelatedDocument related;
  related.id = std::move(id);
  related.url = std::move(url);
  related.title = std::move(title);
  related.language = std::move(language);
  return related;
}

TEST(RelatedLinks, AreNothingForADocumentAlone) { EXPECT_EQ(Rendered({}), ""); }

TEST(RelatedLinks, LeadToTranslationsByTheirLanguage) {
  search::Hit hit;
  hit.translations = {Related("es", "https://example.org/es", "El informe", "es")};
  EXPECT_EQ(Rendered(hit),
            "<p class=\"related\"><a href=\"https://example.org/es\" lang=\"es\">also in Español</a> </p>\n");
}

TEST(RelatedLinks, CountNearDuplicatesAndNameAFew) {
  search::Hit hit;
  for (const char* id : {"a", "b", "c", "d", "e"}) hit.duplicates.push_back(Related(id, "", "", "en"));
  hit.duplicates_count = 12;
  const std::string html = Rendered(hit);
  EXPECT_THAT(html, HasSubstr("Nearly the same (12): <a href=\"view?index=seeds&amp;id=a\">a</a>"));
  EXPECT_THAT(html, HasSubstr(">c</a>"));
  EXPECT_THAT(html, Not(HasSubstr(">d</a>")));
}

TEST(RelatedLinks, LetNothingHostileThrough) {
  search::Hit hit;
  hit.translations = {Related("x", "javascript:alert(1)", "<script>", "e<s")};
  hit.duplicates = {Related("<script>", "javascript:alert(1)", "<script>", "")};
  hit.duplicates_count = 1;
  const std::string html = Rendered(hit);
  EXPECT_THAT(html, Not(HasSubstr("javascript:")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<s")));
}

TEST(OwnNameOf, IsTheCodeWhereWeKnowNone) {
  EXPECT_EQ(OwnNameOf("qu"), "Runa simi");
  EXPECT_EQ(OwnNameOf("tlh"), "tlh");
}

}  // namespace
}  // namespace quipu::searchd
