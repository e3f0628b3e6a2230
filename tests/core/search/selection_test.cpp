// SPDX-License-Identifier: GPL-2.0-or-later
// Facets, orders and distinct hits, as a search answers them.
#include "core/search/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/query/filter_parser.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

using schema::FieldValue;
using schema::Scalar;
using ::testing::HasSubstr;

FieldValue List(std::vector<Scalar> values) { return values; }

schema::Document Item(const std::string& id, const std::string& language, const std::string& date,
                      std::map<std::string, FieldValue> fields) {
  schema::Document document = Text(id, id, "tea", language);
  document.date = date;
  document.fields = std::move(fields);
  return document;
}

std::vector<schema::Document> Documents() {
  return {
      Item("a", "es", "2023-01-17",
           {{"tags", List({std::string("Perú"), std::string("water")})}, {"year", 2023.0}}),
      Item("b", "en", "2023-01-17", {{"tags", std::string("Perú")}, {"year", 2021.0}}),
      Item("c", "es", "2020", {{"tags", std::string("peru")}, {"year", 2022.5}}),
      Item("d", "es", "", {{"tags", List({std::string("water"), std::string("Agua")})}}),
      Item("e", "fr", "2024-05-01T10:20:30Z", {{"tags", FieldValue()}, {"year", 2021.0}}),
  };
}

class SelectionTest : public testing::Test {
 protected:
  SelectionTest() : index_(Settings(), (folder_.Put(Documents(), true), folder_.root())) {}

  static config::Index Settings() {
    config::Index settings;
    settings.name = "x";
    settings.facets = {"tags", "language", "year", "date", "nobody"};
    settings.sortable = {"date", "year", "tags", "language", "id", "nobody"};
    return settings;
  }

  SearchResult Ask(SearchRequest request) {
    request.passages = 0;
    return search::Ask(index_, request);
  }
  std::string Fault(const SearchRequest& request) {
    const auto result = index_.Search(request);
    return result ? "none" : std::string(CodeName(result.error().code)) + ": " + result.error().message;
  }
  static std::string Shown(const FacetCounts& facet) {
    std::string text = facet.field + ":";
    for (const FacetValue& value : facet.values) text += " " + value.text + "=" + std::to_string(value.count);
    if (facet.range) {
      text += " [" + schema::NumberText(facet.range->first) + ", " + schema::NumberText(facet.range->second) +
              "]";
    }
    return text;
  }
  static std::string Shown(const SearchResult& result) {
    std::string text;
    for (const FacetCounts& facet : result.facets) text += Shown(facet) + "\n";
    return text;
  }
  std::string Sorted(std::vector<std::string> sort, const std::string& q = "") {
    SearchRequest request;
    request.q = q;
    request.sort = std::move(sort);
    return Ids(Ask(request));
  }

  SmallIndex folder_;
  SearchIndex index_;
};

TEST_F(SelectionTest, CountsFacetsInTheirMostFrequentSpelling) {
  SearchRequest request;
  request.facets = {"tags", "language"};
  request.limit = 1;
  const SearchResult result = Ask(request);
  EXPECT_EQ(Shown(result), "tags: Perú=3 water=2 Agua=1\nlanguage: es=3 en=1 fr=1\n");
  EXPECT_EQ(result.hits.size(), 1U);
  EXPECT_EQ(result.total, 5U);
  EXPECT_TRUE(result.total_is_exact);
}

TEST_F(SelectionTest, CountsOnlyWhatQueryAndFilterFind) {
  SearchRequest request;
  request.q = "tea -id";
  request.filter = *query::ParseFilter("language = es");
  request.facets = {"tags"};
  EXPECT_EQ(Shown(Ask(request)), "tags: Perú=2 water=2 Agua=1\n");
  request.q = "absent";
  EXPECT_EQ(Shown(Ask(request)), "tags:\n");
}

TEST_F(SelectionTest, StarCountsAllFacetsOfTheIndexWithTheRangesOfNumbersAndDates) {
  SearchRequest request;
  request.facets = {"*"};
  EXPECT_EQ(
      Shown(Ask(request)),
      "tags: Perú=3 water=2 Agua=1\nlanguage: es=3 en=1 fr=1\nyear: 2021=2 2022.5=1 2023=1 [2021, 2023]\n"
      "date: 2023-01-17=2 2020-01-01=1 2024-05-01T10:20:30Z=1 [1577836800, 1714558830]\nnobody:\n");
}

TEST_F(SelectionTest, DisjunctiveFacetsIgnoreTheirOwnFilter) {
  SearchRequest request;
  request.filter = *query::ParseFilter("tags = peru AND (language = en OR language = fr)");
  request.facets = {"tags", "language", "year"};
  EXPECT_EQ(Shown(Ask(request)), "tags: Perú=1\nlanguage: en=1\nyear: 2021=1 [2021, 2021]\n");
  request.disjunctive_facets = {"language", "tags"};
  const SearchResult result = Ask(request);
  EXPECT_EQ(Shown(result), "tags: Perú=1\nlanguage: es=2 en=1\nyear: 2021=1 [2021, 2021]\n");
  EXPECT_EQ(Ids(result), "b");
  EXPECT_EQ(result.total, 1U);
  request.facets.clear();
  request.q = "tea";
  EXPECT_EQ(Shown(Ask(request)), "language: es=2 en=1\ntags: Perú=1\n");
}

TEST_F(SelectionTest, DisjunctiveFacetsMindAFilterThatIsAlsoAboutAnotherField) {
  SearchRequest request;
  request.filter = *query::ParseFilter("language = en OR year = 2023");
  request.disjunctive_facets = {"language"};
  EXPECT_EQ(Shown(Ask(request)), "language: en=1 es=1\n");
}

TEST_F(SelectionTest, NoFacetIsCountedWithoutAFixedFilter) {
  for (const char* fixed :
       {"language = es", "language = es AND language != fr", "NOT language IN [en, fr]"}) {
    SearchRequest request;
    query::FilterNode lasting = *query::ParseFilter(fixed);
    lasting.fixed = true;
    request.filter = query::AllOf({lasting, *query::ParseFilter("language = fr OR language = es")});
    request.disjunctive_facets = {"language"};
    EXPECT_EQ(Shown(Ask(request)), "language: es=3\n") << fixed;
    request.filter = lasting;
    EXPECT_EQ(Shown(Ask(request)), "language: es=3\n") << fixed;
  }
}

TEST_F(SelectionTest, FindsFacetValuesByAPartOfTheirText) {
  SearchRequest request;
  request.facets = {"tags"};
  request.facet_query = "AG";
  EXPECT_EQ(Shown(Ask(request)), "tags: Agua=1\n");
  request.facet_query = "u";
  EXPECT_EQ(Shown(Ask(request)), "tags: Perú=3 Agua=1\n");
  request.facet_query = "at";
  EXPECT_EQ(Shown(Ask(request)), "tags: water=2\n");
  request.facet_query = "";
  EXPECT_EQ(Shown(Ask(request)), "tags: Perú=3 water=2 Agua=1\n");
}

TEST_F(SelectionTest, AnswersAtMostAHundredValuesTheMostFrequentFirst) {
  std::vector<schema::Document> documents;
  for (int i = 0; i < 150; ++i) {
    documents.push_back(Item("m" + std::to_string(i), "de", "", {{"tags", "t" + std::to_string(1000 + i)}}));
  }
  documents.push_back(Item("n", "de", "", {{"tags", std::string("t1149")}}));
  folder_.Put(documents);
  index_.Refresh();
  SearchRequest request;
  request.facets = {"tags"};
  request.filter = *query::ParseFilter("language = de");
  const FacetCounts facet = Ask(request).facets.front();
  ASSERT_EQ(facet.values.size(), kMaxFacetValues);
  EXPECT_EQ(facet.values[0], (FacetValue{"t1149", 2}));
  EXPECT_EQ(facet.values[1], (FacetValue{"t1000", 1}));
  EXPECT_EQ(facet.values[99], (FacetValue{"t1098", 1}));
}

TEST_F(SelectionTest, SortsWithMissingValuesLastInBothDirections) {
  EXPECT_EQ(Sorted({"date:asc"}), "c a b e d");
  EXPECT_EQ(Sorted({"date:desc"}), "e a b c d");
  EXPECT_EQ(Sorted({"year:asc"}), "b e c a d");
  EXPECT_EQ(Sorted({"year:desc"}), "a c b e d");
  EXPECT_EQ(Sorted({"language:desc", "id:desc"}), "e d c a b");
}

TEST_F(SelectionTest, SortsBySeveralKeysAndThenById) {
  EXPECT_EQ(Sorted({"date:desc", "year:asc"}), "e b a c d");
  EXPECT_EQ(Sorted({"language:asc", "year:desc"}), "b a c d e");
  EXPECT_EQ(Sorted({"nobody:asc"}), "a b c d e");
}

TEST_F(SelectionTest, AnOrderOfOurOwnNeedsNoConfiguration) {
  SearchRequest request;
  request.sort = {"boost:desc", "title:desc"};
  request.sort_by_any_field = true;
  EXPECT_EQ(Ids(Ask(request)), "e d c b a");
}

TEST_F(SelectionTest, OfSeveralValuesTheLeastCountsUpwardsAndTheGreatestDownwards) {
  EXPECT_EQ(Sorted({"tags:asc", "id:asc"}), "d a b c e");
  EXPECT_EQ(Sorted({"tags:desc", "id:asc"}), "a d b c e");
}

TEST_F(SelectionTest, TiesAreBrokenByRank) {
  schema::Document best = Text("z", "Tea tea tea", "tea tea tea", "es");
  folder_.Put({best});
  index_.Refresh();
  EXPECT_EQ(Sorted({"language:asc"}, "tea").substr(0, 3), "b z");
}

TEST_F(SelectionTest, PagesOfASortedSearchFollowEachOther) {
  SearchRequest request;
  request.sort = {"date:desc"};
  request.limit = 2;
  std::string all;
  for (request.offset = 0; request.offset < 8; request.offset += 2) {
    const SearchResult result = Ask(request);
    EXPECT_EQ(result.total, 5U);
    all += Ids(result) + "|";
  }
  EXPECT_EQ(all, "e a|b c|d||");
}

TEST_F(SelectionTest, DistinctKeepsTheFirstOfEachValueAndAllWithout) {
  SearchRequest request;
  request.distinct = "language";
  request.sort = {"year:desc"};
  SearchResult result = Ask(request);
  EXPECT_EQ(Ids(result), "a b e");
  EXPECT_EQ(result.total, 3U);
  EXPECT_TRUE(result.total_is_exact);
  request.distinct = "tags";  // b and c have a's, d has a's water
  result = Ask(request);
  EXPECT_EQ(Ids(result), "a e");
  request.limit = 1;
  request.offset = 1;
  result = Ask(request);
  EXPECT_EQ(Ids(result), "e");
  EXPECT_EQ(result.total, 2U);
  request.distinct = "author";
  EXPECT_EQ(Ask(request).total, 5U);
}

TEST_F(SelectionTest, FacetsCountWhatDistinctLeavesOut) {
  SearchRequest request;
  request.distinct = "language";
  request.facets = {"language"};
  EXPECT_EQ(Shown(Ask(request)), "language: es=3 en=1 fr=1\n");
}

TEST_F(SelectionTest, RefusesWhatTheIndexIsNotConfiguredFor) {
  SearchRequest request;
  request.facets = {"title"};
  EXPECT_EQ(Fault(request),
            "invalid_search_facets: `title` in `facets` is not a facet of this index. Its facets are `tags`, "
            "`language`, `year`, `date` and `nobody`.");
  request.facets.clear();
  request.disjunctive_facets = {"tags", "title"};
  EXPECT_THAT(Fault(request), HasSubstr("invalid_search_disjunctive_facets: `title` in `disjunctiveFacets`"));
  request.disjunctive_facets.clear();
  request.sort = {"title:asc"};
  EXPECT_THAT(Fault(request),
              HasSubstr("invalid_search_sort: `title` in `sort` is not a field that this index sorts "
                        "by. It sorts by `date`, `year`"));
  for (const char* key : {"date", "date:up", "date:", ":asc", "", "date:ASC"}) {
    request.sort = {key};
    EXPECT_THAT(Fault(request), HasSubstr("invalid_search_sort: ")) << key;
  }
  request.sort.clear();
  request.distinct = "colour";
  EXPECT_THAT(Fault(request), HasSubstr("invalid_search_distinct: `colour` in `distinct` is not a field"));
}

TEST_F(SelectionTest, ANewCommitIsSeenWithItsOwnColumns) {
  SearchRequest request;
  request.facets = {"language"};
  request.sort = {"year:desc"};
  EXPECT_EQ(Ids(Ask(request)), "a c b e d");
  const std::uint64_t bytes = index_.ColumnBytes();
  EXPECT_GT(bytes, 0U);
  folder_.Put({Item("b", "de", "", {{"year", 3000.0}}), Item("n", "de", "", {{"year", 2.0}})});
  index_.Refresh();
  const SearchResult result = Ask(request);
  EXPECT_EQ(Ids(result), "b a c e n d");
  EXPECT_EQ(Shown(result), "language: es=3 de=2 fr=1\n");
  folder_.Put({Item("q", "it", "", {})}, true);
  index_.Refresh();
  EXPECT_EQ(Shown(Ask(request)), "language: it=1\n");
}

TEST_F(SelectionTest, WhatWasAskedForIsThereBeforeTheFirstSearchOfACommit) {
  auto before = index::IndexReader::Open(folder_.root());
  ColumnStore store;
  store.Warm(*before);
  store.Of(*before)->Get(*before, *FindSearchField({}, "language"));
  folder_.Put({Item("n", "de", "", {})});
  auto after = index::IndexReader::Open(folder_.root());
  store.Warm(*after);
  EXPECT_EQ(store.Of(*after)->Names(), std::vector<std::string>{"language"});
}

TEST_F(SelectionTest, ASearchUnderWayKeepsTheColumnsOfItsState) {
  auto before = index::IndexReader::Open(folder_.root());
  ColumnStore store;
  const auto columns = store.Of(*before);
  const SearchField language = *FindSearchField({}, "language");
  EXPECT_EQ(columns->Get(*before, language)->size(), 3U);
  for (int i = 0; i < 3; ++i) folder_.Put({Item("n" + std::to_string(i), "de", "", {})});
  auto after = index::IndexReader::Open(folder_.root());
  EXPECT_NE(store.Of(*after), columns);
  EXPECT_EQ(store.Of(*after)->Get(*after, language)->size(), 4U);
  EXPECT_EQ(columns->Get(*before, language)->size(), 3U);
}

TEST_F(SelectionTest, CountsAgreeWithTotalsWhileCommitsArrive) {
  std::atomic<bool> done = false;
  std::vector<std::thread> searchers;
  std::atomic<int> answers = 0;
  for (int i = 0; i < 3; ++i) {
    searchers.emplace_back([&] {
      SearchRequest request;
      request.facets = {"language"};
      request.filter = *query::ParseFilter("language != fr AND id != d");
      request.sort = {"date:desc"};
      std::uint64_t before = 0;
      while (!done) {
        const SearchResult result = Ask(request);
        std::uint64_t counted = 0;
        for (const FacetValue& value : result.facets.at(0).values) counted += value.count;
        EXPECT_EQ(counted, result.total);
        EXPECT_EQ(result.hits.size(), std::min<std::uint64_t>(result.total, request.limit));
        EXPECT_GE(result.total, 3U);
        before = std::max(before, result.total);
        ++answers;
      }
      EXPECT_LE(before, 3U + 15U);
    });
  }
  for (int i = 0; i < 15; ++i) {
    folder_.Put({Item("n" + std::to_string(i), "de", "2023", {})});
    index_.Refresh();
  }
  const int until = answers + 6;
  while (answers < until) std::this_thread::yield();
  done = true;
  for (std::thread& searcher : searchers) searcher.join();
  SearchRequest all;
  EXPECT_EQ(Ask(all).total, 20U);
}

TEST_F(SelectionTest, ColumnsThatHaveNoRoomAreReadAnew) {
  auto reader = index::IndexReader::Open(folder_.root());
  Columns columns(1);
  const SearchField language = *FindSearchField({}, "language");
  const SearchField title = *FindSearchField({}, "title");
  const auto first = columns.Get(*reader, language);
  const auto second = columns.Get(*reader, title);
  EXPECT_NE(columns.Get(*reader, language), first);
  EXPECT_EQ(first->size(), 3U);
  EXPECT_EQ(second->size(), 5U);
  EXPECT_LE(columns.bytes(), first->bytes() + 100);
}

TEST_F(SelectionTest, ASortedMatchPastItsDeadlineAnswersWhatItHas) {
  SearchRequest request;
  request.q = "tea";
  request.sort = {"date:desc"};
  request.facets = {"language"};
  request.deadline_ms = -1;
  const SearchResult result = Ask(request);
  EXPECT_TRUE(result.partial);
  EXPECT_FALSE(result.total_is_exact);
}

}  // namespace
}  // namespace quipu::search
