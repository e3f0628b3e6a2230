// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "searchd/json/render_error.h"
#include "searchd/json/render_search_result.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;

search::SearchResult OneHit() {
  search::Hit hit;
  hit.document.id = "2023/informe.pdf";
  hit.document.url = "https://example.org/2023/informe.pdf";
  hit.document.title = "Informe";
  hit.document.language = "es";
  hit.document.date = "2023-01-17";
  hit.document.type = "pdf";
  hit.document.body = "La fuerza";
  hit.document.fields["year"] = 2023.0;
  hit.document.fields["share"] = 0.25;
  hit.document.fields["open"] = true;
  hit.document.fields["tags"] = std::vector<schema::Scalar>{std::string("peru"), 7.0, false};
  hit.score = 0.93;
  hit.passages.push_back({.html = "La <mark>fuerza</mark>",
                          .heading = "",
                          .page = 12,
                          .url = "https://example.org/2023/informe.pdf#page=12"});
  search::SearchResult result;
  result.hits.push_back(hit);
  result.total = 41;
  return result;
}

json Render(const SearchParameterSet& search, const search::SearchResult& result) {
  return json::parse(RenderSearchResult(search, result, 2));
}

TEST(RenderSearchResult, HasTheContractsShape) {
  SearchParameterSet search;
  search.request.q = "fuerza";
  const json answer = Render(search, OneHit());
  EXPECT_EQ(answer, json::parse(R"({
    "hits": [{"id": "2023/informe.pdf", "url": "https://example.org/2023/informe.pdf", "title": "Informe",
              "language": "es", "date": "2023-01-17", "type": "pdf", "open": true, "share": 0.25,
              "tags": ["peru", 7, false], "year": 2023,
              "_passages": [{"text": "La <mark>fuerza</mark>", "page": 12,
                             "url": "https://example.org/2023/informe.pdf#page=12"}]}],
    "query": "fuerza", "processingTimeMs": 2, "limit": 20, "offset": 0, "estimatedTotalHits": 41,
    "totalRelation": "eq"})"));
}

TEST(RenderSearchResult, ShowsIntegersWithoutAPoint) {
  EXPECT_NE(RenderSearchResult({}, OneHit(), 0).find("\"year\":2023,"), std::string::npos);
}

TEST(RenderSearchResult, ShowsTheBodyOnlyWhenNamed) {
  SearchParameterSet search;
  EXPECT_FALSE(Render(search, OneHit())["hits"][0].contains("body"));
  search.fields = FieldSelection({"body"});
  EXPECT_EQ(Render(search, OneHit())["hits"][0]["body"], "La fuerza");
  EXPECT_FALSE(Render(search, OneHit())["hits"][0].contains("id"));
  search.fields = FieldSelection({"*", "body"});
  EXPECT_TRUE(Render(search, OneHit())["hits"][0].contains("id"));
}

TEST(RenderSearchResult, ShowsTheScoreOnlyWhenAsked) {
  SearchParameterSet search;
  EXPECT_FALSE(Render(search, OneHit())["hits"][0].contains("_rankingScore"));
  search.show_ranking_score = true;
  EXPECT_DOUBLE_EQ(Render(search, OneHit())["hits"][0]["_rankingScore"], 0.93);
}

TEST(RenderSearchResult, LeavesPassagesOutWhenNoneAreAskedFor) {
  SearchParameterSet search;
  search.request.passages = 0;
  EXPECT_FALSE(Render(search, OneHit())["hits"][0].contains("_passages"));
}

TEST(RenderSearchResult, NumberedPagesHaveTheirOwnTotals) {
  SearchParameterSet search;
  search.numbered_pages = true;
  search.page = 2;
  const json answer = Render(search, OneHit());
  EXPECT_EQ(answer["page"], 2);
  EXPECT_EQ(answer["hitsPerPage"], 20);
  EXPECT_EQ(answer["totalPages"], 3);
  EXPECT_EQ(answer["totalHits"], 41);
  EXPECT_FALSE(answer.contains("limit") || answer.contains("offset") ||
               answer.contains("estimatedTotalHits"));
}

TEST(RenderSearchResult, TellsOfPartialAnswersAndTruncatedQueries) {
  search::SearchResult result = OneHit();
  EXPECT_FALSE(Render({}, result).contains("partial"));
  result.partial = true;
  result.truncated_query = true;
  const json answer = Render({}, result);
  EXPECT_EQ(answer["partial"], true);
  EXPECT_EQ(answer["truncatedQuery"], true);
  EXPECT_EQ(answer["totalRelation"], "gte");
}

TEST(RenderSearchResult, TellsALowerBound) {
  search::SearchResult result = OneHit();
  result.total_is_exact = false;
  EXPECT_EQ(Render({}, result)["totalRelation"], "gte");
}

TEST(RenderSearchResult, DropsUrlsThatRunScripts) {
  search::SearchResult result = OneHit();
  result.hits[0].document.url = "javascript:alert(1)";
  result.hits[0].passages[0].url = "javascript:alert(1)#page=12";
  const json hit = Render({}, result)["hits"][0];
  EXPECT_EQ(hit["url"], "");
  EXPECT_FALSE(hit["_passages"][0].contains("url"));
}

TEST(RenderSearchResult, StaysJsonWhateverBytesAreInADocument) {
  search::SearchResult result = OneHit();
  result.hits[0].document.title = std::string("\xFF\x00\"</script>", 12);
  EXPECT_FALSE(json::parse(RenderSearchResult({}, result, 0), nullptr, false).is_discarded());
}

TEST(TotalPages, NeverReachPastTheWindow) {
  EXPECT_EQ(TotalPages(41, 20), 3U);
  EXPECT_EQ(TotalPages(40, 20), 2U);
  EXPECT_EQ(TotalPages(0, 20), 0U);
  EXPECT_EQ(TotalPages(41, 0), 0U);
  EXPECT_EQ(TotalPages(1000000, 20), 500U);
  EXPECT_EQ(TotalPages(1000000, 300), 33U);
}

TEST(RenderError, IsTheContractsErrorObject) {
  const http::Response response = RenderError({Code::kIndexNotFound, "Index `foo` not found."});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(
      json::parse(response.body),
      json::parse(R"({"message":"Index `foo` not found.","code":"index_not_found","type":"invalid_request",
                            "link":"/docs/errors.md#index_not_found"})"));
}

struct StatusCase {
  Code code;
  int status;
};

class ErrorStatus : public testing::TestWithParam<StatusCase> {};

TEST_P(ErrorStatus, FollowsTheContract) { EXPECT_EQ(StatusOf(GetParam().code), GetParam().status); }

INSTANTIATE_TEST_SUITE_P(
    Table, ErrorStatus,
    testing::Values(StatusCase{Code::kMalformedPayload, 400}, StatusCase{Code::kBadRequest, 400},
                    StatusCase{Code::kFeatureNotEnabled, 400}, StatusCase{Code::kInvalidSearchQ, 400},
                    StatusCase{Code::kMissingAuthorizationHeader, 401}, StatusCase{Code::kInvalidApiKey, 403},
                    StatusCase{Code::kIndexNotFound, 404}, StatusCase{Code::kDocumentNotFound, 404},
                    StatusCase{Code::kNotFound, 404}, StatusCase{Code::kMethodNotAllowed, 405},
                    StatusCase{Code::kLengthRequired, 411}, StatusCase{Code::kPayloadTooLarge, 413},
                    StatusCase{Code::kUriTooLong, 414}, StatusCase{Code::kInvalidContentType, 415},
                    StatusCase{Code::kTooManyRequests, 429}, StatusCase{Code::kHeadersTooLarge, 431},
                    StatusCase{Code::kInternal, 500}, StatusCase{Code::kOverloaded, 503},
                    StatusCase{Code::kIndexUnavailable, 503}),
    [](const auto& tested) { return std::string(CodeName(tested.param.code)); });

}  // namespace
}  // namespace quipu::searchd
