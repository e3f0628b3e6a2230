// SPDX-License-Identifier: GPL-2.0-or-later
// How good the answers are: indexes each judged collection of a folder as the product would, asks its queries
// as a person types them, and prints nDCG@10, MAP and Recall@100.
//
//   bench_relevance [--runs FOLDER] [--work FOLDER] [--ask NAME=VALUE]… [--typos-off] [--show-corrections]
//                   [COLLECTIONS [NAME…]]
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
#include <memory>
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
  bool typos = true;
  bool show_corrections = false;
};

bool SetNumber(search::Ranking& ranking, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) return false;
  const std::map<std::string, double*> numbers = {
      {"k1", &ranking.shape.k1},
      {"b", &ranking.shape.b},
      {"presence", &ranking.shape.presence},
      {"bigram_k1", &ranking.shape.bigram_k1},
      {"headline_k1", &ranking.shape.headline_k1},
      {"folded_bonus", &ranking.folded_bonus},
      {"exact_bonus", &ranking.exact_bonus},
      {"prefix_share", &ranking.prefix_share},
      {"title_bonus", &ranking.title_bonus},
      {"enough_share", &ranking.enough_share},
      {"all_words_boost", &ranking.all_words_boost},
      {"pair_share", &ranking.proximity.share},
      {"pair_far_share", &ranking.proximity.far_share},
      {"pair_k1", &ranking.proximity.k1},
      {"pair_b", &ranking.proximity.b},
      {"pair_least_rarity", &ranking.proximity.least_rarity},
      {"feedback_share", &ranking.feedback.share},
      {"sharpness", &ranking.feedback.sharpness},
      {"flat_from", &ranking.feedback.flat_from},
      {"flat_to", &ranking.feedback.flat_to},
      {"slip_cost_weight", &ranking.slip_cost_weight},
      {"slip_frequency_weight", &ranking.slip_frequency_weight},
      {"slip_share", &ranking.slip_share},
      {"slip_share_decay", &ranking.slip_share_decay},
      {"slip_least_relative", &ranking.slip_least_relative},
      {"rare_ratio", &ranking.rare_ratio},
      {"rare_ratio_share", &ranking.rare_ratio_share},
  };
  const std::string name = assignment.substr(0, equals);
  const std::map<std::string, std::size_t*> counts = {
      {"feedback_documents", &ranking.feedback.documents},
      {"pair_words", &ranking.proximity.most_words},
      {"feedback_words", &ranking.feedback.words},
      {"feedback_least_query_words", &ranking.feedback.least_query_words},
  };
  const std::map<std::string, std::uint32_t*> sizes = {
      {"pair_window", &ranking.proximity.window},
      {"rerank_documents", &ranking.rerank_documents},
  };
  if (const auto size = sizes.find(name); size != sizes.end()) {
    *size->second = static_cast<std::uint32_t>(std::atoi(assignment.c_str() + equals + 1));
    return true;
  }
  if (const auto count = counts.find(name); count != counts.end()) {
    *count->second = static_cast<std::size_t>(std::atoi(assignment.c_str() + equals + 1));
    return true;
  }
  const auto found = numbers.find(name);
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
    } else if (argument == "--typos-off") {
      arguments.typos = false;
    } else if (argument == "--show-corrections") {
      arguments.show_corrections = true;
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

// Of one set of queries.
struct Asked {
  Run run;
  std::size_t corrected = 0;  // queries in which a word was
};

Asked Ask(index::IndexReader& reader, const Queries& queries, const Arguments& arguments,
          const fs::path& run_file) {
  text::Analyzer analyzer;
  search::Searcher searcher(reader, analyzer, search::QueryLanguages(reader.Facts()), arguments.ranking);
  searcher.UseAids(
      {.vocabulary = std::make_shared<const query::Vocabulary>(query::Vocabulary::Read(reader.database())),
       .rules = nullptr});
  std::ofstream out;
  if (!run_file.empty()) out.open(run_file);
  Asked asked;
  for (const auto& [id, text] : queries) {
    search::SearchRequest request;
    request.q = text;
    request.typos = arguments.typos;
    request.limit = 100;
    request.passages = 0;
    request.deadline_ms = 10000;
    const auto result = searcher.Search(request);
    if (!result) throw std::runtime_error(result.error().message);
    asked.corrected += result->corrected && result->corrected->applied ? 1 : 0;
    if (arguments.show_corrections && result->corrected)
      fmt::print(stderr, "{}\n  -> {}{}\n", text, result->corrected->text,
                 result->corrected->applied ? "" : " (offered)");
    std::size_t rank = 0;
    for (const search::Hit& hit : result->hits) {
      asked.run[id].push_back(hit.document.id);
      ++rank;
      if (out) out << fmt::format("{} Q0 {} {} {:.9f} quipu\n", id, hit.document.id, rank, hit.score);
    }
  }
  return asked;
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
    const Asked asked = Ask(reader, queries, arguments, run_file);
    const Measures measures = search::Evaluate(qrels, asked.run);
    fmt::print("{:12} {:13} {:.4f}   {:.4f}   {:.4f}   {:7}   {}\n", name, kind, measures.ndcg_10,
               measures.map, measures.recall_100, measures.queries, asked.corrected);
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
  fmt::print("{:12} {:13} nDCG@10  MAP      R@100    queries   corrected\n", "collection", "queries");
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
