// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/parse_search_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/schema/field.h"
#include "core/text/language.h"
#include "searchd/json/parse_filter.h"
#include "searchd/parameters/tables.h"

namespace quipu::searchd {
namespace {

using Names = std::vector<std::string>;

search::MatchingStrategy ReadStrategy(const std::string& name) {
  if (name == "all") return search::MatchingStrategy::kAll;
  if (name == "last") return search::MatchingStrategy::kLast;
  if (name == "frequency") return search::MatchingStrategy::kFrequency;
  return search::MatchingStrategy::kAuto;
}

Status ReadSearchedFields(const Names& names, search::SearchRequest& request) {
  for (const std::string& name : names) {
    if (name == "*") {
      request.attributes_to_search_on.clear();
      return Done{};
    }
    const schema::Field* field = schema::FindField(name);
    if (field == nullptr || field->weight <= 0) {
      std::string known;
      for (const schema::Field& searched : schema::Fields()) {
        if (searched.weight > 0) known += fmt::format("{}`{}`", known.empty() ? "" : ", ", searched.name);
      }
      return Error{Code::kInvalidSearchAttributesToSearchOn,
                   fmt::format("`{}` is not a field whose text can be searched. Known are {}.",
                               name.substr(0, 64), known)};
    }
    request.attributes_to_search_on.push_back(name);
  }
  return Done{};
}

Status ReadLocales(const Names& names, search::SearchRequest& request) {
  for (const std::string& name : names) {
    const std::string language = text::PrimaryLanguage(name);
    if (language.empty()) {
      return Error{Code::kInvalidSearchLocales,
                   fmt::format("`{}` in `locales` is not a language tag, such as `es` or `pt-BR`.",
                               name.substr(0, 64))};
    }
    request.locales.push_back(language);
  }
  return Done{};
}

Status ReadWindow(const ParameterValues& values, SearchParameterSet& search) {
  search.numbered_pages = values.Has("page") || values.Has("hitsPerPage");
  if (!search.numbered_pages) {
    search.request.offset = values.Count("offset", 0);
    search.request.limit = values.Count("limit", 20);
    if (search.request.offset + search.request.limit <= kMaxWindow) return Done{};
    return Error{Code::kInvalidSearchOffset,
                 "`offset` and `limit` together reach past hit 10000; narrow the search instead."};
  }
  search.page = values.Count("page", 1);
  search.hits_per_page = values.Count("hitsPerPage", 20);
  if (std::uint64_t{search.page} * search.hits_per_page > kMaxWindow) {
    return Error{Code::kInvalidSearchPage, "This `page` lies past hit 10000; narrow the search instead."};
  }
  search.request.offset = (search.page - 1) * search.hits_per_page;
  search.request.limit = search.hits_per_page;
  return Done{};
}

/// Which of the matches, in which order, and what is counted; the core checks fields, which differ by index.
Status ReadChoice(const ParameterValues& values, SearchParameterSet& search) {
  Result<query::FilterNode> filter = ReadFilter(values.Get<std::string>("filter", ""));
  if (!filter) return filter.error();
  search.request.filter = std::move(filter).value();
  search.request.sort = values.Get("sort", Names());
  search.request.distinct = values.Get<std::string>("distinct", "");
  search.request.facets = values.Get("facets", Names());
  search.request.disjunctive_facets = values.Get("disjunctiveFacets", Names());
  search.request.exact_total = search.numbered_pages;
  return Done{};
}

}  // namespace

FieldSelection::FieldSelection(std::vector<std::string> names) : names_(std::move(names)) {
  all_ = std::find(names_.begin(), names_.end(), "*") != names_.end();
}

bool FieldSelection::Shows(std::string_view field) const {
  if (all_ && field != "body") return true;
  return std::find(names_.begin(), names_.end(), field) != names_.end();
}

Result<SearchParameterSet> BuildSearch(const ParameterValues& values) {
  SearchParameterSet search;
  search.request.q = values.Get<std::string>("q", "");
  if (Status window = ReadWindow(values, search); !window) return window.error();
  if (Status fields = ReadSearchedFields(values.Get("attributesToSearchOn", Names()), search.request);
      !fields) {
    return fields.error();
  }
  if (Status locales = ReadLocales(values.Get("locales", Names()), search.request); !locales)
    return locales.error();
  if (Status choice = ReadChoice(values, search); !choice) return choice.error();
  search.request.passages = values.Count("passages", 1);
  search.request.typos = values.Get<std::string>("typos", "auto") == "auto";
  search.request.matching_strategy = ReadStrategy(values.Get<std::string>("matchingStrategy", "auto"));
  search.fields = FieldSelection(values.Get("attributesToRetrieve", Names{"*"}));
  search.request.with_body = search.fields.with_body();
  search.show_ranking_score = values.Get("showRankingScore", false);
  return search;
}

}  // namespace quipu::searchd
