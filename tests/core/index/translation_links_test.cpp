// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/translation_links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace quipu::index {
namespace {

schema::Document Page(const std::string& id, const std::vector<std::string>& alternates = {}) {
  schema::Document document;
  document.id = id;
  document.url = "https://example.org/" + id;
  std::vector<schema::Scalar> list(alternates.begin(), alternates.end());
  if (!list.empty()) document.fields["alternates"] = list;
  return document;
}

/// A letter for each document: those with the same are translations of each other; '.' is alone.
std::string Groups(const std::vector<schema::Document>& documents, bool folders = false) {
  std::vector<TranslationLinks> links;
  for (const auto& document : documents) {
    links.push_back(LinksOf(document));
    EXPECT_EQ(DecodeLinks(EncodeLinks(links.back())), links.back());
  }
  std::string groups;
  std::vector<std::string> seen;
  for (const std::string& key : GroupTranslations(links, folders)) {
    if (key.empty()) {
      groups += '.';
      continue;
    }
    const auto place = std::find(seen.begin(), seen.end(), key);
    groups += static_cast<char>('a' + (place - seen.begin()));
    if (place == seen.end()) seen.push_back(key);
  }
  return groups;
}

TEST(Translations, PagesThatLinkEachOther) {
  EXPECT_EQ(Groups({Page("en", {"es https://example.org/es", "en https://example.org/en"}), Page("x"),
                    Page("es", {"en /en", "es /es"})}),
            "a.a");
}

TEST(Translations, OfThreePagesAreOneGroupEvenIfTwoDoNotLinkEachOther) {
  EXPECT_EQ(Groups({Page("en", {"es /es", "qu /qu"}), Page("es", {"en /en"}), Page("qu", {"en /en"})}),
            "aaa");
}

TEST(Translations, APageThatLinksNothingIsItsOnlyClaimants) {
  EXPECT_EQ(Groups({Page("en", {"es /informe.pdf"}), Page("informe.pdf")}), "aa");
}

TEST(Translations, AHomePageThatAllPagesNameIsNobodysTranslation) {
  EXPECT_EQ(Groups({Page("es"), Page("one", {"es /es"}), Page("two", {"es /es"})}), "...");
}

TEST(Translations, APageThatNamesAnotherAndIsNotNamedByItIsNone) {
  EXPECT_EQ(Groups({Page("en", {"es /es"}), Page("es", {"en /other"}), Page("other", {"es /es"})}), ".aa");
}

TEST(Translations, TheDefaultPageIsNoTranslation) {
  EXPECT_EQ(Groups({Page("en", {"x-default /"}), Page("", {"x-default /en"})}), "..");
}

TEST(Translations, AreToldByNames) {
  EXPECT_EQ(Groups({Page("a/notes.es.html"), Page("a/notes.en.html"), Page("b/notes.en.html"),
                    Page("a/notes.pt-BR.html"), Page("a/notes.html")}),
            "aa.aa");
}

TEST(Translations, OtherPartsOfANameAreNoLanguages) {
  EXPECT_EQ(Groups({Page("jquery.min.js"), Page("jquery.max.js"), Page("archive.tar.gz"), Page("archive.gz"),
                    Page("report.v1.pdf"), Page("report.v2.pdf"), Page("a.es"), Page("a.en")}),
            "........");
}

TEST(Translations, AreToldByFoldersIfThatIsConfigured) {
  const std::vector<schema::Document> documents = {Page("docs/es/a.html"), Page("docs/en/a.html"),
                                                   Page("docs/en/b.html"), Page("docs/a.html")};
  EXPECT_EQ(Groups(documents, true), "aa..");
  EXPECT_EQ(Groups(documents, false), "....");
}

TEST(Translations, LinksThatAreNoneAreNoTrouble) {
  EXPECT_EQ(Groups({Page("en", {"", "es", "es ", " /x", "es mailto:x"}), Page("es")}), "..");
  schema::Document odd = Page("odd");
  odd.fields["alternates"] = 3.0;
  EXPECT_EQ(Groups({odd}), ".");
}

TEST(Translations, BytesThatAreNoLinksAreRefused) {
  EXPECT_FALSE(DecodeLinks("").has_value());
  EXPECT_FALSE(DecodeLinks("short").has_value());
  EXPECT_FALSE(DecodeLinks(std::string(16, 'x').append("\xFF")).has_value());
  EXPECT_FALSE(DecodeLinks(std::string(16, 'x').append("\0\0odd", 5)).has_value());
}

TEST(Translations, AtMost64LinksOfAPageCount) {
  std::vector<std::string> many;
  for (int i = 0; i < 1000; ++i) many.push_back("es /" + std::to_string(i));
  EXPECT_EQ(LinksOf(Page("en", many)).alternates.size(), 64U);
}

}  // namespace
}  // namespace quipu::index
