// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/index/text_store.h"
#include "core/query/query_compiler.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// A block of a stored text and what the sought words that seem to be in it are worth together.
struct BlockChoice {
  std::uint32_t block = 0;
  double score = 0;
};

/// A stored text of which the header was read.
struct StoredText {
  const Xapian::Database& database;
  std::uint64_t number = 0;
  const index::TextHeader& header;
};

/// The `count` best blocks for showing `words`, the best first; fewer, or none, if the text's filter knows
/// that no more hold any. Reads filter pages and no text: the cost does not grow with the document. A block
/// may be named in vain, since different words may share a hash.
std::vector<BlockChoice> ChooseBlocks(const StoredText& text, const std::vector<query::SoughtWord>& words,
                                      text::Analyzer& analyzer, std::string_view language, std::size_t count);

}  // namespace quipu::search
