// SPDX-License-Identifier: GPL-2.0-or-later
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "core/query/filter_ast.h"
#include "searchd/json/answer_key.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/json/render_search_result.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/count_query.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/entity_tag.h"
#include "searchd/routes/typing.h"

namespace quipu::searchd {
namespace {

std::int64_t MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
      .count();
}

struct Answered {
  std::shared_ptr<const RenderedAnswer> rendered;
  bool partial = false;
};

struct Asked {
  const GrantedIndex& index;
  AnswerCache& answers;
};

/// One that was given before to the same question, else a new one.
Result<Answered> Answer(const Asked& asked, const AnswerState& state, const SearchParameterSet& search) {
  // What a key's filter lets be seen is not named by the search.
  const bool may_be_kept = asked.answers.keeps() && MayBeKept(search) && !asked.index.grant().IsConfined();
  std::string key;
  if (may_be_kept) {
    key = AnswerKey(state, search);
    if (auto kept = asked.answers.Find(key)) return Answered{std::move(kept)};
  }
  const auto result = asked.index.Search(search.request);
  if (!result) return result.error();
  auto rendered = std::make_shared<const RenderedAnswer>(RenderAnswer(search, *result));
  // The search may have met a commit, or rules and words that were taken up since the key was made.
  const bool of_this_state = result->generation == state.facts.generation &&
                             result->revision == state.facts.revision && asked.index.AidsTag() == state.aids;
  if (may_be_kept && of_this_state && !result->partial) asked.answers.Keep(std::move(key), rendered);
  return Answered{std::move(rendered), result->partial};
}

Result<http::Response> Search(const Services& services, const http::Request& request,
                              const ParameterValues& values) {
  const auto start = std::chrono::steady_clock::now();
  const auto holdings = services.catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  Result<SearchParameterSet> search = BuildSearch(values);
  if (!search) return search.error();
  search->request.deadline_ms = holdings->config.searchd.query_deadline_ms;

  // The state is asked before the search: if a commit falls between, the tag is too old, never too new.
  const auto facts = (*index)->State();
  if (!facts) return facts.error();
  const std::string aids = (*index)->AidsTag();
  std::string tag;
  // Where the answer changes with the clock, no state of the index names it.
  if (request.method == "GET" && !query::UsesClock(search->request.filter)) {
    tag = EntityTag(*facts, request, aids);
    if (NamesTag(request.Header("if-none-match"), tag)) return NotModified(tag);
  }
  const auto answer = Answer({**index, *holdings->answers}, {request.path_args.at(0), *facts, aids}, *search);
  if (!answer) return answer.error();
  CountQuery(services.query_counts, *holdings, request,
             {request.path_args.at(0), search->request.q, answer->rendered->found});
  http::Response response = Json(answer->rendered->WithTime(MillisecondsSince(start)));
  if (tag.empty() || answer->partial) {
    response.headers.emplace_back("Cache-Control", "no-store");
  } else {
    AddCacheHeaders(response, tag);
  }
  return response;
}

}  // namespace

void AddSearchEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const auto handler = Checked(SearchParameters(), [services](const auto& request, const auto& values) {
    return Search(services, request, values);
  });
  endpoints.push_back({{"GET", "/indexes/{uid}/search", http::Cost::kSearch, "Searches an index.", handler,
                        nullptr, TypingOf(services.catalog)},
                       SearchParameters(),
                       Answer::kSearch});
  endpoints.push_back(
      {{"POST", "/indexes/{uid}/search", http::Cost::kSearch,
        "Searches an index; the parameters are a JSON object.", handler, nullptr, TypingOf(services.catalog)},
       SearchParameters(),
       Answer::kSearch});
}

}  // namespace quipu::searchd
