// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/parse_search_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

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

/// Which of the names are fields is the index's knowledge; the core refuses those that are none.
void ReadSearchedFields(const Names& names, search::SearchRequest& request) {
  if (std::find(names.begin(), names.end(), "*") == names.end()) request.attributes_to_search_on = names;
}

/// "body:30" is `body` in 30 words; a name may hold a colon itself.
Status ReadCrop(const Names& names, std::uint32_t words, search::FieldFormat& format) {
  for (const std::string& name : names) {
    search::CroppedField field{name, words};
    const std::size_t colon = name.rfind(':');
    const std::string_view digits =
        colon == std::string::npos ? std::string_view() : std::string_view(name).substr(colon + 1);
    if (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos) {
      const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), field.words);
      if (fault != std::errc() || field.words > kMaxCropWords) {
        return Error{Code::kInvalidSearchAttributesToCrop,
                     fmt::format("`{}` in `attributesToCrop` asks for more than {} words.",
                                 name.substr(0, 64), kMaxCropWords)};
      }
      field.name = name.substr(0, colon);
    }
    format.crop.push_back(std::move(field));
  }
  return Done{};
}

Status ReadFormat(const ParameterValues& values, search::FieldFormat& format) {
  format.retrieve = values.Get("attributesToRetrieve", Names{"*"});
  format.highlight = values.Get("attributesToHighlight", Names());
  format.pre_tag = values.Get<std::string>("highlightPreTag", "<em>");
  format.post_tag = values.Get<std::string>("highlightPostTag", "</em>");
  format.crop_marker = values.Get<std::string>("cropMarker", "…");
  format.matches_position = values.Get("showMatchesPosition", false);
  return ReadCrop(values.Get("attributesToCrop", Names()), values.Count("cropLength", 10), format);
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
  if (Status format = ReadFormat(values, search.request.format); !format) return format.error();
  ReadSearchedFields(values.Get("attributesToSearchOn", Names()), search.request);
  if (Status locales = ReadLocales(values.Get("locales", Names()), search.request); !locales)
    return locales.error();
  if (Status choice = ReadChoice(values, search); !choice) return choice.error();
  search.request.passages = values.Count("passages", 1);
  search.request.typos = values.Get<std::string>("typos", "auto") == "auto";
  search.request.matching_strategy = ReadStrategy(values.Get<std::string>("matchingStrategy", "auto"));
  search.fields = FieldSelection(values.Get("attributesToRetrieve", Names{"*"}));
  search.request.with_body = search.fields.with_body();
  search.show_ranking_score = values.Get("showRankingScore", false);
  search.show_performance_details = values.Get("showPerformanceDetails", false);
  search.request.score_details = values.Get("showRankingScoreDetails", false);
  search.request.score_threshold = values.Get("rankingScoreThreshold", 0.0);
  search.request.fold_duplicates = values.Get<std::string>("duplicates", "fold") == "fold";
  return search;
}

}  // namespace quipu::searchd
