// SPDX-License-Identifier: GPL-2.0-or-later
// docs/http-api.md against the tables of routes and parameters, and /openapi.json against both.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"
#include "tests/support/file_tree.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;

constexpr std::string_view kManual = QUIPU_SOURCE_DIR "/docs/http-api.md";

std::vector<Endpoint> Endpoints() {
  // Handlers are not called here, so what they would work with may end with this function.
  const Catalog catalog(OpenHoldings({}));
  Metrics metrics;
  QueryCounts query_counts;
  return BuildEndpoints({.catalog = catalog,
                         .metrics = metrics,
                         .query_counts = query_counts,
                         .server_counts = {},
                         .reloads = {}});
}

std::string ShownKind(const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::kText: return parameter.max > 0 ? fmt::format("text, {} bytes", parameter.max) : "text";
    case Kind::kCount: return fmt::format("{} to {}", parameter.min, parameter.max);
    case Kind::kNumber: return fmt::format("number, {} to {}", parameter.min, parameter.max);
    case Kind::kFlag: return "flag";
    case Kind::kNames: return "array of texts";
    case Kind::kFilter: return "text or arrays";
    case Kind::kAny: return "any";
    case Kind::kChoice: break;
  }
  std::string shown;
  for (const std::string_view choice : Choices(parameter)) {
    shown += fmt::format("{}`{}`", shown.empty() ? "" : ", ", choice);
  }
  return shown;
}

std::string_view Wanted(Access access) {
  switch (access) {
    case Access::kOpen: return "";
    case Access::kKey: return "yes";
    case Access::kPage: return "page";
    case Access::kOperator: return "full";
  }
  return "";
}

std::string RouteTable() {
  std::string table = "| route | answer | key | parameters |\n|---|---|---|---|\n";
  for (const Endpoint& endpoint : Endpoints()) {
    std::string names;
    if (endpoint.parameters.data() == SearchParameters().data()) {
      names = "[below](#search)";
    } else if (endpoint.parameters.data() == FacetSearchParameters().data()) {
      names = "`facetName`, `facetQuery`, [those of a search](#search)";
    } else {
      for (const Parameter& parameter : endpoint.parameters) {
        if (parameter.support != Support::kBuilt) continue;
        names += fmt::format("{}`{}`", names.empty() ? "" : ", ", parameter.name);
      }
    }
    table += fmt::format("| `{} {}` | {} | {} | {} |\n", endpoint.route.method, endpoint.route.pattern,
                         endpoint.route.summary, Wanted(endpoint.access), names);
  }
  return table;
}

std::string ParameterTable(Support support) {
  std::string table = "| name | value | default | meaning |\n|---|---|---|---|\n";
  for (const Parameter& parameter : SearchParameters()) {
    if (parameter.support != support) continue;
    table += fmt::format("| `{}` | {} | {} | {} |\n", parameter.name, ShownKind(parameter),
                         parameter.fallback.empty() ? "" : fmt::format("`{}`", parameter.fallback),
                         parameter.meaning);
  }
  return table;
}

struct Part {
  std::string name;
  std::string (*expected)();
};

class ManualTable : public ::testing::TestWithParam<Part> {};

TEST_P(ManualTable, IsTheOneOfTheProgram) {
  const std::string begin = fmt::format("<!-- {} begin -->\n", GetParam().name);
  const std::string end = fmt::format("<!-- {} end -->", GetParam().name);
  std::string manual = testing::ReadFile(kManual);
  const std::size_t from = manual.find(begin);
  const std::size_t to = manual.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const std::size_t first = from + begin.size();
  if (std::getenv("QUIPU_UPDATE_DOCS") != nullptr) {
    manual.replace(first, to - first, GetParam().expected());
    testing::WriteFile(kManual, manual);
    GTEST_SKIP() << "docs/http-api.md was written anew";
  }
  EXPECT_EQ(manual.substr(first, to - first), GetParam().expected())
      << "QUIPU_UPDATE_DOCS=1 on this test writes the table into docs/http-api.md";
}

INSTANTIATE_TEST_SUITE_P(Tables, ManualTable,
                         ::testing::Values(Part{"routes", RouteTable},
                                           Part{"search", [] { return ParameterTable(Support::kBuilt); }},
                                           Part{"coming", [] { return ParameterTable(Support::kComing); }}),
                         [](const auto& tested) { return tested.param.name; });

json OpenApi() { return json::parse(RenderOpenApi(Endpoints())); }

TEST(OpenApi, HasEveryRoute) {
  const json api = OpenApi();
  EXPECT_EQ(api["openapi"], "3.1.0");
  for (const Endpoint& endpoint : Endpoints()) {
    const std::string method = endpoint.route.method == "POST" ? "post" : "get";
    ASSERT_TRUE(api["paths"].contains(endpoint.route.pattern)) << endpoint.route.pattern;
    ASSERT_TRUE(api["paths"][endpoint.route.pattern].contains(method)) << endpoint.route.pattern;
  }
}

TEST(OpenApi, DescribesEveryBuiltSearchParameterForGetAndPost) {
  const json search = OpenApi()["paths"]["/indexes/{uid}/search"];
  const json body = search["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"];
  std::set<std::string> in_query;
  for (const json& parameter : search["get"]["parameters"]) {
    if (parameter["in"] == "query") in_query.insert(parameter["name"].get<std::string>());
  }
  for (const Parameter& parameter : SearchParameters()) {
    const bool built = parameter.support == Support::kBuilt;
    EXPECT_EQ(body.contains(std::string(parameter.name)), built) << parameter.name;
    EXPECT_EQ(in_query.contains(std::string(parameter.name)), built) << parameter.name;
  }
  EXPECT_EQ(body["limit"]["maximum"], 1000);
  EXPECT_EQ(body["limit"]["default"], 20);
  EXPECT_EQ(body["matchingStrategy"]["enum"], json({"auto", "all", "last", "frequency"}));
  EXPECT_EQ(search["get"]["parameters"][0],
            json({{"name", "uid"}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}}));
}

TEST(OpenApi, SaysWhichRoutesWantAKey) {
  const json api = OpenApi();
  EXPECT_EQ(api["components"]["securitySchemes"]["key"]["scheme"], "bearer");
  const json key = {{"key", json::array()}};
  EXPECT_EQ(api["paths"]["/health"]["get"]["security"], json::array());
  EXPECT_EQ(api["paths"]["/indexes/{uid}/search"]["post"]["security"], json::array({key}));
  EXPECT_EQ(api["paths"]["/search"]["get"]["security"], json::array({key, json::object()}));
}

TEST(Endpoints, WhatWatchesTheServerNeverWaitsForSearches) {
  for (const Endpoint& endpoint : Endpoints()) {
    if (endpoint.on_admin) {
      EXPECT_EQ(endpoint.route.cost, http::Cost::kCheap) << endpoint.route.pattern;
    }
  }
}

void FindReferences(const json& value, std::set<std::string>& found) {
  if (value.is_object() && value.contains("$ref")) found.insert(value["$ref"].get<std::string>());
  if (value.is_structured()) {
    for (const json& part : value) FindReferences(part, found);
  }
}

TEST(OpenApi, RefersToNothingThatIsNotThere) {
  const json api = OpenApi();
  std::set<std::string> references;
  FindReferences(api, references);
  EXPECT_FALSE(references.empty());
  for (const std::string& reference : references) {
    EXPECT_TRUE(api.contains(json::json_pointer(reference.substr(1)))) << reference;
  }
}

TEST(ParameterTable, HasTheContractsCodeForEveryName) {
  for (const Parameter& parameter : SearchParameters()) {
    if (parameter.support == Support::kLacking) continue;
    std::string code = "invalid_search_";
    for (const char c : parameter.name) {
      if (c >= 'A' && c <= 'Z') code += '_';
      code += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    EXPECT_EQ(CodeName(parameter.code), code);
  }
}

}  // namespace
}  // namespace quipu::searchd
