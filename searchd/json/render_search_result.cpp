// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/render_search_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/search/score_parts.h"
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

/// "436.7µs", as Meilisearch writes the times of stages.
std::string Duration(std::int64_t nanoseconds) {
  const auto time = static_cast<double>(nanoseconds);
  if (nanoseconds < 1000) return fmt::format("{}ns", nanoseconds);
  if (nanoseconds < 1000000) return fmt::format("{:.4g}µs", time / 1e3);
  return nanoseconds < 1000000000 ? fmt::format("{:.4g}ms", time / 1e6) : fmt::format("{:.4g}s", time / 1e9);
}

json ToJson(const search::ScorePart& part) {
  json object = {{"kind", part.kind}};
  if (!part.words.empty()) object["words"] = part.words;
  if (!part.field.empty()) object["field"] = part.field;
  object["score"] = part.score;
  if (part.documents > 0) object["documents"] = part.documents;
  object["explanation"] = search::DescribePart(part);
  return object;
}

json ScoreDetails(const search::Hit& hit) {
  json terms = json::array();
  for (const search::ScorePart& part : hit.score_parts) terms.push_back(ToJson(part));
  return {{"score", std::clamp(hit.score, 0.0, 1.0)}, {"terms", terms}};
}

json ToJson(const search::MatchPosition& position) {
  json object = {{"start", position.start}, {"length", position.length}};
  if (position.index >= 0) object["indices"] = json::array({position.index});
  return object;
}

enum class Relation { kDuplicate, kTranslation };

json ToJson(const std::vector<search::RelatedDocument>& documents, Relation relation) {
  json list = json::array();
  for (const search::RelatedDocument& document : documents) {
    json object = {{"id", document.id}, {"url", SafeUrl(document.url)}, {"title", document.title}};
    if (relation == Relation::kTranslation) object["language"] = document.language;
    if (relation == Relation::kDuplicate && !document.date.empty()) object["date"] = document.date;
    list.push_back(object);
  }
  return list;
}

/// What stands beside the stored fields because it was asked for.
void AddExtras(const search::Hit& hit, const SearchParameterSet& search, json& object) {
  // A url that is not shown must not be shown through the back door either.
  const bool shows_url = hit.document.url.empty() || !SafeUrl(hit.document.url).empty();
  if (search.request.format.Formats()) {
    json& formatted = object["_formatted"] = json::object();
    for (const auto& [name, value] : hit.formatted)
      formatted[name] = name == "url" && !shows_url ? json("") : ToJson(value);
  }
  if (search.request.format.matches_position) {
    json& fields = object["_matchesPosition"] = json::object();
    for (const auto& [name, positions] : hit.matches) {
      if (name == "url" && !shows_url) continue;
      for (const search::MatchPosition& position : positions) fields[name].push_back(ToJson(position));
    }
  }
  if (search.show_ranking_score) object["_rankingScore"] = std::clamp(hit.score, 0.0, 1.0);
  if (search.request.score_details) object["_rankingScoreDetails"] = ScoreDetails(hit);
  if (!hit.duplicates.empty()) {
    object["duplicates"] = ToJson(hit.duplicates, Relation::kDuplicate);
    object["duplicatesCount"] = hit.duplicates_count;
  }
  if (!hit.translations.empty()) object["translations"] = ToJson(hit.translations, Relation::kTranslation);
}

json ToJson(const search::Hit& hit, const SearchParameterSet& search) {
  json object = ToJson(hit.document, search.fields);
  AddExtras(hit, search, object);
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

namespace {

/// What stands before the time.
json Head(const SearchParameterSet& search, const search::SearchResult& result) {
  json answer;
  json& hits = answer["hits"] = json::array();
  for (const search::Hit& hit : result.hits) hits.push_back(ToJson(hit, search));
  answer["query"] = search.request.q;
  return answer;
}

/// And after it.
json Tail(const SearchParameterSet& search, const search::SearchResult& result) {
  json answer;
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
  if (search.show_performance_details) {
    json& times = answer["performanceDetails"] = json::object();
    for (const search::StageTime& time : result.times)
      times[std::string(time.name)] = Duration(time.nanoseconds);
  }
  if (!result.explanation.empty()) answer["explanation"] = result.explanation;
  return answer;
}

}  // namespace

std::string RenderedAnswer::WithTime(std::int64_t processing_time_ms) const {
  return fmt::format("{}{}{}", head, processing_time_ms, tail);
}

RenderedAnswer RenderAnswer(const SearchParameterSet& search, const search::SearchResult& result) {
  RenderedAnswer rendered{
      .head = Text(Head(search, result)), .tail = Text(Tail(search, result)), .found = result.total > 0};
  // Neither object is empty: the brace of one end and that of the other's beginning become one comma each.
  rendered.head.back() = ',';
  rendered.head += "\"processingTimeMs\":";
  rendered.tail.front() = ',';
  return rendered;
}

std::string RenderSearchResult(const SearchParameterSet& search, const search::SearchResult& result,
                               std::int64_t processing_time_ms) {
  return RenderAnswer(search, result).WithTime(processing_time_ms);
}

std::string RenderFederated(const FederatedAnswer& answer, std::int64_t processing_time_ms) {
  json object;
  json& hits = object["hits"] = json::array();
  for (const FederatedHit& found : answer.hits) {
    json hit = ToJson(*found.hit, *found.search);
    hit["_federation"] = {{"indexUid", found.index_uid},
                          {"queriesPosition", found.query},
                          {"weightedRankingScore", found.weighted_score}};
    hits.push_back(std::move(hit));
  }
  object["processingTimeMs"] = processing_time_ms;
  object["limit"] = answer.limit;
  object["offset"] = answer.offset;
  object["estimatedTotalHits"] = answer.total;
  object["totalRelation"] = answer.total_is_exact && !answer.partial ? "eq" : "gte";
  if (answer.partial) object["partial"] = true;
  if (answer.merged_values && !answer.facets.empty()) {
    search::SearchResult merged;
    merged.facets = MergeFacets(answer.facets, *answer.merged_values);
    object["facetDistribution"] = json::parse(RenderFacetDistribution(merged));
    object["facetStats"] = json::parse(RenderFacetStats(merged));
  } else if (!answer.facets.empty()) {
    for (const auto& [index_uid, facets] : answer.facets) {
      search::SearchResult counted;
      counted.facets = facets;
      object["facetsByIndex"][index_uid] = {{"distribution", json::parse(RenderFacetDistribution(counted))},
                                            {"stats", json::parse(RenderFacetStats(counted))}};
    }
  }
  return Text(object);
}

std::string RenderMultiSearch(const std::vector<std::pair<std::string, std::string>>& answers) {
  std::string out = "{\"results\":[";
  for (const auto& [index_uid, answer] : answers) {
    if (out.back() == '}') out += ',';
    out += "{\"indexUid\":" + Text(json(index_uid)) + ',' + answer.substr(1);
  }
  return out + "]}";
}

std::string RenderSimilar(const std::string& id, const SearchParameterSet& search,
                          const search::SearchResult& result, std::int64_t processing_time_ms) {
  json answer;
  json& hits = answer["hits"] = json::array();
  for (const search::Hit& hit : result.hits) hits.push_back(ToJson(hit, search));
  answer["id"] = id;
  answer["processingTimeMs"] = processing_time_ms;
  answer["limit"] = search.request.limit;
  answer["offset"] = search.request.offset;
  answer["estimatedTotalHits"] = result.total;
  answer["totalRelation"] = result.total_is_exact && !result.partial ? "eq" : "gte";
  if (result.partial) answer["partial"] = true;
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
