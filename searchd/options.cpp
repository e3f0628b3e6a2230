// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/options.h"

#include <array>

namespace quipu::searchd {
namespace {

constexpr std::array kCommands = {
    config::Command{"serve", "", "Serves the indexes over HTTP until stopped."},
    config::Command{"check", "", "Says whether the configuration is right and every index can be opened."},
    config::Command{"query", "INDEX WORDS…", "Searches from the shell: the same search, readable."},
};

constexpr std::array kOptions = {
    config::Option{.name = "listen",
                   .value = "ADDRESS",
                   .meaning = "Serve here instead of where the configuration says: host:port, [v6]:port, "
                              "unix:/path. Port 0 takes a free one and logs it.",
                   .commands = "serve"},
    config::Option{.name = "log-format",
                   .value = "json|text",
                   .meaning = "One JSON object a line (the default), or text for people.",
                   .commands = "serve"},
    config::Option{.name = "json", .meaning = "Print the answer as HTTP gives it.", .commands = "query"},
    config::Option{.name = "limit",
                   .short_name = 'n',
                   .value = "COUNT",
                   .meaning = "How many hits to show (10).",
                   .commands = "query",
                   .min = 0,
                   .max = 1000},
    config::Option{.name = "filter",
                   .value = "EXPRESSION",
                   .meaning = "Only documents that fulfil it: 'language = es AND date >= 2023'.",
                   .commands = "query"},
    config::Option{.name = "sort",
                   .value = "FIELD:asc|desc,…",
                   .meaning = "An order other than by rank.",
                   .commands = "query"},
    config::Option{.name = "facets",
                   .value = "FIELD,…",
                   .meaning = "Count the values of these facets; * is all.",
                   .commands = "query"},
    config::Option{.name = "offset",
                   .value = "COUNT",
                   .meaning = "How many hits to pass over.",
                   .commands = "query",
                   .min = 0,
                   .max = 9000},
    config::Option{.name = "passages",
                   .value = "COUNT",
                   .meaning = "Passages of each hit (1).",
                   .commands = "query",
                   .min = 0,
                   .max = 5},
    config::Option{.name = "matching",
                   .value = "auto|all|last|frequency",
                   .meaning = "Which of the words a hit must have (auto).",
                   .commands = "query"},
    config::Option{.name = "all-duplicates",
                   .meaning = "Show near-duplicates instead of folding them.",
                   .commands = "query"},
    config::Option{.name = "explain",
                   .meaning = "Show the stages of the query, their times, and each hit's score in its parts.",
                   .commands = "query"},
};

constexpr config::Program kProgram = {
    .name = "quipu-searchd",
    .summary = "Serves full-text search over indexes that quipu-indexer wrote.",
    .commands = kCommands,
    .options = kOptions,
    .default_command = "serve",
    .notes =
        "SIGTERM and SIGINT answer what is in flight and end with 0; SIGHUP rereads the configuration.\n"
        "Exit codes: 0 done, 1 failed, 2 usage or configuration.",
};

}  // namespace

const config::Program& SearchdProgram() { return kProgram; }

}  // namespace quipu::searchd
