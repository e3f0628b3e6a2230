// SPDX-License-Identifier: GPL-2.0-or-later
// How good the answers are: indexes each judged collection of a folder as the product would, asks its queries
// as a person types them, and prints nDCG@10, MAP and Recall@100.
//
//   bench_relevance [--runs FOLDER] [--work FOLDER] [--ask NAME=VALUE]… [COLLECTIONS [NAME…]]
//
// COLLECTIONS (default ../shared/collections) has a folder for each collection with corpus.jsonl,
// queries.tsv, qrels.tsv and perhaps queries.typo.tsv. --runs writes TREC run files; --work keeps the indexes
// for next time;
// --ask changes a number of core/search/ranking.h for this run.
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "bench/relevance/collection.h"
#include "core/index/index_job.h"
#include "core/search/relevance_measures.h"
#include "core/search/searcher.h"

namespace fs = std::filesystem;

namespace quipu::bench {
namespace {

using search::Measures;
using search::Run;

struct Arguments {
  fs::path collections = "../shared/collections";
  std::vector<std::string> names;
  fs::path runs;
  fs::path work;
  search::Ranking ranking = search::kRanking;
};

bool SetNumber(search::Ranking& ranking, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) return false;
  const std::map<std::string, double*> numbers = {
      {"k1", &ranking.shape.k1},
      {"b", &ranking.shape.b},
      {"presence", &ranking.shape.presence},
      {"headline_k1", &ranking.shape.headline_k1},
      {"folded_bonus", &ranking.folded_bonus},
      {"exact_bonus", &ranking.exact_bonus},
      {"prefix_share", &ranking.prefix_share},
      {"title_bonus", &ranking.title_bonus},
      {"enough_share", &ranking.enough_share},
      {"all_words_boost", &ranking.all_words_boost},
  };
  const auto found = numbers.find(assignment.substr(0, equals));
  if (found == numbers.end()) return false;
  *found->second = std::atof(assignment.c_str() + equals + 1);
  return true;
}

bool ReadArguments(int argc, char** argv, Arguments& arguments) {
  bool folder_given = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool has_value = i + 1 < argc;
    if (argument == "--runs" && has_value) {
      arguments.runs = argv[++i];
    } else if (argument == "--work" && has_value) {
      arguments.work = argv[++i];
    } else if (argument == "--ask" && has_value) {
      if (!SetNumber(arguments.ranking, argv[++i])) return false;
    } else if (argument.starts_with("--")) {
      return false;
    } else if (!folder_given) {
      arguments.collections = argument;
      folder_given = true;
    } else {
      arguments.names.push_back(argument);
    }
  }
  return true;
}

index::IndexReader OpenIndex(const fs::path& collection, const fs::path& root) {
  if (auto reader = index::IndexReader::Open(root)) return std::move(reader).value();
  index::JobOptions options;
  options.rebuild = true;
  auto job = index::IndexJob::Begin(root, options);
  if (!job) throw std::runtime_error(job.error().message);
  ReadCorpus(collection / "corpus.jsonl", [&](schema::Document document) {
    index::ManifestEntry entry;
    entry.id = document.id;
    entry.state = "indexed";
    (*job)->Put(std::move(document), std::move(entry));
  });
  (*job)->Publish();
  auto reader = index::IndexReader::Open(root);
  if (!reader) throw std::runtime_error(reader.error().message);
  return std::move(reader).value();
}

Run Ask(index::IndexReader& reader, const Queries& queries, const search::Ranking& ranking,
        const fs::path& run_file) {
  text::Analyzer analyzer;
  search::Searcher searcher(reader, analyzer, search::QueryLanguages(reader.Facts()), ranking);
  std::ofstream out;
  if (!run_file.empty()) out.open(run_file);
  Run run;
  for (const auto& [id, text] : queries) {
    search::SearchRequest request;
    request.q = text;
    request.limit = 100;
    request.passages = 0;
    request.deadline_ms = 10000;
    const auto result = searcher.Search(request);
    if (!result) throw std::runtime_error(result.error().message);
    std::size_t rank = 0;
    for (const search::Hit& hit : result->hits) {
      run[id].push_back(hit.document.id);
      ++rank;
      if (out) out << fmt::format("{} Q0 {} {} {:.9f} quipu\n", id, hit.document.id, rank, hit.score);
    }
  }
  return run;
}

void Report(const Arguments& arguments, const std::string& name) {
  const fs::path folder = arguments.collections / name;
  const Qrels qrels = ReadQrels(folder / "qrels.tsv");
  index::IndexReader reader = OpenIndex(folder, arguments.work / name);
  for (const char* kind : {"queries", "queries.typo"}) {
    const Queries queries = ReadQueries(folder / (std::string(kind) + ".tsv"));
    if (queries.empty()) continue;
    const fs::path run_file =
        arguments.runs.empty() ? fs::path() : arguments.runs / (name + "." + kind + ".run");
    const Measures measures = search::Evaluate(qrels, Ask(reader, queries, arguments.ranking, run_file));
    fmt::print("{:12} {:13} {:.4f}   {:.4f}   {:.4f}   {}\n", name, kind, measures.ndcg_10, measures.map,
               measures.recall_100, measures.queries);
    std::fflush(stdout);
  }
}

int Main(int argc, char** argv) {
  Arguments arguments;
  if (!ReadArguments(argc, argv, arguments)) {
    fmt::print(
        stderr,
        "usage: bench_relevance [--runs FOLDER] [--work FOLDER] [--ask NAME=VALUE]… [COLLECTIONS [NAME…]]\n");
    return 2;
  }
  if (!fs::is_directory(arguments.collections)) {
    fmt::print("No judged collections at {}: nothing measured.\n", arguments.collections.string());
    return 0;
  }
  if (arguments.names.empty()) {
    for (const auto& entry : fs::directory_iterator(arguments.collections)) {
      if (fs::exists(entry.path() / "corpus.jsonl"))
        arguments.names.push_back(entry.path().filename().string());
    }
    std::sort(arguments.names.begin(), arguments.names.end());
  }
  const bool keep = !arguments.work.empty();
  if (!keep) {
    std::string name = (fs::temp_directory_path() / "quipu-relevance-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    arguments.work = name;
  }
  fmt::print("{:12} {:13} nDCG@10  MAP      R@100    queries\n", "collection", "queries");
  for (const std::string& name : arguments.names) Report(arguments, name);
  if (!keep) fs::remove_all(arguments.work);
  return 0;
}

}  // namespace
}  // namespace quipu::bench

int main(int argc, char** argv) {
  try {
    return quipu::bench::Main(argc, argv);
  } catch (const Xapian::Error& failure) {
    fmt::print(stderr, "bench_relevance: {}\n", failure.get_description());
    return 1;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_relevance: {}\n", failure.what());
    return 1;
  }
}
