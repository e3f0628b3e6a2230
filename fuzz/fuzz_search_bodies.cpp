// SPDX-License-Identifier: GPL-2.0-or-later
// The JSON of a search, a multi-search or a search for similar documents, of any bytes: either it is refused
// with a message, or what comes of it is within the limits that the manual promises.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "searchd/json/parse_multi_search.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/parameters/tables.h"

namespace {

void Check(const quipu::searchd::SearchParameterSet& search) {
  const auto& request = search.request;
  if (request.offset + request.limit > quipu::searchd::kMaxWindow) std::abort();
  if (request.passages > 5 || request.q.size() > quipu::searchd::kMaxQueryBytes) std::abort();
  if (!(request.score_threshold >= 0 && request.score_threshold <= 1)) std::abort();
  if (request.format.highlight.size() > quipu::searchd::kMaxNames) std::abort();
  for (const auto& field : request.format.crop) {
    if (field.words > quipu::searchd::kMaxCropWords) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  using namespace quipu::searchd;
  if (const auto values = ParseBody(SearchParameters(), body)) {
    const auto search = BuildSearch(*values);
    if (search) Check(*search);
    if (!search && search.error().message.empty()) std::abort();
  }
  if (const auto values = ParseBody(MultiSearchParameters(), body)) {
    const auto multi = BuildMultiSearch(*values);
    if (!multi) {
      if (multi.error().message.empty()) std::abort();
      return 0;
    }
    if (multi->queries.size() > kMaxQueries) std::abort();
    for (const auto& query : multi->queries) {
      Check(query.search);
      if (!(query.weight >= 0 && query.weight <= 1000)) std::abort();
    }
  }
  if (const auto values = ParseBody(SimilarParameters(), body); !values && values.error().message.empty())
    std::abort();
  return 0;
}
