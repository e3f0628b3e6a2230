// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/options.h"

#include <array>

namespace quipu {
namespace {

using config::Command;
using config::Option;

constexpr std::array kCommands = {
    Command{"run", "[INDEX…]", "scan the sources, read what changed, publish; without a name every index"},
    Command{"watch", "[INDEX…]", "run, then again whenever files change, until stopped"},
    Command{"add", "INDEX FILE|-", "add or replace documents given as JSON, one a line"},
    Command{"delete", "INDEX ID…", "remove documents by id"},
    Command{"check", "", "say whether the configuration is right and the indexes are sound"},
    Command{"status", "[INDEX…]", "documents, generation and last job of each index"},
    Command{"evaluate", "INDEX JUDGMENTS",
            "ask judged queries and say how good the answers are (nDCG@10, MRR, MAP, …)"},
};

constexpr std::array kOptions = {
    Option{.name = "rebuild",
           .meaning = "write a new generation from nothing and swap at the end",
           .commands = "run"},
    Option{.name = "dry-run", .meaning = "print the plan and change nothing", .commands = "run"},
    Option{.name = "report",
           .value = "FILE",
           .meaning = "write what became of each document, as JSON lines (- is standard output)",
           .commands = "run,add"},
    Option{.name = "jobs",
           .value = "N",
           .meaning = "documents read at once (default: one a core)",
           .commands = "run,watch,add",
           .min = 1,
           .max = 256},
    Option{.name = "max-vanish-percent",
           .value = "N",
           .meaning = "publish even if so many of the documents disappear",
           .commands = "run,watch",
           .min = 0,
           .max = 100},
    Option{.name = "progress",
           .value = "auto|bar|lines|json|none",
           .meaning = "how to show progress, on standard error",
           .commands = "run,watch"},
    Option{.name = "quiet",
           .short_name = 'q',
           .meaning = "show no progress",
           .commands = "run,watch,add,delete"},
    Option{.name = "json", .meaning = "answer in JSON", .commands = "status,evaluate"},
    Option{.name = "verbose", .short_name = 'v', .meaning = "a line for each query", .commands = "evaluate"},
    Option{.name = "queries",
           .value = "FILE",
           .meaning = "the queries' texts, `name TAB text` a line; JUDGMENTS then has their names",
           .commands = "evaluate"},
    Option{.name = "min-ndcg",
           .value = "X",
           .meaning = "end with exit code 3 if nDCG@10 is below X (0 to 1)",
           .commands = "evaluate"},
    Option{.name = "run",
           .value = "FILE",
           .meaning = "write what was answered as a TREC run",
           .commands = "evaluate"},
};

constexpr std::string_view kNotes =
    "Exit codes: 0 done (documents that failed are in the report and the summary), 1 the job failed and the\n"
    "index is as it was, 2 usage or configuration, 3 a guard refused to publish or\n"
    "evaluate found less than --min-ndcg, 4 another job holds the index, 130 interrupted (the next run\n"
    "resumes).\n";

}  // namespace

const config::Program& IndexerProgram() {
  static constexpr config::Program kProgram{.name = "quipu-indexer",
                                            .summary = "turns files into a search index",
                                            .commands = kCommands,
                                            .options = kOptions,
                                            .default_command = "",
                                            .notes = kNotes};
  return kProgram;
}

}  // namespace quipu
