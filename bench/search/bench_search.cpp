// SPDX-License-Identifier: GPL-2.0-or-later
// What a search costs beside bare Xapian: the same queries on the same index, ten hits, in one run.
//
//   bench_search INDEX QUERIES [SECONDS [bare|ours|once]]
//
// INDEX is an index folder (DATA_DIR/NAME), QUERIES a file with a query a line (`id TAB text` is understood).
// "bare" is Xapian's OR of the query's stems, get_mset of ten and nothing else; "ours" the search with
// passages alone on one thread, for a profiler; "once" asks each query once, for one that counts
// instructions.
#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/index/index_reader.h"
#include "core/search/search_index.h"
#include "core/text/analyzer.h"

namespace quipu::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Ask = std::function<void(const std::string&)>;

std::vector<std::string> ReadQueries(const char* file) {
  std::vector<std::string> queries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    queries.push_back(tab == std::string::npos ? line : line.substr(tab + 1));
  }
  return queries;
}

struct Figures {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

// Every thread makes its own Ask, so that nothing is shared that the real program would not share.
Figures Measure(const std::vector<std::string>& queries, int threads, double seconds,
                const std::function<Ask()>& make) {
  std::vector<std::vector<double>> times(static_cast<std::size_t>(threads));
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> running;
  const auto begin = Clock::now();
  for (auto& mine : times) {
    running.emplace_back([&] {
      const Ask ask = make();
      while (std::chrono::duration<double>(Clock::now() - begin).count() < seconds) {
        const std::string& query = queries[next++ % queries.size()];
        const auto start = Clock::now();
        ask(query);
        mine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  const double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
  std::vector<double> all;
  for (const auto& mine : times) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  return {static_cast<double>(all.size()) / elapsed, all[all.size() / 2], all[all.size() * 99 / 100]};
}

Ask BareXapian(const std::filesystem::path& root, const std::string& language) {
  auto opened = index::IndexReader::Open(root);
  if (!opened) throw std::runtime_error(opened.error().message);
  auto reader = std::make_shared<index::IndexReader>(std::move(opened).value());
  auto analyzer = std::make_shared<text::Analyzer>();
  return [reader, analyzer, language](const std::string& query) {
    std::vector<std::string> stems;
    analyzer->Analyze(query, {.language = language},
                      [&](const text::Token& token) { stems.push_back("Z" + std::string(token.stem)); });
    Xapian::Enquire enquire(reader->database());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, stems.begin(), stems.end()));
    enquire.get_mset(0, 10);
  };
}

Ask Ours(const search::SearchIndex& index, std::uint32_t passages) {
  return [&index, passages](const std::string& query) {
    search::SearchRequest request;
    request.q = query;
    request.limit = 10;
    request.passages = passages;
    const auto result = index.Search(request);
    if (!result) throw std::runtime_error(result.error().message);
  };
}

int Main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_search INDEX QUERIES [SECONDS [bare|ours|once]]\n");
    return 2;
  }
  const std::filesystem::path root = argv[1];
  const std::vector<std::string> queries = ReadQueries(argv[2]);
  const double seconds = argc > 3 ? std::atof(argv[3]) : 5;
  const bool bare_only = argc > 4 && std::string_view(argv[4]) == "bare";
  const search::SearchIndex index({}, root);
  const auto facts = index.Facts();
  if (!facts || queries.empty()) {
    fmt::print("Nothing to measure: {}\n", facts ? "no queries" : facts.error().message);
    return 0;
  }
  if (argc > 4 && std::string_view(argv[4]) == "ours") {
    const Figures ours = Measure(queries, 1, seconds, [&] { return Ours(index, 1); });
    fmt::print("{:.0f} q/s, p50 {:.3f} ms, p99 {:.3f} ms\n", ours.per_second, ours.p50_ms, ours.p99_ms);
    return 0;
  }
  if (argc > 4 && std::string_view(argv[4]) == "once") {
    const Ask ask = Ours(index, 1);
    std::for_each(queries.begin(), queries.end(), ask);
    return 0;
  }
  const std::string language = facts->languages.empty() ? "" : facts->languages.front();
  fmt::print("{} documents, {} queries\n{:24} threads     q/s  p50 ms  p99 ms  of bare\n", facts->documents,
             queries.size(), "");
  for (const int threads : {1, 2}) {
    const Figures bare = Measure(queries, threads, seconds, [&] { return BareXapian(root, language); });
    const auto print = [&](const char* name, const Figures& figures) {
      fmt::print("{:24} {:7} {:7.0f} {:7.2f} {:7.2f} {:8.2f}\n", name, threads, figures.per_second,
                 figures.p50_ms, figures.p99_ms, figures.per_second / bare.per_second);
    };
    print("bare Xapian", bare);
    if (bare_only) continue;
    print("search, no passages", Measure(queries, threads, seconds, [&] { return Ours(index, 0); }));
    print("search with passages", Measure(queries, threads, seconds, [&] { return Ours(index, 1); }));
  }
  return 0;
}

}  // namespace
}  // namespace quipu::bench

int main(int argc, char** argv) {
  try {
    return quipu::bench::Main(argc, argv);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_search: {}\n", failure.what());
    return 1;
  }
}
