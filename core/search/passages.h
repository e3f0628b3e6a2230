// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/text_store.h"
#include "core/query/query_compiler.h"
#include "core/schema/document.h"
#include "core/search/marked_text.h"
#include "core/search/passage_window.h"
#include "core/search/search_result.h"
#include "core/search/word_matcher.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// Finds the places of documents that show why they were found. One object for one query; one thread.
///
/// The text header says which blocks hold which words; only the best of them are read: one for each passage
/// and one more where the best window touches a block's edge. So the cost does not grow with the document.
class PassageFinder {
 public:
  /// `words` and `analyzer` must outlive the finder.
  PassageFinder(const Xapian::Database& database, text::Analyzer& analyzer,
                const std::vector<query::SoughtWord>& words);

  /// At most `count` passages from different places, the best first. A document in whose body nothing is
  /// found (only its title was) gives its opening.
  std::vector<Passage> Find(const schema::Document& document, std::uint64_t text_number, std::uint32_t count);

  /// `text` escaped, with the query's words marked: titles, and any other short field.
  std::string Highlight(std::string_view text, std::string_view language, const MarkTags& tags = {});

  /// Blocks read so far, for tests and benchmarks.
  std::uint64_t blocks_read() const { return blocks_read_; }

 private:
  PassageWindow WindowIn(const index::TextHeader& header, std::uint32_t text_begin, std::string_view text,
                         const std::vector<FoundWord>& found) const;
  Passage Render(const schema::Document& document, const index::TextHeader& header, std::uint32_t text_begin,
                 std::string_view text, const std::vector<FoundWord>& found, const PassageWindow& window);
  /// Puts a block that stands beside it to the text, if the window asks for it.
  bool JoinNeighbour(const index::TextHeader& header, std::uint64_t text_number, std::uint32_t block,
                     const PassageWindow& window, std::uint32_t& begin, std::string& text);
  std::string ReadBlock(std::uint64_t text_number, std::uint32_t block);

  const Xapian::Database& database_;
  const std::vector<query::SoughtWord>& words_;
  text::Analyzer& analyzer_;
  WordMatcher matcher_;
  std::uint64_t blocks_read_ = 0;
};

}  // namespace quipu::search
