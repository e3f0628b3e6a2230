// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/document_groups.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/index/index_directory.h"
#include "core/schema/field.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

/// Writes group keys as a job does, straight into the published generation.
void SetGroups(const std::filesystem::path& root, int slot, const std::map<std::string, std::string>& keys) {
  const index::IndexDirectory directory(root);
  Xapian::WritableDatabase database(directory.GenerationPath(*directory.CurrentGeneration()).string());
  for (const auto& [id, key] : keys) {
    const Xapian::docid docid = *database.postlist_begin(schema::IdTerm(id));
    Xapian::Document document = database.get_document(docid);
    document.add_value(static_cast<Xapian::valueno>(slot), key);
    database.replace_document(docid, document);
  }
  database.commit();
}

std::string Named(const std::vector<RelatedDocument>& documents) {
  std::string names;
  for (const RelatedDocument& document : documents) names += (names.empty() ? "" : " ") + document.id;
  return names;
}

class DocumentGroupsTest : public testing::Test {
 protected:
  DocumentGroupsTest() {
    std::vector<schema::Document> documents;
    for (int i = 0; i < 6; ++i) {
      documents.push_back(Text("copy" + std::to_string(i), "Tea", "All about tea, and more of it."));
      documents.back().date = "2023-01-0" + std::to_string(i + 1);
    }
    documents.push_back(Text("other", "Tea leaves", "Tea is made from leaves, tea tea."));
    documents.push_back(Text("en", "The report", "Reported about coffee."));
    documents.push_back(Text("es", "El informe", "Informe sobre coffee.", "es"));
    files_.Put(documents, true);
    SetGroups(files_.root(), schema::kDuplicateSlot,
              {{"copy0", "k"}, {"copy1", "k"}, {"copy2", "k"}, {"copy4", "other"}, {"copy5", "other"}});
    SetGroups(files_.root(), schema::kTranslationSlot, {{"en", "t"}, {"es", "t"}});
    index_ = std::make_unique<SearchIndex>(config::Index(), files_.root());
  }

  SmallIndex files_;
  std::unique_ptr<SearchIndex> index_;
};

TEST_F(DocumentGroupsTest, FoldsNearDuplicatesAndNamesThem) {
  const SearchResult result = Ask(*index_, "tea");
  EXPECT_EQ(result.total, 4U);
  EXPECT_TRUE(result.total_is_exact);
  EXPECT_EQ(result.hits.size(), 4U);
  std::map<std::string, std::string> duplicates;
  for (const Hit& hit : result.hits) {
    duplicates[hit.document.id] = Named(hit.duplicates);
    EXPECT_EQ(hit.duplicates_count, hit.duplicates.size());
  }
  const std::map<std::string, std::string> expected = {
      {"copy0", "copy1 copy2"}, {"copy3", ""}, {"copy4", "copy5"}, {"other", ""}};
  EXPECT_EQ(duplicates, expected);
}

TEST_F(DocumentGroupsTest, NamesWhatALinkNeeds) {
  const SearchResult result = Ask(*index_, "tea");
  for (const Hit& hit : result.hits) {
    if (hit.document.id != "copy4") continue;
    EXPECT_EQ(hit.duplicates[0].url, "https://example.org/copy5");
    EXPECT_EQ(hit.duplicates[0].title, "Tea");
    EXPECT_EQ(hit.duplicates[0].date, "2023-01-06");
  }
}

TEST_F(DocumentGroupsTest, ShowsThemAllWhenAsked) {
  SearchRequest request;
  request.q = "tea";
  request.fold_duplicates = false;
  const SearchResult result = Ask(*index_, request);
  EXPECT_EQ(result.total, 7U);
  for (const Hit& hit : result.hits) EXPECT_TRUE(hit.duplicates.empty());
}

TEST_F(DocumentGroupsTest, PagesOfFoldedHitsFollowEachOther) {
  std::string ids;
  for (std::uint32_t offset = 0; offset < 5; ++offset) {
    SearchRequest request;
    request.q = "tea";
    request.offset = offset;
    request.limit = 1;
    const SearchResult result = Ask(*index_, request);
    EXPECT_EQ(result.total, 4U) << offset;
    ids += Ids(result) + " ";
  }
  SearchRequest all;
  all.q = "tea";
  EXPECT_EQ(ids, Ids(Ask(*index_, all)) + "  ");
}

TEST_F(DocumentGroupsTest, OffersTranslationsWithoutFoldingThem) {
  const SearchResult result = Ask(*index_, "coffee");
  ASSERT_EQ(result.hits.size(), 2U);
  for (const Hit& hit : result.hits) {
    ASSERT_EQ(hit.translations.size(), 1U);
    EXPECT_EQ(hit.translations[0].id, hit.document.id == "en" ? "es" : "en");
    EXPECT_EQ(hit.translations[0].language, hit.document.id == "en" ? "es" : "en");
  }
}

TEST_F(DocumentGroupsTest, SimilarDocumentsAreNotItsOwnCopies) {
  SimilarRequest request;
  request.id = "copy0";
  const auto result = index_->Similar(request);
  ASSERT_TRUE(result);
  for (const Hit& hit : result->hits) {
    EXPECT_NE(hit.document.id, "copy0");
    EXPECT_NE(hit.document.id, "copy1");
    EXPECT_NE(hit.document.id, "copy2");
  }
}

TEST_F(DocumentGroupsTest, NamesNothingThatIsNotAllowed) {
  auto reader = index::IndexReader::Open(files_.root());
  ASSERT_TRUE(reader);
  GroupTables tables;
  std::vector<Hit> hits(1);
  hits[0].docid = reader->FindDocument("copy0");
  DocSet allowed(reader->database().get_lastdocid());
  allowed.Add(reader->FindDocument("copy2"));
  FindRelated(*reader, tables, {.duplicates = true, .allowed = &allowed}, hits);
  EXPECT_EQ(Named(hits[0].duplicates), "copy2");
  EXPECT_EQ(hits[0].duplicates_count, 1U);
}

TEST_F(DocumentGroupsTest, FollowsCommits) {
  auto reader = index::IndexReader::Open(files_.root());
  ASSERT_TRUE(reader);
  GroupTables tables;
  EXPECT_EQ(tables.Of(*reader, schema::kDuplicateSlot)->Members("k").size(), 3U);
  SetGroups(files_.root(), schema::kDuplicateSlot, {{"copy3", "k"}});
  ASSERT_TRUE(reader->Reopen());
  EXPECT_EQ(tables.Of(*reader, schema::kDuplicateSlot)->Members("k").size(), 4U);
  EXPECT_TRUE(tables.Of(*reader, schema::kDuplicateSlot)->Members("nobody's").empty());
}

TEST_F(DocumentGroupsTest, DisjunctiveFacetsCountFoldedCopiesOnceAsOtherFacetsDo) {
  config::Index settings;
  settings.facets = {"language", "type"};
  const SearchIndex index(settings, files_.root());
  SearchRequest request;
  request.q = "tea";
  request.facets = {"language"};
  const SearchResult plain = Ask(index, request);
  ASSERT_EQ(plain.facets.at(0).values.size(), 1U);
  EXPECT_EQ(plain.facets.at(0).values.at(0).count, plain.total);

  request.facets.clear();
  request.disjunctive_facets = {"language"};
  request.filter.kind = query::FilterKind::kOneOf;
  request.filter.field = "language";
  request.filter.values = {{.text = "en", .place = {}}};
  const SearchResult disjunctive = Ask(index, request);
  EXPECT_EQ(disjunctive.total, plain.total);
  EXPECT_EQ(disjunctive.facets.at(0).values.at(0).count, plain.total);
  request.fold_duplicates = false;
  EXPECT_EQ(Ask(index, request).facets.at(0).values.at(0).count, 7U);
}

}  // namespace
}  // namespace quipu::search
