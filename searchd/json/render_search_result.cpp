// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/render_search_result.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "searchd/json/render_facets.h"
#include "searchd/json/safe_url.h"
#include "searchd/parameters/tables.h"

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

std::string Text(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json Number(double number) {
  // 2023 is stored as 2023.0 and was written as 2023; up to 2^53 a double holds integers exactly.
  constexpr double kExact = 9007199254740992.0;
  if (std::trunc(number) == number && std::fabs(number) <= kExact) return static_cast<std::int64_t>(number);
  return number;
}

json ToJson(const schema::Scalar& scalar) {
  if (const auto* number = std::get_if<double>(&scalar)) return Number(*number);
  if (const auto* flag = std::get_if<bool>(&scalar)) return *flag;
  return std::get<std::string>(scalar);
}

json ToJson(const schema::FieldValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return Number(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value)) {
    json array = json::array();
    for (const schema::Scalar& scalar : *list) array.push_back(ToJson(scalar));
    return array;
  }
  return nullptr;
}

json ToJson(const schema::Document& document, const FieldSelection& fields) {
  json object = json::object();
  const auto show = [&](std::string_view name, const std::string& value, bool if_empty) {
    if ((if_empty || !value.empty()) && fields.Shows(name)) object[std::string(name)] = value;
  };
  show("id", document.id, true);
  show("url", SafeUrl(document.url), true);
  show("title", document.title, true);
  show("language", document.language, false);
  show("date", document.date, false);
  show("type", document.type, false);
  for (const auto& [name, value] : document.fields) {
    if (fields.Shows(name)) object[name] = ToJson(value);
  }
  if (fields.with_body()) object["body"] = document.body;
  return object;
}

json ToJson(const search::Passage& passage) {
  json object = {{"text", passage.html}};
  if (!passage.heading.empty()) object["heading"] = passage.heading;
  if (passage.page > 0) object["page"] = passage.page;
  if (const std::string url = SafeUrl(passage.url); !url.empty()) object["url"] = url;
  return object;
}

json ToJson(const search::Hit& hit, const SearchParameterSet& search) {
  json object = ToJson(hit.document, search.fields);
  if (search.show_ranking_score) object["_rankingScore"] = std::clamp(hit.score, 0.0, 1.0);
  if (search.request.passages > 0) {
    json& passages = object["_passages"] = json::array();
    for (const search::Passage& passage : hit.passages) passages.push_back(ToJson(passage));
  }
  return object;
}

}  // namespace

std::uint64_t TotalPages(std::uint64_t total, std::uint32_t hits_per_page) {
  if (hits_per_page == 0) return 0;
  return std::min((total + hits_per_page - 1) / hits_per_page, std::uint64_t{kMaxWindow} / hits_per_page);
}

std::string RenderSearchResult(const SearchParameterSet& search, const search::SearchResult& result,
                               std::int64_t processing_time_ms) {
  json answer;
  json& hits = answer["hits"] = json::array();
  for (const search::Hit& hit : result.hits) hits.push_back(ToJson(hit, search));
  answer["query"] = search.request.q;
  answer["processingTimeMs"] = processing_time_ms;
  if (search.numbered_pages) {
    answer["hitsPerPage"] = search.hits_per_page;
    answer["page"] = search.page;
    answer["totalPages"] = TotalPages(result.total, search.hits_per_page);
    answer["totalHits"] = result.total;
  } else {
    answer["limit"] = search.request.limit;
    answer["offset"] = search.request.offset;
    answer["estimatedTotalHits"] = result.total;
  }
  answer["totalRelation"] = result.total_is_exact && !result.partial ? "eq" : "gte";
  if (!search.request.facets.empty() || !search.request.disjunctive_facets.empty()) {
    answer["facetDistribution"] = json::parse(RenderFacetDistribution(result));
    answer["facetStats"] = json::parse(RenderFacetStats(result));
  }
  if (result.partial) answer["partial"] = true;
  if (result.truncated_query) answer["truncatedQuery"] = true;
  if (result.corrected) {
    answer["correctedQuery"] = {{"text", result.corrected->text}, {"applied", result.corrected->applied}};
  }
  if (!result.relaxed.empty()) answer["relaxed"] = result.relaxed;
  return Text(answer);
}

std::string RenderDocument(const schema::Document& document, const FieldSelection& fields) {
  return Text(ToJson(document, fields));
}

std::string RenderDocumentList(const search::SearchResult& result, const FieldSelection& fields,
                               std::uint32_t offset, std::uint32_t limit) {
  json answer;
  json& documents = answer["results"] = json::array();
  for (const search::Hit& hit : result.hits) documents.push_back(ToJson(hit.document, fields));
  answer["offset"] = offset;
  answer["limit"] = limit;
  answer["total"] = result.total;
  return Text(answer);
}

}  // namespace quipu::searchd
