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

constexpr std::array kExitCodes = {
    config::ExitCode{0, "done; documents that failed are in the report and the summary"},
    config::ExitCode{1, "the job failed and the index is as it was"},
    config::ExitCode{2, "wrong usage or configuration"},
    config::ExitCode{3, "a guard refused to publish, or evaluate found less than --min-ndcg"},
    config::ExitCode{4, "another job holds the index"},
    config::ExitCode{130, "interrupted; the next run resumes"},
};

constexpr std::array kExamples = {
    config::Example{"check", "Is the configuration right?"},
    config::Example{"run", "Bring every index up to date."},
    config::Example{"run statements --dry-run", "What would a job change?"},
    config::Example{"run --report -", "What became of each document, a line of JSON each."},
    config::Example{"add statements more.jsonl", "Add the documents of a file, one a line."},
    config::Example{"delete statements 2021/draft.html", "Take a document out."},
};

}  // namespace

const config::Program& IndexerProgram() {
  static constexpr config::Program kProgram{.name = "quipu-indexer",
                                            .summary = "turns files into a search index",
                                            .commands = kCommands,
                                            .options = kOptions,
                                            .default_command = "",
                                            .exit_codes = kExitCodes,
                                            .examples = kExamples};
  return kProgram;
}

}  // namespace quipu
