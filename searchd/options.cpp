// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/options.h"

#include <array>

namespace quipu::searchd {
namespace {

constexpr std::array kCommands = {
    config::Command{"serve", "", "Serves the indexes over HTTP until stopped."},
    config::Command{"check", "", "Says whether the configuration is right and every index can be opened."},
    config::Command{"key new", "", "Makes a key and shows it once; the keys file has its hash."},
    config::Command{"key list", "", "Lists the keys and what they open."},
    config::Command{"key revoke", "ID", "Takes a key out of the keys file."},
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
                   .meaning = "Let only documents that fulfil it be found: 'language = es AND date >= 2023'.",
                   .commands = "query,key new"},
    config::Option{.name = "index",
                   .value = "INDEX",
                   .meaning = "What the key opens; several times if need be; '*' is every index.",
                   .commands = "key new",
                   .repeats = true},
    config::Option{.name = "name",
                   .value = "TEXT",
                   .meaning = "What the key is for, for people.",
                   .commands = "key new"},
    config::Option{.name = "origin",
                   .value = "ORIGIN",
                   .meaning =
                       "A site whose pages may use the key, such as https://example.org; several times "
                       "if need be. Without it no page is refused.",
                   .commands = "key new",
                   .repeats = true},
    config::Option{.name = "expires",
                   .value = "DAY",
                   .meaning = "From the beginning of this day (UTC) on the key opens nothing: 2027-01-01.",
                   .commands = "key new"},
    config::Option{.name = "rate",
                   .value = "RATE",
                   .meaning = "How often it may be used: 10/s, 600/m, 1000/h.",
                   .commands = "key new"},
    config::Option{.name = "burst",
                   .value = "COUNT",
                   .meaning = "How many of these may come at once (what the rate gives in two seconds, 10 at "
                              "least).",
                   .commands = "key new",
                   .min = 1,
                   .max = 1'000'000},
    config::Option{
        .name = "no-address-limit",
        .meaning = "Do not count its requests against `searchd.rate_limit`: for servers of your own.",
        .commands = "key new"},
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

constexpr std::array kExitCodes = {
    config::ExitCode{0, "done"},
    config::ExitCode{1, "failed"},
    config::ExitCode{2, "wrong usage or configuration"},
};

constexpr std::array kExamples = {
    config::Example{"check", "Is the configuration right, and can every index be opened?"},
    config::Example{"serve --log-format text", "Serve, with a log for people."},
    config::Example{"query statements freedom of assembly -n 3", "Search from the shell."},
    config::Example{"query statements salud --filter language=es --explain",
                    "How a query was read, and why each hit stands where it does."},
    config::Example{"key new --index statements --origin https://example.org",
                    "Make a key for the pages of a site."},
};

constexpr config::Program kProgram = {
    .name = "quipu-searchd",
    .summary = "Serves full-text search over indexes that quipu-indexer wrote.",
    .commands = kCommands,
    .options = kOptions,
    .default_command = "serve",
    .notes =
        "SIGTERM and SIGINT answer what is in flight and end with 0; SIGHUP rereads the configuration and "
        "the keys.",
    .exit_codes = kExitCodes,
    .examples = kExamples,
};

}  // namespace

const config::Program& SearchdProgram() { return kProgram; }

}  // namespace quipu::searchd
