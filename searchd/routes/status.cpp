// SPDX-License-Identifier: GPL-2.0-or-later
#include <fstream>
#include <iterator>

#include "core/index/index_directory.h"
#include "searchd/index_lock.h"
#include "searchd/pages/status_page.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/page_answer.h"

namespace quipu::searchd {
namespace {

constexpr std::uint32_t kExplainedHits = 10;
constexpr std::size_t kShownQueries = 20;

IndexStatus StatusOf(const search::SearchIndex& index, const std::filesystem::path& data_dir) {
  IndexStatus status{.uid = index.settings().name, .title = TitleOf(index.settings())};
  if (auto facts = index.Facts()) {
    status.facts = std::move(facts).value();
    status.bytes = index.SizeBytes();
  } else {
    status.unavailable = facts.error().message;
  }
  const index::IndexDirectory directory(data_dir / status.uid);
  status.last_job = ReadFinishedJob(directory.ReadLastJob());
  if (IsLocked(directory.LockPath())) {
    std::ifstream note(directory.LockPath());
    // The first lines of a job may not be there yet; it runs all the same.
    status.running_job =
        ReadRunningJob(std::string(std::istreambuf_iterator<char>(note), {})).value_or(RunningJob());
  }
  return status;
}

Result<search::SearchResult> Explain(const Holdings& holdings, const StatusPage& page) {
  // Who reaches this address may see everything: no key confines it.
  const auto index = holdings.indexes.find(page.index);
  if (index == holdings.indexes.end()) return Error{Code::kIndexNotFound, "There is no such index."};
  return index->second->Search({.q = page.query,
                                .limit = kExplainedHits,
                                .passages = 0,
                                .explain = true,
                                .deadline_ms = holdings.config.searchd.query_deadline_ms,
                                .score_details = true});
}

http::Response ShowStatus(const Services& services, const http::Request& request) {
  const auto holdings = services.catalog.Current();
  StatusPage page{.indexes = {},
                  .server = services.server_counts(),
                  .asked = {},
                  .index = {},
                  .query = {},
                  .problem = {}};
  if (holdings->config.searchd.count_queries)
    page.asked = services.query_counts.Read(kShownQueries, QueryCounts::Clock::now());
  for (const auto& [uid, index] : holdings->indexes)
    page.indexes.push_back(StatusOf(*index, holdings->config.data_dir));
  const auto values = ParseQuery(StatusParameters(), request.query);
  if (!values) {
    page.problem = values.error().message;
    return PageAnswer(400, RenderStatusPage(page), {});
  }
  page.index = values->Get<std::string>("index", page.indexes.empty() ? "" : page.indexes.front().uid);
  page.query = values->Get<std::string>("q", "");
  if (page.query.empty()) return PageAnswer(200, RenderStatusPage(page), {});
  const auto result = Explain(*holdings, page);
  if (!result) page.problem = result.error().message;
  if (result) page.explained = &*result;
  return PageAnswer(result ? 200 : 404, RenderStatusPage(page), {});
}

}  // namespace

void AddStatusEndpoint(const Services& services, std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{"GET", "/", http::Cost::kSearch, "The status page.",
                        [services](const http::Request& request) { return ShowStatus(services, request); }},
                       StatusParameters(),
                       Answer::kHtml});
}

}  // namespace quipu::searchd
