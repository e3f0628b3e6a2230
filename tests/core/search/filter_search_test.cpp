// SPDX-License-Identifier: GPL-2.0-or-later
// What filters let through, from their text to the documents of an index.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/query/filter_parser.h"
#include "core/schema/date.h"
#include "core/search/filter_evaluator.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

using schema::FieldValue;
using schema::Scalar;
using ::testing::HasSubstr;

using Fields = std::map<std::string, FieldValue>;

schema::Document Item(const std::string& id, const std::string& title, const std::string& language,
                      const std::string& date, Fields fields) {
  schema::Document document = Text(id, title, "words about " + title, language);
  document.date = date;
  document.fields = std::move(fields);
  return document;
}

FieldValue List(std::vector<Scalar> values) { return values; }
FieldValue Words(const std::string& a, const std::string& b) { return List({a, b}); }

std::vector<schema::Document> Documents() {
  std::vector<schema::Document> documents = {
      Item("a", "Informe Perú", "es", "2023-01-17",
           {{"tags", Words("Perú", "human rights")},
            {"year", 2023.0},
            {"open", true},
            {"seen", std::string("2023-01-17T10:20:30Z")}}),
      Item("b", "Report", "en", "2023-02-01",
           {{"tags", Words("peru", "Water")},
            {"year", 2022.0},
            {"open", false},
            {"seen", std::string("2024-02-27")}}),
      Item("c", "Otro informe", "es", "2024-02-27T10:00:00Z",
           {{"tags", std::string("human")}, {"year", List({1999.0, 2024.0})}}),
      Item("d", "Sin fecha", "es", "", {{"tags", FieldValue()}, {"year", 2023.5}}),
      Item("e", "10 things", "en", "2022", {{"tags", List({})}, {"note", std::string()}}),
      Item("f", "O'Brien says \"x\"", "fr", "1969-07-20", {{"tags", std::string("a, b")}, {"year", -5.0}}),
  };
  documents[1].type = "pdf";
  documents[2].boost = 2;
  documents[4].url.clear();
  return documents;
}

// One index for all cases: nothing changes it.
class FilterSearch : public testing::Test {
 public:
  static void SetUpTestSuite() {
    folder_ = new SmallIndex();
    folder_->Put(Documents(), true);
    index_ = new SearchIndex({}, folder_->root());
  }
  static void TearDownTestSuite() {
    delete std::exchange(index_, nullptr);
    delete std::exchange(folder_, nullptr);
  }

  static std::string Found(const std::string& filter, const std::string& q = "") {
    const auto parsed = query::ParseFilter(filter);
    if (!parsed) return parsed.error().message;
    SearchRequest request;
    request.q = q;
    request.filter = *parsed;
    request.passages = 0;
    request.now = schema::ParseDate("2024-02-27T12:00:00Z");
    const auto result = index_->Search(request);
    if (!result) return result.error().message;
    EXPECT_TRUE(result->total_is_exact);
    EXPECT_EQ(result->total, result->hits.size());
    std::vector<std::string> ids;
    for (const Hit& hit : result->hits) ids.push_back(hit.document.id);
    std::sort(ids.begin(), ids.end());
    std::string text;
    for (const std::string& id : ids) text += id;
    return text;
  }

 private:
  static inline SmallIndex* folder_ = nullptr;
  static inline SearchIndex* index_ = nullptr;
};

struct Case {
  const char* name;
  const char* filter;
  const char* ids;
};

class FilterTable : public FilterSearch, public testing::WithParamInterface<Case> {};

TEST_P(FilterTable, LetsTheRightDocumentsThrough) { EXPECT_EQ(Found(GetParam().filter), GetParam().ids); }

const Case kCases[] = {
    {"Nothing", "", "abcdef"},
    {"Language", "language = es", "acd"},
    {"LanguageInCapitals", "language = ES", "acd"},
    {"NotLanguage", "language != es", "bef"},
    {"Type", "type = pdf", "b"},
    {"Id", "id = a", "a"},
    {"IdKeepsItsCase", "id = A", ""},
    {"Ids", "id IN [a, c, x]", "ac"},
    {"NotIds", "id NOT IN [a, c, x]", "bdef"},
    {"Url", "url = 'https://example.org/a'", "a"},
    {"UrlStartsWith", "url STARTS WITH 'https://example.org/'", "abcdf"},
    {"NoUrl", "url NOT EXISTS", "e"},
    {"Title", "title = 'informe peru'", "a"},
    {"TitleContains", "title CONTAINS INFORME", "ac"},
    {"TitleNotContains", "title NOT CONTAINS informe", "bdef"},
    {"TitleInQuotes", R"(title = "O'Brien says \"x\"")", "f"},
    {"TagFoldsCaseAndAccents", "tags = peru", "ab"},
    {"TagAccented", "tags = PERÚ", "ab"},
    {"TagWithASpace", "tags = 'Human Rights'", "a"},
    {"TagIsTheWholeValue", "tags = human", "c"},
    {"TagWithAComma", "tags IN ['a, b']", "f"},
    {"NotTagIncludesDocumentsWithout", "tags != peru", "cdef"},
    {"NotNot", "NOT NOT tags = peru", "ab"},
    {"TagsInNone", "tags IN []", ""},
    {"TagsNotInNone", "tags NOT IN []", "abcdef"},
    {"TagsExist", "tags EXISTS", "abcdef"},
    {"NoteExists", "note EXISTS", "e"},
    {"NoteNotExists", "note NOT EXISTS", "abcdf"},
    {"TagsAreNull", "tags IS NULL", "d"},
    {"TagsAreNotNull", "tags IS NOT NULL", "abcef"},
    {"TagsAreEmpty", "tags IS EMPTY", "e"},
    {"NoteIsEmpty", "note IS EMPTY", "e"},
    {"NoteIsNotEmpty", "note IS NOT EMPTY", "abcdf"},
    {"BodyExists", "body EXISTS", "abcdef"},
    {"IdExists", "id EXISTS", "abcdef"},
    {"Year", "year = 2023", "a"},
    {"YearWrittenOtherwise", "year = 2.023e3", "a"},
    {"YearsOfOneDocument", "year = 1999 AND year = 2024", "c"},
    {"YearIn", "year IN [1999, 2022.0]", "bc"},
    {"YearAfter", "year > 2023", "cd"},
    {"YearFrom", "year >= 2023", "acd"},
    {"YearBefore", "year < 1999", "f"},
    {"YearUntil", "year <= 1999", "cf"},
    {"YearBetween", "year 2022 TO 2023", "ab"},
    {"YearBetweenNone", "year 2023 TO 2022", ""},
    {"NotYearIncludesDocumentsWithout", "NOT year > 2022", "bef"},
    {"Open", "open = true", "a"},
    {"OpenInCapitals", "open = TRUE", "a"},
    {"NotOpen", "open = false", "b"},
    {"Boost", "boost > 1", "c"},
    {"BoostOne", "boost = 1", "abdef"},
    {"Day", "date = 2023-01-17", "a"},
    {"Month", "date = 2023-01", "a"},
    {"YearOfTheDate", "date = 2023", "ab"},
    {"NotTheYear", "date != 2023", "cdef"},
    {"AfterTheYear", "date > 2023", "c"},
    {"FromTheYear", "date >= 2023", "abc"},
    {"BeforeTheYear", "date < 2023", "ef"},
    {"UntilTheYear", "date <= 2023", "abef"},
    {"DatesBetween", "date 2022 TO 2023-01", "ae"},
    {"DateIn", "date IN [1969, 2024-02]", "cf"},
    {"Today", "date = now/d", "c"},
    {"LastYearAndMore", "date >= now-2y", "abc"},
    {"UntilNow", "date <= now AND date EXISTS", "abcef"},
    {"Moment", "date = 2024-02-27T10:00:00Z", "c"},
    {"MomentInAZone", "date = '2024-02-27T11:00:00+01:00'", "c"},
    {"Seconds", "date = 1673913600", "a"},
    {"FromSeconds", "date >= 1673913600", "abc"},
    {"DateNotExists", "date NOT EXISTS", "d"},
    {"UserDateDay", "seen = 2023-01-17", "a"},
    {"UserDateRange", "seen 2023 TO 2024", "ab"},
    {"UserDateMinute", "seen = 2023-01-17T10:20", "a"},
    {"TextsInOrder", "title >= r", "bd"},
    {"TextsBelow", "title < p", "acef"},
    {"TextsBetween", "title i TO p", "acf"},
    {"ANumberIsNotComparedWithTexts", "title > 5", ""},
    {"IdsInOrder", "id > b AND id <= e", "cde"},
    {"And", "language = es AND tags = peru", "a"},
    {"Or", "language = fr OR tags = peru", "abf"},
    {"Contract",
     "language = es AND (date >= 2023-01-01 OR tags IN [peru, \"human rights\"]) AND NOT type = pdf", "ac"},
    {"UsualFieldThatNobodyHas", "author = Ana", ""},
    {"UsualFieldThatNobodyHasNot", "author != Ana", "abcdef"},
};

INSTANTIATE_TEST_SUITE_P(Filters, FilterTable, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_F(FilterSearch, RestrictsWhatWordsFind) {
  EXPECT_EQ(Found("", "informe"), "ac");
  EXPECT_EQ(Found("tags = peru", "informe"), "a");
  EXPECT_EQ(Found("tags = peru", "informe report"), "ab");
  EXPECT_EQ(Found("language = fr", "informe"), "");
  EXPECT_EQ(Found("tags = nothing", ""), "");
}

class FilterFaultTable : public FilterSearch, public testing::WithParamInterface<Case> {};

TEST_P(FilterFaultTable, NamesColumnAndReason) {
  EXPECT_THAT(Found(GetParam().filter), HasSubstr(GetParam().ids));
}

const Case kFaults[] = {
    {"UnknownField", "language = es AND colour = red",
     "Column 19 of `filter`: there is no field `colour` in this index. Fields to filter on are `boost`, "
     "`date`, `id`, "
     "`language`, `note`, `open`, `seen`, `tags`, `title`, `type`, `url` and `year`."},
    {"MistypedField", "langage = es", "did you mean `language`?"},
    {"UnknownFieldExists", "colour EXISTS", "Column 1 of `filter`: there is no field `colour`"},
    {"UnknownFieldBehindAnEmptySet", "id = x AND colour = red",
     "Column 12 of `filter`: there is no field `colour`"},
    {"NoDate", "date > soon", "Column 8 of `filter`: `soon` is not a date; `date` expects a date such as"},
    {"NoDateInAList", "date IN [2023, soon]", "Column 16 of `filter`: `soon` is not a date"},
    {"NoSuchDay", "date = 2023-02-30", "`2023-02-30` is not a date"},
    {"NoNumber", "year > many", "Column 8 of `filter`: `many` is not a number; `year` expects a number"},
    {"NoNumberInARange", "year 1 TO many", "Column 11 of `filter`: `many` is not a number"},
    {"OrderOfBooleans", "open > false", "Column 1 of `filter`: `open` is true or false and has no order"},
    {"Body", "body = x", "Column 1 of `filter`: `body` has words and no values"},
};

INSTANTIATE_TEST_SUITE_P(Filters, FilterFaultTable, testing::ValuesIn(kFaults),
                         [](const auto& tested) { return std::string(tested.param.name); });

// Costs are counted, not timed.
class FilterCost : public testing::Test {
 protected:
  static constexpr std::uint64_t kDocuments = 3000;

  FilterCost() {
    std::vector<schema::Document> documents;
    for (std::uint64_t i = 0; i < kDocuments; ++i) {
      documents.push_back(
          Item("d" + std::to_string(i), "t", "es", "2023-01-17", {{"n", static_cast<double>(i)}}));
      documents.back().body.clear();
    }
    folder_.Put(documents, true);
  }

  std::uint64_t Steps(const std::string& text) {
    auto reader = index::IndexReader::Open(folder_.root());
    Columns columns(1 << 20);
    FilterEvaluator evaluator(*reader, columns, 0, Instant::max());
    EXPECT_TRUE(evaluator.Evaluate(*query::ParseFilter(text)));
    return evaluator.steps();
  }

  SmallIndex folder_;
};

TEST_F(FilterCost, TenThousandValuesCostAStepEachAndTheirDocuments) {
  std::string list = "id IN [";
  for (int i = 0; i < 10'000; ++i) list += "d" + std::to_string(i) + ",";
  EXPECT_LE(Steps(list + "]"), 10'000 + kDocuments + 10);
  std::string dates = "date IN [";
  for (int i = 0; i < 10'000; ++i) dates += "now-" + std::to_string(i) + "d,";
  EXPECT_LE(Steps("NOT " + dates + "]"), 10'000 + kDocuments + 10);
}

TEST_F(FilterCost, AFrequentTermIsReadOnceHoweverOftenItIsNamed) {
  std::string filter = "language = es";
  for (int i = 0; i < 1000; ++i) filter += " OR language = es AND language != fr";
  // A set of 3,000 documents is 47 words; each mention and each join costs so much.
  EXPECT_LE(Steps(filter), kDocuments + 1000 * 5 * 50);
}

TEST_F(FilterCost, NestingAddsNothing) {
  const std::string deep = std::string(60, '(') + "NOT n > 5" + std::string(60, ')');
  EXPECT_LE(Steps(deep), kDocuments + 10);
}

TEST_F(FilterCost, TheDeadlineEndsTheReadingOfAFilter) {
  SearchIndex index({}, folder_.root());
  std::string filter = "n > 0";
  for (int i = 1; i < 2000; ++i) filter += " OR n > " + std::to_string(i);
  SearchRequest request;
  request.filter = *query::ParseFilter(filter);
  request.deadline_ms = 0;
  const SearchResult result = Ask(index, request);
  EXPECT_TRUE(result.partial);
  EXPECT_TRUE(result.hits.empty());
}

}  // namespace
}  // namespace quipu::search
