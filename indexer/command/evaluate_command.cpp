// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/search/judgment_file.h"
#include "core/search/relevance_measures.h"
#include "core/search/search_index.h"
#include "indexer/command/command.h"

namespace quipu::command {
namespace {

using job::Ending;
using search::Measures;
using search::Qrels;
using search::Run;

// What recall and MAP look at.
constexpr std::uint32_t kDepth = 100;
// Nobody waits for a page here.
constexpr std::int64_t kDeadlineMs = 60000;

/// What is asked, and what it is judged by.
struct Task {
  Qrels qrels;
  std::map<std::string, std::string> texts;  // of the queries in `qrels`
  std::optional<double> least_ndcg;
};

Result<Qrels> ReadQrels(const std::string& file) {
  const auto text = search::ReadWholeFile(file);
  if (!text) return text.error();
  auto qrels = search::ParseJudgments(*text);
  if (!qrels) return Error{Code::kUsage, fmt::format("{}: {}", file, qrels.error().message)};
  if (qrels->empty()) return Error{Code::kUsage, fmt::format("{}: there is no judgment in it", file)};
  return qrels;
}

Status ReadTexts(const std::string& file, Task& task) {
  if (file.empty()) {
    for (const auto& [query, judged] : task.qrels) task.texts[query] = query;
    return Done{};
  }
  const auto text = search::ReadWholeFile(file);
  if (!text) return text.error();
  const auto queries = search::ParseQueries(*text);
  if (!queries) return Error{Code::kUsage, fmt::format("{}: {}", file, queries.error().message)};
  for (const auto& [name, query] : *queries) task.texts[name] = query;
  for (const auto& [query, judged] : task.qrels) {
    if (!task.texts.contains(query))
      return Error{Code::kUsage, fmt::format("{}: the judged query `{}` is not in it", file, query)};
  }
  return Done{};
}

Result<Task> ReadTask(const config::CommandLine& line) {
  auto qrels = ReadQrels(line.arguments.at(1));
  if (!qrels) return qrels.error();
  Task task;
  task.qrels = std::move(*qrels);
  if (Status texts = ReadTexts(std::string(line.Get("queries")), task); !texts) return texts.error();
  if (line.Has("min-ndcg")) {
    const std::string given = line.Get("min-ndcg");
    char* end = nullptr;
    const double least = std::strtod(given.c_str(), &end);
    if (given.empty() || *end != '\0' || !(least >= 0 && least <= 1))
      return Error{Code::kUsage, fmt::format("--min-ndcg: `{}` is no number from 0 to 1", given)};
    task.least_ndcg = least;
  }
  return task;
}

/// A name as a column of a run file, which white space ends.
std::string Column(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c <= ' '; }, '_');
  return name;
}

/// Asks every query as the search page would; writes what is answered to `run_file` if there is one.
Result<Run> Ask(const search::SearchIndex& index, const Task& task, std::ostream* run_file) {
  Run run;
  for (const auto& [name, judged] : task.qrels) {
    search::SearchRequest request;
    request.q = task.texts.at(name);
    request.limit = kDepth;
    request.passages = 0;
    request.deadline_ms = kDeadlineMs;
    const auto result = index.Search(request);
    if (!result) return result.error();
    std::vector<std::string>& order = run[name];
    for (const search::Hit& hit : result->hits) {
      order.push_back(hit.document.id);
      if (run_file == nullptr) continue;
      *run_file << fmt::format("{} Q0 {} {} {:.9f} quipu\n", Column(name), Column(hit.document.id),
                               order.size(), hit.score);
    }
  }
  return run;
}

nlohmann::ordered_json ToJson(const Measures& measures) {
  return {{"nDCG@10", measures.ndcg_10},
          {"MRR", measures.mrr},
          {"MAP", measures.map},
          {"Recall@100", measures.recall_100},
          {"P@10", measures.precision_10}};
}

std::string Line(const Measures& measures) {
  return fmt::format("nDCG@10={:.4f}\tMRR={:.4f}\tMAP={:.4f}\tRecall@100={:.4f}\tP@10={:.4f}",
                     measures.ndcg_10, measures.mrr, measures.map, measures.recall_100,
                     measures.precision_10);
}

void PrintText(const Task& task, const Run& run, const Measures& mean, bool verbose) {
  for (const auto& [name, judged] : task.qrels) {
    const Measures one = search::EvaluateQuery(judged, run.at(name));
    // A query to which nothing is relevant counts in no mean.
    if (verbose && one.queries > 0) Print(fmt::format("{}\t{}\n", name, Line(one)));
  }
  Print(fmt::format(
      "nDCG@10\t{:.4f}\nMRR\t{:.4f}\nMAP\t{:.4f}\nRecall@100\t{:.4f}\nP@10\t{:.4f}\nqueries\t{}\n",
      mean.ndcg_10, mean.mrr, mean.map, mean.recall_100, mean.precision_10, mean.queries));
}

void PrintJson(const Task& task, const Run& run, const Measures& mean, bool verbose) {
  nlohmann::ordered_json json = ToJson(mean);
  json["queries"] = mean.queries;
  if (verbose) {
    nlohmann::ordered_json& queries = json["perQuery"] = nlohmann::ordered_json::object();
    for (const auto& [name, judged] : task.qrels) {
      const Measures one = search::EvaluateQuery(judged, run.at(name));
      if (one.queries > 0) queries[name] = ToJson(one);
    }
  }
  Print(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

Ending Misused(const Error& error) {
  Complain(error.message);
  return Ending::kMisused;
}

}  // namespace

Ending Evaluate(const Context& context) {
  const auto settings = FindIndex(context.config, context.line.arguments.at(0));
  if (!settings) return Misused(settings.error());
  const auto task = ReadTask(context.line);
  if (!task) return Misused(task.error());
  const search::SearchIndex index(**settings, context.config.data_dir / (*settings)->name);
  std::ofstream run_file;
  if (context.line.Has("run")) {
    run_file.open(std::string(context.line.Get("run")));
    if (!run_file) return Misused({Code::kUsage, "--run: the file cannot be written"});
  }
  const auto run = Ask(index, *task, context.line.Has("run") ? &run_file : nullptr);
  if (!run) {
    Complain(run.error().message);
    return Ending::kFailed;
  }
  if (context.line.Has("run") && !run_file.flush()) {
    Complain("--run: the file could not be written to its end");
    return Ending::kFailed;
  }
  const Measures mean = search::Evaluate(task->qrels, *run);
  const bool verbose = context.line.Has("verbose");
  context.line.Has("json") ? PrintJson(*task, *run, mean, verbose) : PrintText(*task, *run, mean, verbose);
  if (!task->least_ndcg || mean.ndcg_10 >= *task->least_ndcg) return Ending::kDone;
  Complain(fmt::format("nDCG@10 is {:.4f}, below the {:.4f} that --min-ndcg asks for", mean.ndcg_10,
                       *task->least_ndcg));
  return Ending::kRefused;
}

}  // namespace quipu::command
