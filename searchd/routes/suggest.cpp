// SPDX-License-Identifier: GPL-2.0-or-later
#include <chrono>
#include <nlohmann/json.hpp>

#include "searchd/json/safe_url.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/entity_tag.h"
#include "searchd/routes/typing.h"

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

std::string_view NameOf(search::SuggestionKind kind) {
  switch (kind) {
    case search::SuggestionKind::kTitle: return "title";
    case search::SuggestionKind::kPhrase: return "phrase";
    case search::SuggestionKind::kTerm: return "term";
  }
  return "term";
}

json ToJson(const search::Suggestion& suggestion) {
  json object = {{"text", suggestion.text}, {"kind", NameOf(suggestion.kind)}};
  if (const std::string url = SafeUrl(suggestion.url); !url.empty()) object["url"] = url;
  return object;
}

Result<http::Response> Suggest(const Catalog& catalog, const http::Request& request,
                               const ParameterValues& values) {
  const auto start = std::chrono::steady_clock::now();
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  // The state is asked before the answer is made: a tag may be too old, never too new.
  const auto facts = (*index)->State();
  if (!facts) return facts.error();
  const std::string tag = EntityTag(*facts, request, (*index)->SuggestionsTag());
  if (NamesTag(request.Header("if-none-match"), tag)) return NotModified(tag);
  const std::string q = values.Get<std::string>("q", "");
  const auto suggestions = (*index)->Suggest(q, values.Count("limit", kDefaultSuggestions));
  if (!suggestions) return suggestions.error();
  json answer;
  json& list = answer["suggestions"] = json::array();
  for (const search::Suggestion& suggestion : *suggestions) list.push_back(ToJson(suggestion));
  answer["query"] = q;
  answer["processingTimeMs"] =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  http::Response response = Json(answer.dump(-1, ' ', false, json::error_handler_t::replace));
  AddCacheHeaders(response, tag);
  return response;
}

}  // namespace

void AddSuggestEndpoint(const Services& services, std::vector<Endpoint>& endpoints) {
  endpoints.push_back(
      {{"GET", "/indexes/{uid}/suggest", http::Cost::kSearch, "Completes what is being typed.",
        Checked(SuggestParameters(),
                [&catalog = services.catalog](const auto& request, const auto& values) {
                  return Suggest(catalog, request, values);
                }),
        nullptr, TypingOf(services.catalog)},
       SuggestParameters(),
       Answer::kSuggestions});
}

}  // namespace quipu::searchd
