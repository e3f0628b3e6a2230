// SPDX-License-Identifier: GPL-2.0-or-later
#include <nlohmann/json.hpp>

#include "searchd/index_lock.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

std::string Text(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json Describe(const GrantedIndex& index) {
  const auto facts = index.State();
  json object = {{"uid", index.settings().name}, {"title", TitleOf(index.settings())}};
  // A configured index that was never built is listed; it has no times yet.
  object["createdAt"] = facts ? json(facts->created_at) : json(nullptr);
  object["updatedAt"] = facts ? json(facts->updated_at) : json(nullptr);
  object["primaryKey"] = "id";
  return object;
}

Result<http::Response> ListIndexes(const Catalog& catalog, const Grant& grant,
                                   const ParameterValues& values) {
  const auto holdings = catalog.Current();
  const std::uint32_t offset = values.Count("offset", 0);
  const std::uint32_t limit = values.Count("limit", 20);
  json results = json::array();
  std::uint32_t number = 0;
  for (const auto& [name, index] : holdings->indexes) {
    if (!grant.Opens(name)) continue;
    if (number >= offset && number - offset < limit) results.push_back(Describe(GrantedIndex(index, grant)));
    ++number;
  }
  return Json(Text({{"results", results}, {"offset", offset}, {"limit", limit}, {"total", number}}));
}

Result<json> Stats(const GrantedIndex& index, const std::filesystem::path& data_dir) {
  const auto facts = index.Facts();
  if (!facts) return facts.error();
  const auto distribution = index.FieldDistribution();
  if (!distribution) return distribution.error();
  json fields = json::object();
  for (const auto& [field, documents] : *distribution) fields[field] = documents;
  return json{{"numberOfDocuments", facts->documents},
              {"isIndexing", IsLocked(data_dir / index.settings().name / "lock")},
              {"fieldDistribution", fields},
              {"languages", facts->languages},
              {"generation", facts->generation},
              {"updatedAt", facts->updated_at},
              {"sizeBytes", index.SizeBytes()}};
}

Result<http::Response> IndexStats(const Catalog& catalog, const http::Request& request) {
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  const auto stats = Stats(**index, holdings->config.data_dir);
  if (!stats) return stats.error();
  return Json(Text(*stats));
}

Result<http::Response> AllStats(const Catalog& catalog, const Grant& grant) {
  const auto holdings = catalog.Current();
  std::uint64_t bytes = 0;
  std::string last_update;
  json indexes = json::object();
  for (const auto& [name, index] : holdings->indexes) {
    if (!grant.Opens(name)) continue;
    const GrantedIndex granted(index, grant);
    // One index that cannot be opened must not hide the others; /ready names it.
    const auto stats = Stats(granted, holdings->config.data_dir);
    if (!stats) continue;
    indexes[name] = *stats;
    bytes += granted.SizeBytes();
    last_update = std::max(last_update, (*stats)["updatedAt"].get<std::string>());
  }
  return Json(Text({{"databaseSize", bytes},
                    {"lastUpdate", last_update.empty() ? json(nullptr) : json(last_update)},
                    {"indexes", indexes}}));
}

}  // namespace

void AddIndexEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const Catalog& catalog = services.catalog;
  const auto add = [&](std::string_view pattern, std::string_view summary, Answer answer,
                       std::span<const Parameter> table, CheckedHandler handler) {
    endpoints.push_back({{"GET", std::string(pattern), http::Cost::kSearch, std::string(summary),
                          Checked(table, std::move(handler))},
                         table,
                         answer});
  };
  add("/indexes", "The configured indexes.", Answer::kIndexList, ListParameters(),
      [&catalog](const auto& request, const auto& values) {
        return ListIndexes(catalog, GrantOf(request), values);
      });
  add("/indexes/{uid}", "One index.", Answer::kIndex, {},
      [&catalog](const auto& request, const auto&) -> Result<http::Response> {
        const auto index = catalog.Current()->Find(request.path_args.at(0), GrantOf(request));
        if (!index) return index.error();
        return Json(Text(Describe(**index)));
      });
  add("/indexes/{uid}/stats", "Figures of one index.", Answer::kStats, {},
      [&catalog](const auto& request, const auto&) { return IndexStats(catalog, request); });
  add("/stats", "Figures of all indexes that are open.", Answer::kObject, {},
      [&catalog](const auto& request, const auto&) { return AllStats(catalog, GrantOf(request)); });
}

}  // namespace quipu::searchd
