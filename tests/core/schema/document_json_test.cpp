// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/document_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace quipu::schema {
namespace {

using ::testing::HasSubstr;

Document Full() {
  Document document;
  document.id = "informes/año.pdf";
  document.url = "https://example.org/a?b=1";
  document.title = "\"Título\"\n";
  document.language = "es";
  document.date = "2023-01-17";
  document.type = "pdf";
  document.boost = 2.5;
  document.fields["author"] = std::string("María");
  document.fields["pages"] = 12.0;
  document.fields["share"] = 0.25;
  document.fields["final"] = false;
  document.fields["nothing"] = std::monostate{};
  document.fields["tags"] = std::vector<Scalar>{std::string("a"), 2.0, true};
  document.fields["empty"] = std::vector<Scalar>{};
  return document;
}

TEST(StoredJson, GivesBackEverythingButTheText) {
  Document document = Full();
  document.body = "not stored here";
  const auto read = FromStoredJson(ToStoredJson(document));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->id, document.id);
  EXPECT_EQ(read->url, document.url);
  EXPECT_EQ(read->title, document.title);
  EXPECT_EQ(read->language, document.language);
  EXPECT_EQ(read->date, document.date);
  EXPECT_EQ(read->type, document.type);
  EXPECT_EQ(read->boost, document.boost);
  EXPECT_EQ(read->fields, document.fields);
  EXPECT_EQ(read->body, "");
}

TEST(StoredJson, WritesWholeNumbersWithoutAPoint) {
  EXPECT_THAT(ToStoredJson(Full()), HasSubstr("\"pages\":12,"));
}

TEST(StoredJson, MalformedUtf8BecomesAReplacementCharacter) {
  Document document = Full();
  document.title = "a\xFF";
  const auto read = FromStoredJson(ToStoredJson(document));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->title, "a\xEF\xBF\xBD");
}

TEST(StoredJson, KeepsDatesAndLanguagesThatALineMayNotHave) {
  const auto read = FromStoredJson(R"({"id":"a","date":"circa 1532","language":"quechua"})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->date, "circa 1532");
  EXPECT_EQ(read->language, "quechua");
}

TEST(StoredJson, RefusesWhatIsNoObject) {
  EXPECT_FALSE(FromStoredJson("").ok());
  EXPECT_FALSE(FromStoredJson("[1]").ok());
  EXPECT_FALSE(FromStoredJson("{\"id\":").ok());
}

FieldValue Field(std::string_view line, const std::string& name) {
  const auto read = FromJsonLine(line);
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
  if (!read.ok() || !read->document.fields.contains(name)) return std::string("(absent)");
  return read->document.fields.at(name);
}

TEST(JsonLine, ReadsTheBuiltInFields) {
  const auto read = FromJsonLine(
      R"({"id":"a","url":"u","title":"t","text":"b","language":"pt-BR","date":"2023","type":"note","boost":3})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->document.body, "b");
  EXPECT_EQ(read->document.language, "pt");
  EXPECT_EQ(read->document.date, "2023");
  EXPECT_EQ(read->document.type, "note");
  EXPECT_EQ(read->document.boost, 3);
  EXPECT_TRUE(read->document.fields.empty());
}

TEST(JsonLine, HandsHtmlToTheExtractor) {
  const auto read = FromJsonLine(R"({"id":"a","html":"<p>x</p>"})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->html, "<p>x</p>");
  EXPECT_EQ(read->document.body, "");
}

TEST(JsonLine, AWholeNumberMayBeAnId) {
  EXPECT_EQ(FromJsonLine(R"({"id":9007199254740993})")->document.id, "9007199254740993");
}

TEST(JsonLine, ANumberOfSecondsMayBeADate) {
  EXPECT_EQ(FromJsonLine(R"({"id":"a","date":1673950830})")->document.date, "2023-01-17T10:20:30Z");
}

TEST(JsonLine, NullIsAsIfLeftOut) {
  const auto read = FromJsonLine(R"({"id":"a","title":null,"date":null,"boost":null,"language":null})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->document.title, "");
  EXPECT_EQ(read->document.boost, 1);
}

TEST(JsonLine, FurtherFieldsKeepTheirTypes) {
  const std::string line = R"({"id":"a","n":1.5,"b":true,"s":"x","z":null,"l":[1,"y"]})";
  EXPECT_EQ(Field(line, "n"), FieldValue(1.5));
  EXPECT_EQ(Field(line, "b"), FieldValue(true));
  EXPECT_EQ(Field(line, "s"), FieldValue(std::string("x")));
  EXPECT_EQ(Field(line, "z"), FieldValue(std::monostate{}));
  EXPECT_EQ(Field(line, "l"), FieldValue(std::vector<Scalar>{1.0, std::string("y")}));
}

TEST(JsonLine, NumbersThatAreNotExactAreKeptAsStrings) {
  EXPECT_EQ(Field(R"({"id":"a","n":9007199254740993})", "n"), FieldValue(std::string("9007199254740993")));
  EXPECT_EQ(Field(R"({"id":"a","n":9007199254740992})", "n"), FieldValue(9007199254740992.0));
}

TEST(JsonLine, NestedObjectsAndListsBecomeFlat) {
  EXPECT_EQ(Field(R"({"id":"a","o":{"i":{"j":1}}})", "o.i.j"), FieldValue(1.0));
  EXPECT_EQ(Field(R"({"id":"a","o":[{"i":1},{"i":2},{"k":3}]})", "o.i"),
            FieldValue(std::vector<Scalar>{1.0, 2.0}));
  EXPECT_EQ(Field(R"({"id":"a","o":[{"i":1},{"i":2},{"k":3}]})", "o"), FieldValue(std::string("(absent)")));
  EXPECT_EQ(Field(R"({"id":"a","o":[[1],[2,[3]]]})", "o"), FieldValue(std::vector<Scalar>{1.0, 2.0, 3.0}));
  EXPECT_EQ(Field(R"({"id":"a","o":[]})", "o"), FieldValue(std::vector<Scalar>{}));
  EXPECT_EQ(Field(R"({"id":"a","o":[null]})", "o"), FieldValue(std::vector<Scalar>{}));
}

TEST(JsonLine, OneStrayByteDoesNotCostTheDocument) {
  const auto read = FromJsonLine("{\"id\":\"a\",\"title\":\"x\xFFy\"}");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->document.title, "x\xEF\xBF\xBDy");
}

struct FaultCase {
  const char* name;
  std::string line;
  const char* told;
};
class Faults : public ::testing::TestWithParam<FaultCase> {};

TEST_P(Faults, NameTheFieldAndWhatWasExpected) {
  const auto read = FromJsonLine(GetParam().line);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, Code::kInvalidDocument);
  EXPECT_THAT(read.error().message, HasSubstr(GetParam().told));
}

std::string Nested(int depth) {
  std::string line = R"({"id":"a","o":)";
  for (int i = 0; i < depth; ++i) line += '[';
  line += '1';
  for (int i = 0; i < depth; ++i) line += ']';
  return line + '}';
}

INSTANTIATE_TEST_SUITE_P(
    Lines, Faults,
    ::testing::Values(FaultCase{"Empty", "", "not a JSON object"},
                      FaultCase{"NoJson", "{id:1}", "not a JSON object"},
                      FaultCase{"List", "[]", "not a JSON object"}, FaultCase{"NoId", "{}", "`id`"},
                      FaultCase{"EmptyId", R"({"id":""})", "`id`"},
                      FaultCase{"NullId", R"({"id":null})", "`id`"},
                      FaultCase{"FractionalId", R"({"id":1.5})", "`id`"},
                      FaultCase{"LongId", R"({"id":")" + std::string(513, 'x') + "\"}", "`id`"},
                      FaultCase{"NumericTitle", R"({"id":"a","title":1})", "`title` must be a string"},
                      FaultCase{"ListBody", R"({"id":"a","body":["x"]})", "`body` must be a string"},
                      FaultCase{"BadDate", R"({"id":"a","date":"17.1.2023"})", "`date`"},
                      FaultCase{"MillisecondDate", R"({"id":"a","date":1673950830000})", "`date`"},
                      FaultCase{"BadLanguage", R"({"id":"a","language":"?"})", "`language`"},
                      FaultCase{"NegativeBoost", R"({"id":"a","boost":-1})", "`boost`"},
                      FaultCase{"TextBoost", R"({"id":"a","boost":"x"})", "`boost`"},
                      FaultCase{"EmptyName", R"({"id":"a","":1})", "name"},
                      FaultCase{"TooDeep", Nested(40), "nested deeper"}),
    [](const auto& fault) { return fault.param.name; });

TEST(JsonLine, AHundredThousandBracketsAreRefusedQuickly) { EXPECT_FALSE(FromJsonLine(Nested(100000)).ok()); }

}  // namespace
}  // namespace quipu::schema
