// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/count_query.h"

#include "searchd/limits/client_address.h"

namespace quipu::searchd {

void CountQuery(const Services& services, const http::Request& request, const Question& question) {
  const auto holdings = services.catalog.Current();
  if (!holdings->config.searchd.count_queries) return;
  const std::string client =
      CountedAs(ClientAddress(request.remote_address, request.Header("x-forwarded-for"), holdings->proxies));
  services.query_counts.Note(question.index_uid, question.q, client, question.found,
                             QueryCounts::Clock::now());
}

}  // namespace quipu::searchd
