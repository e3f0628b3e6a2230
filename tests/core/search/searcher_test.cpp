// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

// One index for all tests of this file: documents about tea and about human rights in two languages.
class SearcherTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents = {
        Text("green", "Green tea", "Green tea is made from leaves. It is drunk in many lands."),
        Text("black", "Black tea", "Black tea is fully oxidised. The leaves are green before that."),
        Text("coffee", "Coffee", "Coffee is made from beans. Some people like tea better."),
        Text("leaf", "Leaves of grass", "A book of poems. The word tea is nowhere in its title."),
        Text("covid", "COVID-19", "The COVID-19 pandemic began in 2019. Write to example@mail.org for more."),
        Text("nineteen", "Nineteen", "There were 19 cases of something else, and covid was not among them."),
        Text("nino", "Los derechos", "El nino fue visto.", "es"),
        Text("niño", "Los derechos", "El niño fue visto.", "es"),
        Text("juicio", "Informe", "Las ejecuciones extrajudiciales y las acusaciones contra el Perú.", "es"),
        Text("東京", "東京", "東京大学は日本の大学です。", "ja"),
        Text("doc-x", "Plain", "An extraordinary extract of extra text."),
    };
    documents[1].fields["author"] = std::string("Jane Leaf");
    documents[2].fields["section"] = std::string("drinks and beans");
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }

  static std::string Found(const std::string& q, MatchingStrategy strategy = MatchingStrategy::kAuto) {
    SearchRequest request;
    request.q = q;
    request.matching_strategy = strategy;
    return Ids(Ask(*index_, request));
  }
  static std::string Sorted(const std::string& q) {
    std::vector<std::string> ids;
    for (const Hit& hit : Ask(*index_, q).hits) ids.push_back(hit.document.id);
    std::sort(ids.begin(), ids.end());
    std::string joined;
    for (const std::string& id : ids) joined += (joined.empty() ? "" : " ") + id;
    return joined;
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* SearcherTest::files_ = nullptr;
SearchIndex* SearcherTest::index_ = nullptr;

struct Case {
  const char* name;
  const char* query;
  const char* ids;  // sorted
};
class QuerySyntax : public SearcherTest, public testing::WithParamInterface<Case> {};

TEST_P(QuerySyntax, Finds) { EXPECT_EQ(Sorted(GetParam().query), GetParam().ids); }

const Case kCases[] = {
    {"AWordInAnyForm", "bean land ", "coffee green"},
    {"NothingForAnUnknownWord", "xyzzy ", ""},
    {"APhrase", "\"green tea\" ", "green"},
    {"APhraseInATitle", "\"leaves of grass\" ", "leaf"},
    {"APhraseOfOneWordIsTheFormAsTyped", "\"oxidise\" ", ""},
    {"APhrasePrefix", "\"green te*\" ", "green"},
    {"Without", "tea -green ", "coffee leaf"},
    {"WithoutAPhrase", "tea -\"green tea\" ", "black coffee leaf"},
    {"Required", "tea +beans ", "coffee"},
    {"Or", "beans OR poems ", "coffee leaf"},
    {"And", "tea AND leaves ", "black green leaf"},
    {"Not", "tea NOT green NOT beans ", "leaf"},
    {"OnlyExcluded", "-tea -derechos -covid -東京 -informe ", "doc-x"},
    {"Groups", "(beans OR poems) AND (title:coffee OR grass) ", "coffee leaf"},
    {"InATitle", "title:tea ", "black green"},
    {"InTheBodyOnly", "body:coffee ", "coffee"},
    {"NotInTheBodyIfOnlyInTheTitle", "body:grass ", ""},
    {"APhraseInAField", "title:\"green tea\" ", "green"},
    {"AnAuthor", "author:leaf ", "black"},
    {"AFieldThatTheDocumentsBrought", "section:beans ", "coffee"},
    {"AValue", "language:es informe ", "juicio"},
    {"APrefix", "extr* ", "doc-x juicio"},
    {"TheLastWordIsUnfinished", "extrajudi", "juicio"},
    {"AFinishedWordIsNoPrefix", "extrajudi ", ""},
    {"Near", "leaves NEAR/3 oxidised ", "black"},
    {"NotNear", "leaves NEAR/1 oxidised ", ""},
    {"Unaccented", "acusacion peru ", "juicio"},
    {"Inflected", "ejecucion extrajudicial ", "juicio"},
    {"AMailAddress", "example@mail.org ", "covid"},
    {"TwoIdeographs", "大学 ", "東京"},
    {"OneIdeograph", "学 ", "東京"},
    {"UnbalancedIsRead", "((\"tea ", "black coffee green leaf"},
    {"OnlySigns", "*** --- \"\" () ", "black coffee covid doc-x green juicio leaf nineteen nino niño 東京"},
};
INSTANTIATE_TEST_SUITE_P(Searcher, QuerySyntax, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_F(SearcherTest, ADocumentsTitleFindsItFirst) {
  EXPECT_EQ(Found("Green tea").substr(0, 5), "green");
  EXPECT_EQ(Found("leaves of grass").substr(0, 4), "leaf");
}

TEST_F(SearcherTest, TheFormThatWasTypedRanksFirst) {
  EXPECT_EQ(Found("niño "), "niño nino");
  EXPECT_EQ(Found("\"niño\" ").substr(0, 5), "niño");
}

TEST_F(SearcherTest, JoinedWordsRankFirstWhereTheyStandTogether) {
  EXPECT_EQ(Found("covid-19 "), "covid nineteen");
}

TEST_F(SearcherTest, DocumentsWithAllTheWordsComeFirst) {
  EXPECT_EQ(Found("tea beans ").substr(0, 6), "coffee");
  EXPECT_EQ(Found("oxidised leaves tea ").substr(0, 5), "black");
}

TEST_F(SearcherTest, StrategiesNeedAllTheFirstOrTheRarestWord) {
  EXPECT_EQ(Found("tea beans ", MatchingStrategy::kAll), "coffee");
  EXPECT_EQ(Found("beans tea ", MatchingStrategy::kLast), "coffee");
  EXPECT_EQ(Found("tea beans ", MatchingStrategy::kFrequency), "coffee");
  EXPECT_EQ(Found("tea xyzzy ", MatchingStrategy::kAll), "");
}

TEST(Searcher, AWordTooCommonToMeanAnythingBringsNothingIn) {
  const SmallIndex files;
  std::vector<schema::Document> documents;
  for (int i = 0; i < 40; ++i)
    documents.push_back(Text(std::to_string(i), "About", "The thing and the number"));
  documents.push_back(Text("poems", "Poems", "The poems of a poet"));
  files.Put(documents, true);
  const SearchIndex index({}, files.root());
  EXPECT_EQ(Ids(Ask(index, "the poems ")), "poems");
  EXPECT_EQ(Ask(index, "the ").total, 41U) << "alone it is what was asked for";
}

TEST_F(SearcherTest, TotalsAndWindows) {
  SearchRequest request;
  request.q = "tea ";
  request.limit = 1;
  request.offset = 1;
  const SearchResult result = Ask(*index_, request);
  EXPECT_EQ(result.total, 4U);
  EXPECT_TRUE(result.total_is_exact);
  ASSERT_EQ(result.hits.size(), 1U);
  EXPECT_EQ(result.hits[0].document.id, Ask(*index_, "tea ").hits[1].document.id);
}

TEST_F(SearcherTest, AnEmptyQueryMatchesAll) { EXPECT_EQ(Ask(*index_, "").total, 11U); }

TEST_F(SearcherTest, ScoresFallFromAtMostOneAndNeverBelowZero) {
  double last = 1;
  for (const Hit& hit : Ask(*index_, "green tea leaves ").hits) {
    EXPECT_LE(hit.score, last);
    EXPECT_GE(hit.score, 0);
    last = hit.score;
  }
}

TEST_F(SearcherTest, FieldsCanBeChosen) {
  SearchRequest request;
  request.q = "tea ";
  request.attributes_to_search_on = {"title"};
  EXPECT_EQ(Ask(*index_, request).total, 2U);
  request.attributes_to_search_on = {"section"};
  EXPECT_EQ(Ask(*index_, request).total, 0U);
  request.attributes_to_search_on = {"titel"};
  const auto refused = index_->Search(request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalidSearchAttributesToSearchOn);
  EXPECT_NE(refused.error().message.find("`titel`"), std::string::npos);
}

TEST_F(SearcherTest, TitlesAndPassagesAreMarked) {
  const SearchResult result = Ask(*index_, "ejecución ");
  ASSERT_EQ(result.hits.size(), 1U);
  ASSERT_EQ(result.hits[0].passages.size(), 1U);
  EXPECT_EQ(result.hits[0].passages[0].html,
            "Las <mark>ejecuciones</mark> extrajudiciales y las acusaciones contra el Perú.");
  EXPECT_EQ(Ask(*index_, "informes ").hits[0].title_html, "<mark>Informe</mark>");
}

TEST_F(SearcherTest, ExplainShowsEveryStage) {
  SearchRequest request;
  request.q = "green te";
  request.explain = true;
  const std::string explanation = Ask(*index_, request).explanation;
  for (const char* stage :
       {"tokens: word(green) word(te…)", "tree: list(green te…)", "analysed:", "query:"}) {
    EXPECT_NE(explanation.find(stage), std::string::npos) << explanation;
  }
}

TEST_F(SearcherTest, OverSixtyFourWordsTheRarestCount) {
  std::string many;
  for (int i = 0; i < 70; ++i) many += "w" + std::to_string(i) + " ";
  const SearchResult result = Ask(*index_, many + "tea ");
  EXPECT_TRUE(result.truncated_query);
  EXPECT_FALSE(Ask(*index_, "tea ").truncated_query);
}

TEST_F(SearcherTest, WithNoTimeLeftNothingIsReadOfTheQuery) {
  SearchRequest request;
  request.q = "tea";
  request.deadline_ms = 0;
  const SearchResult result = Ask(*index_, request);
  EXPECT_TRUE(result.partial);
  EXPECT_FALSE(result.total_is_exact);
  EXPECT_TRUE(result.hits.empty());
  EXPECT_TRUE(result.times.empty());
}

}  // namespace
}  // namespace quipu::search
