// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/answer_key.h"

#include "core/search/request_key.h"

namespace quipu::searchd {

std::string AnswerKey(const AnswerState& state, const SearchParameterSet& search) {
  search::KeyWriter key;
  key.Add(state.index_uid);
  key.Add(state.facts.generation);
  key.Add(state.facts.revision);
  // An index that was removed and built anew counts from the same numbers.
  key.Add(state.facts.created_at);
  key.Add(state.facts.updated_at);
  key.Add(state.aids);
  // Every member, as in request_key.cpp.
  const auto& [request, fields, show_score, show_performance, numbered_pages, page, hits_per_page] = search;
  key.Add(request);
  key.Add(fields.names());
  key.Add(show_score);
  key.Add(show_performance);
  key.Add(numbered_pages);
  key.Add(page);
  key.Add(hits_per_page);
  return key.Take();
}

bool MayBeKept(const SearchParameterSet& search) {
  return !search.show_performance_details && !search.request.explain &&
         !search::DependsOnClock(search.request);
}

}  // namespace quipu::searchd
