// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/index/document_entry.h"
#include "core/index/text_arena.h"
#include "core/index/text_header.h"
#include "core/text/analyzer.h"

namespace quipu::index {

/// Collects the terms of one document and gives them sorted. Stem, exact form and filter hash need work only
/// when a word is new to the document. Reused from document to document.
class TermList {
 public:
  static constexpr std::uint32_t kNoBlock = std::numeric_limits<std::uint32_t>::max();
  /// Of a document with more terms, words that come first later are left out. A text of 32 MiB in any
  /// language has fewer; a file of random words would take gigabytes, since Xapian needs some 350 bytes a
  /// term.
  static constexpr std::size_t kMaxBodyTerms = 400'000;
  static constexpr std::size_t kMaxTerms =
      450'000;  // with title, headings and fields, which come after the body

  TermList();

  /// Adds a word as PREFIX+folded with its position, "Z"+PREFIX+stem and "E"+PREFIX+exact. In a `block` of
  /// the body its stems' hashes are noted for the filter.
  void Add(std::string_view prefix, const text::Token& token, std::uint32_t block = kNoBlock);

  /// Counts the word `times` among those of the whole document: the same terms without prefix and positions.
  void Count(const text::Token& token, std::uint32_t times);

  /// Adds a term that only says that the document has it.
  void AddBoolean(std::string_view text);

  /// Whether words were left out because there were too many, since the last Clear.
  bool overflowed() const { return overflowed_; }

  /// All terms, ascending; valid until Clear, and nothing may be added before that.
  std::span<const EntryTerm> Finish();
  /// Forgets all.
  void Clear();

  /// The stem hashes of the body's blocks since the last call.
  std::vector<StemBlock> TakeStemBlocks() { return std::exchange(stem_blocks_, {}); }

 private:
  using TermNumber = std::uint32_t;
  static constexpr TermNumber kNoTerm = std::numeric_limits<TermNumber>::max();

  struct Term {
    std::string_view text;  // in arena_
    std::uint64_t hash = 0;
    std::uint32_t count = 0;          // within the document
    std::uint32_t positions = 0;      // how many
    std::uint32_t next = 0;           // where its next one goes
    TermNumber stem = kNoTerm;        // of a folded word
    TermNumber exact_stem = kNoTerm;  // of an exact form
    std::uint32_t block = kNoBlock;   // the last one noted
    std::uint16_t stem_hash = 0;
  };
  struct Occurrence {
    TermNumber term;
    std::uint32_t position;
  };

  /// kNoTerm if it would be one too many.
  TermNumber Find(std::string_view text, bool& is_new);
  TermNumber FindPrefixed(std::string_view mark, std::string_view prefix, std::string_view word,
                          bool& is_new);
  void NoteBlock(TermNumber number, std::uint32_t block);
  TermNumber NoteWord(std::string_view prefix, const text::Token& token, std::uint32_t times);
  TermNumber NoteExact(std::string_view prefix, const text::Token& token, std::uint32_t times);
  void Grow();
  void PlacePositions();

  std::vector<Term> terms_;
  std::vector<TermNumber> table_;  // open addressing; a power of two
  std::vector<Occurrence> occurrences_;
  std::vector<std::uint32_t> positions_;  // of Finish
  std::vector<EntryTerm> finished_;
  std::vector<StemBlock> stem_blocks_;
  TextArena arena_;
  std::string scratch_;
  std::size_t limit_ = kMaxTerms;  // for the word that is being added
  bool overflowed_ = false;
};

}  // namespace quipu::index
