// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/schema/document.h"
#include "core/search/relevance_measures.h"

namespace quipu::bench {

using search::Qrels;

using Queries = std::vector<std::pair<std::string, std::string>>;  // id, text as typed

/// `id TAB text` a line. Empty if there is no such file.
Queries ReadQueries(const std::filesystem::path& file);
/// `query document relevance`, or TREC's `query 0 document relevance`, a line.
Qrels ReadQrels(const std::filesystem::path& file);
/// The documents of corpus.jsonl: `id`, `title`, `text`; languages are detected as the indexer does.
void ReadCorpus(const std::filesystem::path& file, const std::function<void(schema::Document)>& take);

}  // namespace quipu::bench
