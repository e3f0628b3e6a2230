// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/search/relevance_measures.h"

namespace quipu::search {

/// Queries by their name: `name TAB text` a line. Empty lines and those that begin with `#` are passed over.
using NamedQueries = std::vector<std::pair<std::string, std::string>>;
Result<NamedQueries> ParseQueries(std::string_view text);

/// Which documents are relevant to which queries, a judgment a line:
///
///   query TAB id                 the document is relevant
///   query TAB id TAB grade       how relevant it is, a number; 0 and less: it is not
///   query TAB 0 TAB id TAB grade TREC's qrels; without tabs, white space separates these four or three
///
/// `query` is the text as typed, or the name of one that stands in a file of queries. Empty lines, lines that
/// begin with `#`, and a first line with names of columns are passed over. Grades are cut to whole numbers;
/// of a document judged twice the higher counts. The error names the line.
Result<Qrels> ParseJudgments(std::string_view text);

/// Either of them from a file. The error says why it cannot be read; files over 256 MiB are refused.
Result<std::string> ReadWholeFile(const std::filesystem::path& file);

}  // namespace quipu::search
