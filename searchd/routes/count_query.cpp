// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/count_query.h"

namespace quipu::searchd {

void CountQuery(QueryCounts& counts, const Holdings& holdings, const http::Request& request,
                const Question& question) {
  if (!holdings.config.searchd.count_queries) return;
  counts.Note(question.index_uid, question.q, holdings.ClientOf(request), question.found,
              QueryCounts::Clock::now());
}

}  // namespace quipu::searchd
