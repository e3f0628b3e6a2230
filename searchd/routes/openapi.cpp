// SPDX-License-Identifier: GPL-2.0-or-later
#include <nlohmann/json.hpp>

#include "quipu/version.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

json ArrayOf(json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
json Reference(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }
json Typed(std::string_view type) { return {{"type", type}}; }

/// An object whose properties have the given types; `open` if others may follow.
json Object(std::initializer_list<std::pair<std::string_view, json>> properties, bool open = false) {
  json object = {{"type", "object"}, {"properties", json::object()}};
  for (const auto& [name, schema] : properties) object["properties"][std::string(name)] = schema;
  if (open) object["additionalProperties"] = true;
  return object;
}

json SchemaOf(const Parameter& parameter) {
  json schema;
  switch (parameter.kind) {
    case Kind::kText: schema = Typed("string"); break;
    case Kind::kCount: schema = Typed("integer"); break;
    case Kind::kNumber: schema = Typed("number"); break;
    case Kind::kFlag: schema = Typed("boolean"); break;
    case Kind::kNames: schema = ArrayOf(Typed("string")); break;
    case Kind::kChoice:
      schema = {{"type", "string"}, {"enum", json::array()}};
      for (const std::string_view choice : Choices(parameter)) schema["enum"].push_back(choice);
      break;
    case Kind::kFilter: {
      const json parts = ArrayOf(Typed("string"));
      schema = {{"anyOf", {Typed("string"), ArrayOf({{"anyOf", {Typed("string"), parts}}})}}};
      break;
    }
    case Kind::kAny: schema = json::object(); break;
  }
  if (parameter.kind == Kind::kCount || parameter.kind == Kind::kNumber) {
    schema["minimum"] = parameter.min;
    schema["maximum"] = parameter.max;
    if (parameter.kind == Kind::kCount) {
      schema["minimum"] = static_cast<std::int64_t>(parameter.min);
      schema["maximum"] = static_cast<std::int64_t>(parameter.max);
    }
  }
  if (!parameter.fallback.empty()) schema["default"] = json::parse(parameter.fallback);
  return schema;
}

json QueryParameter(const Parameter& parameter) {
  json object = {{"name", parameter.name}, {"in", "query"}, {"description", parameter.meaning}};
  if (parameter.kind == Kind::kNames) {
    object["style"] = "form";
    object["explode"] = false;
  }
  object["schema"] = SchemaOf(parameter);
  return object;
}

json Body(std::span<const Parameter> parameters) {
  json properties = json::object();
  for (const Parameter& parameter : parameters) {
    if (parameter.support != Support::kBuilt) continue;
    json& schema = properties[std::string(parameter.name)] = SchemaOf(parameter);
    schema["description"] = parameter.meaning;
  }
  json schema = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  return {{"required", true}, {"content", {{"application/json", {{"schema", schema}}}}}};
}

std::pair<std::string_view, json> ContentOf(Answer answer) {
  switch (answer) {
    case Answer::kHealth: return {"application/json", Reference("Status")};
    case Answer::kVersion: return {"application/json", Reference("Version")};
    case Answer::kIndex: return {"application/json", Reference("Index")};
    case Answer::kIndexList: return {"application/json", Reference("IndexList")};
    case Answer::kStats: return {"application/json", Reference("Stats")};
    case Answer::kSearch: return {"application/json", Reference("SearchAnswer")};
    case Answer::kFacetSearch: return {"application/json", Reference("FacetSearchAnswer")};
    case Answer::kSuggestions: return {"application/json", Reference("Suggestions")};
    case Answer::kDocument: return {"application/json", Reference("Document")};
    case Answer::kDocumentList: return {"application/json", Reference("DocumentList")};
    case Answer::kObject: return {"application/json", Typed("object")};
    case Answer::kText: return {"text/plain", Typed("string")};
    case Answer::kHtml: return {"text/html", Typed("string")};
    case Answer::kXml: return {"application/opensearchdescription+xml", Typed("string")};
    case Answer::kAtom: return {"application/atom+xml", Typed("string")};
    case Answer::kCss: return {"text/css", Typed("string")};
    case Answer::kSvg: return {"image/svg+xml", Typed("string")};
    case Answer::kImage: return {"image/*", Typed("string")};
    case Answer::kScript: return {"text/javascript", Typed("string")};
  }
  return {"application/json", Typed("object")};
}

json HitSchema() {
  const json text = Typed("string");
  const json number = Typed("integer");
  const json document = Object(
      {{"id", text}, {"url", text}, {"title", text}, {"language", text}, {"date", text}, {"type", text}},
      true);
  json hit = document;
  hit["properties"]["_rankingScore"] = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  hit["properties"]["_passages"] = ArrayOf(Reference("Passage"));
  hit["properties"]["_formatted"] = Typed("object");
  hit["properties"]["_matchesPosition"] = Typed("object");
  hit["properties"]["_rankingScoreDetails"] = Typed("object");
  hit["properties"]["duplicates"] = ArrayOf(Typed("object"));
  hit["properties"]["duplicatesCount"] = number;
  hit["properties"]["translations"] = ArrayOf(Typed("object"));
  return hit;
}

json Schemas() {
  const json text = Typed("string");
  const json number = Typed("integer");
  const json document = Object(
      {{"id", text}, {"url", text}, {"title", text}, {"language", text}, {"date", text}, {"type", text}},
      true);
  const json passage = Object({{"text", text}, {"heading", text}, {"page", number}, {"url", text}});
  const json index = Object({{"uid", text},
                             {"title", text},
                             {"createdAt", {{"type", {"string", "null"}}}},
                             {"updatedAt", {{"type", {"string", "null"}}}},
                             {"primaryKey", text}});
  return {
      {"Error", Object({{"message", text}, {"code", text}, {"type", text}, {"link", text}})},
      {"Status", Object({{"status", text}})},
      {"Version", Object({{"pkgVersion", text}, {"commitSha", text}, {"commitDate", text}})},
      {"Index", index},
      {"IndexList", Object({{"results", ArrayOf(Reference("Index"))},
                            {"offset", number},
                            {"limit", number},
                            {"total", number}})},
      {"Stats", Object({{"numberOfDocuments", number},
                        {"isIndexing", Typed("boolean")},
                        {"fieldDistribution", Typed("object")},
                        {"languages", ArrayOf(text)},
                        {"generation", number},
                        {"updatedAt", text},
                        {"sizeBytes", number}})},
      {"Document", document},
      {"DocumentList", Object({{"results", ArrayOf(Reference("Document"))},
                               {"offset", number},
                               {"limit", number},
                               {"total", number}})},
      {"Passage", passage},
      {"Hit", HitSchema()},
  };
}

json SearchSchemas() {
  const json text = Typed("string");
  const json number = Typed("integer");
  return {
      {"SearchAnswer", Object({{"hits", ArrayOf(Reference("Hit"))},
                               {"query", text},
                               {"processingTimeMs", number},
                               {"limit", number},
                               {"offset", number},
                               {"estimatedTotalHits", number},
                               {"page", number},
                               {"hitsPerPage", number},
                               {"totalPages", number},
                               {"totalHits", number},
                               {"totalRelation", {{"type", "string"}, {"enum", {"eq", "gte"}}}},
                               {"facetDistribution", Reference("FacetDistribution")},
                               {"facetStats", Reference("FacetStats")},
                               {"partial", Typed("boolean")},
                               {"truncatedQuery", Typed("boolean")},
                               {"correctedQuery", Object({{"text", text}, {"applied", Typed("boolean")}})},
                               {"relaxed", ArrayOf({{"type", "string"}, {"enum", {"typos", "words"}}})},
                               {"performanceDetails", Typed("object")}})},
      {"Suggestions",
       Object({{"suggestions",
                ArrayOf(Object({{"text", text},
                                {"kind", {{"type", "string"}, {"enum", {"title", "phrase", "term"}}}},
                                {"url", text}}))},
               {"query", text},
               {"processingTimeMs", number}})},
  };
}

json FacetSchemas() {
  const json text = Typed("string");
  const json number = Typed("integer");
  return {
      {"FacetDistribution",
       {{"type", "object"},
        {"additionalProperties", {{"type", "object"}, {"additionalProperties", number}}}}},
      {"FacetStats",
       {{"type", "object"},
        {"additionalProperties", Object({{"min", Typed("number")}, {"max", Typed("number")}})}}},
      {"FacetSearchAnswer", Object({{"facetHits", ArrayOf(Object({{"value", text}, {"count", number}}))},
                                    {"facetQuery", {{"type", {"string", "null"}}}},
                                    {"processingTimeMs", number},
                                    {"partial", Typed("boolean")}})},
  };
}

/// Any one of what is listed is enough; an empty object is "nothing".
json SecurityOf(Access access) {
  const json key = {{"key", json::array()}};
  switch (access) {
    case Access::kOpen: return json::array();
    case Access::kPage: return json::array({key, json::object()});
    case Access::kKey:
    case Access::kOperator: break;
  }
  return json::array({key});
}

json Operation(const Endpoint& endpoint) {
  json operation = {{"summary", endpoint.route.summary},
                    {"security", SecurityOf(endpoint.access)},
                    {"parameters", json::array()}};
  const std::string& pattern = endpoint.route.pattern;
  for (std::size_t open = pattern.find('{'); open != std::string::npos; open = pattern.find('{', open + 1)) {
    operation["parameters"].push_back({{"name", pattern.substr(open + 1, pattern.find('}', open) - open - 1)},
                                       {"in", "path"},
                                       {"required", true},
                                       {"schema", Typed("string")}});
  }
  if (endpoint.route.method == "POST") {
    operation["requestBody"] = Body(endpoint.parameters);
  } else {
    for (const Parameter& parameter : endpoint.parameters) {
      if (parameter.support == Support::kBuilt) operation["parameters"].push_back(QueryParameter(parameter));
    }
  }
  const auto [type, schema] = ContentOf(endpoint.answer);
  operation["responses"]["200"] = {{"description", "The answer."},
                                   {"content", {{std::string(type), {{"schema", schema}}}}}};
  operation["responses"]["default"] = {{"description", "An error; docs/errors.md explains its code."},
                                       {"content", {{"application/json", {{"schema", Reference("Error")}}}}}};
  return operation;
}

json KeyScheme() {
  return {{"type", "http"},
          {"scheme", "bearer"},
          {"description", "A key from `quipu-searchd key new`. A server without keys asks for none."}};
}

}  // namespace

std::string RenderOpenApi(std::span<const Endpoint> endpoints) {
  json api = {{"openapi", "3.1.0"},
              {"info",
               {{"title", "Quipu"},
                {"version", kVersion},
                {"description", "Full-text search over the indexes of one quipu-searchd."},
                {"license", {{"name", "GPL-2.0-or-later"}, {"identifier", "GPL-2.0-or-later"}}}}},
              {"paths", json::object()},
              {"components", {{"schemas", Schemas()}, {"securitySchemes", {{"key", KeyScheme()}}}}}};
  api["components"]["schemas"].update(SearchSchemas());
  api["components"]["schemas"].update(FacetSchemas());
  for (const Endpoint& endpoint : endpoints) {
    const std::string method = endpoint.route.method == "POST" ? "post" : "get";
    api["paths"][endpoint.route.pattern][method] = Operation(endpoint);
  }
  return api.dump();
}

}  // namespace quipu::searchd
