// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "searchd/catalog.h"
#include "searchd/http/message.h"
#include "searchd/metrics/query_counts.h"

namespace quipu::searchd {

/// What somebody searched for.
struct Question {
  std::string_view index_uid, q;
  bool found = false;  // at least one document
};

/// Counts it, if the `searchd.count_queries` of `holdings` says so.
void CountQuery(QueryCounts& counts, const Holdings& holdings, const http::Request& request,
                const Question& question);

}  // namespace quipu::searchd
