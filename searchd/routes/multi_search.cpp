// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "searchd/json/parse_multi_search.h"
#include "searchd/json/render_error.h"
#include "searchd/json/render_search_result.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/typing.h"

namespace quipu::searchd {
namespace {

using Clock = std::chrono::steady_clock;
using Index = std::shared_ptr<const GrantedIndex>;

std::int64_t MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

/// All the queries of one request share one deadline, or fifty of them could hold a thread for a minute.
class Deadline {
 public:
  explicit Deadline(std::int64_t milliseconds) : milliseconds_(milliseconds) {}
  std::int64_t Left() const { return std::max<std::int64_t>(0, milliseconds_ - MillisecondsSince(start_)); }
  std::int64_t Passed() const { return MillisecondsSince(start_); }

 private:
  Clock::time_point start_ = Clock::now();
  std::int64_t milliseconds_;
};

/// `error` as strangers may read it.
Error Public(const MultiSearchQuery& query, const Error& error) {
  if (error.code != Code::kIndexUnavailable && error.code != Code::kIndexVersion) return error;
  return {Code::kIndexUnavailable,
          fmt::format("Index `{}` is not available: it was not built yet, or this version cannot open it.",
                      query.index_uid)};
}

http::Response Refusal(const MultiSearch& multi, std::size_t number, const Error& error) {
  return RenderError(InsideQuery(number, Public(multi.queries[number], error)));
}

http::Response Uncached(std::string body) {
  http::Response response = Json(std::move(body));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

http::Response EachByItself(const MultiSearch& multi, const std::vector<Index>& indexes,
                            const Deadline& deadline) {
  std::vector<std::pair<std::string, std::string>> answers;
  for (std::size_t i = 0; i < multi.queries.size(); ++i) {
    const auto start = Clock::now();
    SearchParameterSet search = multi.queries[i].search;
    search.request.deadline_ms = deadline.Left();
    // With no time left the match ends at once; nothing is read for hits that there are not.
    const auto result = indexes[i]->Search(search.request);
    if (!result) return Refusal(multi, i, result.error());
    answers.emplace_back(multi.queries[i].index_uid,
                         RenderSearchResult(search, *result, MillisecondsSince(start)));
  }
  return Uncached(RenderMultiSearch(answers));
}

/// A hit of one query, before anything is read for it.
struct Candidate {
  double weighted_score = 0;
  std::size_t query = 0;
  std::uint32_t rank = 0;
  std::uint32_t docid = 0;
  std::vector<search::SortValue> sort_values;
};

/// The order of a merged list: that of the request, then by score.
class Order {
 public:
  explicit Order(const std::vector<std::string>& sort) {
    for (const std::string& key : sort) descending_.push_back(key.ends_with(":desc"));
  }

  bool operator()(const Candidate& a, const Candidate& b) const {
    for (std::size_t i = 0; i < descending_.size(); ++i) {
      const int order = search::Compare(a.sort_values[i], b.sort_values[i], descending_[i]);
      if (order != 0) return order < 0;
    }
    return Better(a, b);
  }

 private:
  static bool Better(const Candidate& a, const Candidate& b);

  std::vector<bool> descending_;  // of each key
};

bool Order::Better(const Candidate& a, const Candidate& b) {
  if (a.weighted_score != b.weighted_score) return a.weighted_score > b.weighted_score;
  return a.query != b.query ? a.query < b.query : a.rank < b.rank;
}

/// Merges the answers of several queries in two rounds: the first asks every query for scores only, the
/// second reads the documents of the page.
class Merger {
 public:
  Merger(const MultiSearch& multi, const std::vector<Index>& indexes, const Deadline& deadline)
      : multi_(multi),
        indexes_(indexes),
        deadline_(deadline),
        order_(multi.queries.empty() ? std::vector<std::string>()
                                     : multi.queries.front().search.request.sort) {
    answer_.offset = multi.federation->offset;
    answer_.limit = multi.federation->limit;
    answer_.merged_values = multi.federation->merged_values;
  }

  http::Response Run() {
    for (std::size_t i = 0; i < multi_.queries.size(); ++i) {
      if (const Status asked = AskForScores(i); !asked) return Refusal(multi_, i, asked.error());
    }
    SumTotals();
    CutPage();
    results_.resize(multi_.queries.size());
    for (std::size_t i = 0; i < multi_.queries.size(); ++i) {
      if (const Status read = ReadHits(i); !read) return Refusal(multi_, i, read.error());
    }
    for (const Candidate& candidate : page_) Take(candidate);
    return Uncached(RenderFederated(answer_, deadline_.Passed()));
  }

 private:
  std::uint32_t Window() const { return answer_.offset + answer_.limit; }
  std::string_view NameOf(std::size_t query) const { return indexes_[query]->settings().name; }

  Status AskForScores(std::size_t number) {
    const MultiSearchQuery& query = multi_.queries[number];
    search::SearchRequest request = query.search.request;
    request.offset = 0;
    request.limit = Window();
    request.scores_only = true;
    request.deadline_ms = deadline_.Left();
    const auto& facets = multi_.federation->facets_by_index;
    if (const auto counted = facets.find(query.index_uid); counted != facets.end())
      request.facets = counted->second;
    const auto result = indexes_[number]->Search(request);
    if (!result) return result.error();
    answer_.partial = answer_.partial || result->partial;
    if (!request.facets.empty()) answer_.facets.emplace_back(query.index_uid, result->facets);
    totals_.push_back({result->total, result->total_is_exact});
    std::uint32_t rank = 0;
    for (const search::Hit& hit : result->hits) {
      // The same document may answer two queries; it is listed once, where it scores best.
      page_.push_back({hit.score * query.weight, number, rank++, hit.docid, hit.sort_values});
    }
    KeepBest();
    return Done{};
  }

  void KeepBest() {
    std::sort(page_.begin(), page_.end(), std::cref(order_));
    std::set<std::pair<std::string_view, std::uint32_t>> seen;
    std::erase_if(page_, [&](const Candidate& candidate) {
      return !seen.emplace(NameOf(candidate.query), candidate.docid).second;
    });
    if (page_.size() > Window()) page_.resize(Window());
  }

  // Queries of one index may find the same documents: then there are at least as many as the largest finds.
  void SumTotals() {
    std::map<std::string_view, std::uint64_t> largest;
    std::uint64_t found = 0;
    bool exact = true;
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      std::uint64_t& most = largest[NameOf(i)];
      most = std::max(most, totals_[i].documents);
      found += totals_[i].documents;
      exact = exact && totals_[i].exact;
    }
    const bool apart = largest.size() == totals_.size();
    answer_.total = 0;
    for (const auto& [index, most] : largest) answer_.total += most;
    answer_.total = std::max<std::uint64_t>(answer_.total, page_.size());
    // Everything that was found is in the list: then it can be counted.
    const bool all_listed = exact && found <= Window();
    if (all_listed) answer_.total = page_.size();
    answer_.total_is_exact = exact && (apart || all_listed);
  }

  void CutPage() {
    page_.erase(
        page_.begin(),
        page_.begin() + std::min<std::ptrdiff_t>(answer_.offset, static_cast<std::ptrdiff_t>(page_.size())));
  }

  // The hits of one query in the page follow each other in its own list, but for those that another query
  // found as well.
  Status ReadHits(std::size_t number) {
    std::uint32_t first = UINT32_MAX;
    std::uint32_t last = 0;
    for (const Candidate& candidate : page_) {
      if (candidate.query != number) continue;
      first = std::min(first, candidate.rank);
      last = std::max(last, candidate.rank);
    }
    if (first > last) return Done{};
    search::SearchRequest request = multi_.queries[number].search.request;
    request.offset = first;
    request.limit = last - first + 1;
    request.deadline_ms = std::max<std::int64_t>(deadline_.Left(), kReadMilliseconds);
    auto result = indexes_[number]->Search(request);
    if (!result) return result.error();
    answer_.partial = answer_.partial || result->partial;
    results_[number] = std::move(*result);
    return Done{};
  }

  void Take(const Candidate& candidate) {
    // By document, not by rank: a commit may have come between the two rounds.
    for (const search::Hit& hit : results_[candidate.query].hits) {
      if (hit.docid != candidate.docid) continue;
      const MultiSearchQuery& query = multi_.queries[candidate.query];
      answer_.hits.push_back(
          {&hit, &query.search, query.index_uid, candidate.query, candidate.weighted_score});
      return;
    }
  }

  struct Total {
    std::uint64_t documents = 0;
    bool exact = true;
  };
  // The second round finds what the first did; it must not come back empty because the first was slow.
  static constexpr std::int64_t kReadMilliseconds = 100;

  const MultiSearch& multi_;
  const std::vector<Index>& indexes_;
  const Deadline& deadline_;
  Order order_;
  std::vector<Candidate> page_;
  std::vector<Total> totals_;
  std::vector<search::SearchResult> results_;
  FederatedAnswer answer_;
};

Result<http::Response> Search(const Catalog& catalog, const http::Request& request,
                              const ParameterValues& values) {
  auto multi = BuildMultiSearch(values);
  if (!multi) return multi.error();
  const auto holdings = catalog.Current();
  const Deadline deadline(holdings->config.searchd.query_deadline_ms);
  std::vector<Index> indexes;
  for (std::size_t i = 0; i < multi->queries.size(); ++i) {
    const auto index = holdings->Find(multi->queries[i].index_uid, GrantOf(request));
    if (!index) return InsideQuery(i, index.error());
    indexes.push_back(*index);
  }
  if (multi->federation) return Merger(*multi, indexes, deadline).Run();
  return EachByItself(*multi, indexes, deadline);
}

}  // namespace

void AddMultiSearchEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{"POST", "/multi-search", http::Cost::kSearch,
                        "Several searches in one request; with `federation` one merged list.",
                        Checked(MultiSearchParameters(),
                                [&catalog = services.catalog](const auto& request, const auto& values) {
                                  return Search(catalog, request, values);
                                }),
                        nullptr, TypingOf(services.catalog)},
                       MultiSearchParameters(),
                       Answer::kObject});
}

}  // namespace quipu::searchd
