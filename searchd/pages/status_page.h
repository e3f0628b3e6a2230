// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/index/index_reader.h"
#include "core/search/search_result.h"
#include "searchd/http/event_server.h"
#include "searchd/json/read_job.h"
#include "searchd/metrics/query_counts.h"

namespace quipu::searchd {

/// One index as its administrator sees it.
struct IndexStatus {
  std::string uid, title;
  std::optional<index::IndexFacts> facts;
  std::string unavailable;  // why there are no facts
  std::uint64_t bytes = 0;
  std::optional<FinishedJob> last_job;
  std::optional<RunningJob> running_job;
};

/// The page of the admin listener: what is served, what the last jobs did, and how a query is read.
struct StatusPage {
  std::vector<IndexStatus> indexes;
  http::ServerCounts server;
  std::optional<QueryCounts::Report> asked;         // none: queries are not counted
  std::string index, query;                         // in the box
  std::string problem;                              // a sentence in place of `explained`
  const search::SearchResult* explained = nullptr;  // with its explanation and the hits' score parts
};

/// The whole HTML document, in English. Whatever is in documents and reports, only our own markup is live.
std::string RenderStatusPage(const StatusPage& page);

}  // namespace quipu::searchd
