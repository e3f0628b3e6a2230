// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/search/score_parts.h"
#include "searchd/catalog.h"
#include "searchd/commands.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/json/render_error.h"
#include "searchd/json/render_search_result.h"
#include "searchd/pages/terminal_text.h"

namespace quipu::searchd {
namespace {

constexpr std::chrono::seconds kWordsAwaited(5);

int Complain(int exit_code, std::string_view sentence) {
  fmt::print(stderr, "quipu-searchd: {}\n", sentence);
  return exit_code;
}

void PrintRelated(std::string_view label, const std::vector<search::RelatedDocument>& documents) {
  for (const search::RelatedDocument& other : documents) {
    fmt::print("     {}: {}  {}{}\n", label, PlainText(other.title.empty() ? other.id : other.title),
               PlainText(other.url), other.language.empty() ? "" : "  [" + PlainText(other.language) + "]");
  }
}

/// Why the hit ranks where it does, and how the search went.
void PrintScore(const search::Hit& hit) {
  fmt::print("     score {:.4f}\n", hit.score);
  for (const search::ScorePart& part : hit.score_parts) {
    fmt::print("       {:.4f}  {}", part.score, PlainText(search::DescribePart(part)));
    fmt::print("{}\n", part.documents > 0 ? fmt::format(" ({} documents)", part.documents) : "");
  }
}

void PrintStages(const search::SearchResult& result) {
  for (std::string_view rest = result.explanation; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    fmt::print("{}\n", PlainText(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (const search::StageTime& time : result.times)
    fmt::print("{}: {:.3f} ms\n", time.name, static_cast<double>(time.nanoseconds) / 1e6);
}

void PrintHit(const search::Hit& hit, std::uint32_t number, bool bold) {
  const schema::Document& document = hit.document;
  fmt::print("\n{}. {}\n", number, BoldText(EmphasizedTitle(hit), bold));
  fmt::print("   {}", PlainText(document.url.empty() ? document.id : document.url));
  if (!document.date.empty()) fmt::print("  {}", PlainText(document.date));
  if (!document.language.empty()) fmt::print("  [{}]", PlainText(document.language));
  fmt::print("\n");
  PrintRelated("also", hit.translations);
  PrintRelated("nearly the same", hit.duplicates);
  for (const search::Passage& passage : hit.passages) {
    fmt::print("     {}\n", BoldText(passage.html, bold));
    if (passage.page > 0 || !passage.heading.empty()) {
      fmt::print("     -> {}{}\n", passage.page > 0 ? fmt::format("page {} ", passage.page) : "",
                 PlainText(passage.heading));
    }
  }
}

void PrintFacets(const search::SearchResult& result) {
  for (const search::FacetCounts& facet : result.facets) {
    fmt::print("\n{}:", PlainText(facet.field));
    for (const search::FacetValue& value : facet.values)
      fmt::print("  {} ({})", PlainText(value.text), value.count);
    fmt::print("\n");
  }
}

std::vector<std::string> AtCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

void PrintResult(const SearchParameterSet& search, const search::SearchResult& result, std::int64_t ms) {
  const bool bold = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print("{}{} {} for \"{}\" ({} ms)\n", result.total_is_exact ? "" : "at least ", result.total,
             result.total == 1 ? "document" : "documents", PlainText(search.request.q), ms);
  if (result.corrected) {
    fmt::print("{} \"{}\"\n", result.corrected->applied ? "also searched:" : "did you mean:",
               PlainText(result.corrected->text));
  }
  if (!result.relaxed.empty()) fmt::print("loosened, since nothing was found\n");
  std::uint32_t number = search.request.offset;
  if (search.request.explain) PrintStages(result);
  for (const search::Hit& hit : result.hits) {
    PrintHit(hit, ++number, bold);
    if (search.request.score_details) PrintScore(hit);
  }
  PrintFacets(result);
}

}  // namespace

int Query(const config::CommandLine& line, const config::Config& config) {
  const auto start = std::chrono::steady_clock::now();
  const auto holdings = OpenHoldings(config);
  const Grant everything;
  const auto index = holdings->Find(line.arguments.front(), everything);
  if (!index) return Complain(2, index.error().message);

  ParameterValues values;
  std::string words;
  for (std::size_t i = 1; i < line.arguments.size(); ++i) words += (i == 1 ? "" : " ") + line.arguments[i];
  values.Set("q", words);
  values.Set("limit", line.Number("limit", 10));
  values.Set("offset", line.Number("offset", 0));
  values.Set("passages", line.Number("passages", 1));
  values.Set("showRankingScore", line.Has("explain"));
  values.Set("showRankingScoreDetails", line.Has("explain"));
  values.Set("showPerformanceDetails", line.Has("explain"));
  if (line.Has("all-duplicates")) values.Set("duplicates", std::string("show"));
  if (line.Has("matching")) values.Set("matchingStrategy", std::string(line.Get("matching")));
  values.Set("filter", line.Get("filter"));
  values.Set("sort", AtCommas(line.Get("sort")));
  values.Set("facets", AtCommas(line.Get("facets")));
  Result<SearchParameterSet> search = BuildSearch(values);
  if (!search) return Complain(2, search.error().message);
  search->request.deadline_ms = config.searchd.query_deadline_ms;
  search->request.explain = line.Has("explain");
  // One query has no later one that could profit from words which come a moment too late.
  (*index)->AwaitWords(kWordsAwaited);
  const auto result = (*index)->Search(search->request);
  if (!result) return Complain(StatusOf(result.error().code) == 400 ? 2 : 1, result.error().message);
  const std::int64_t ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  if (line.Has("json")) {
    fmt::print("{}\n", RenderSearchResult(*search, *result, ms));
  } else {
    PrintResult(*search, *result, ms);
  }
  return 0;
}

}  // namespace quipu::searchd
