// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/document_entry.h"
#include "core/index/text_arena.h"

namespace quipu::index {

/// Turns the terms of documents into the documents of terms, in memory. Documents are appended to a log; what
/// each term has in it is brought together when all is asked for, which costs one pass over the log instead
/// of a look-up in a map of lists for every term of every document.
class TermLog {
 public:
  struct Posting {
    std::uint32_t document;
    std::uint32_t count;
    std::string_view positions;  // as glass::PutPositions writes them; may be empty
  };
  struct Term {
    std::string_view text;
    std::uint32_t documents;
    std::uint64_t count;  // in all of them
    std::string_view postings;
  };
  /// Reads a Term's postings.
  class Reader {
   public:
    explicit Reader(const Term& term) : rest_(term.postings) {}
    bool Next(Posting& posting);

   private:
    std::uint64_t Number();

    std::string_view rest_;
    std::uint32_t document_ = 0;
  };

  TermLog();

  /// `document` is greater than that of the call before.
  void Add(std::uint32_t document, std::span<const EntryTerm> terms);

  /// About the memory that it holds; ForEach takes as much again as the log.
  std::size_t bytes() const { return log_.size() + arena_.bytes() + terms_.size() * sizeof(Entry) * 2; }

  /// Calls `visit` for each term, ascending; then forgets all.
  void Drain(const std::function<void(const Term&)>& visit);

 private:
  struct Entry {
    std::string_view text;  // in arena_
    std::uint64_t hash = 0;
    std::uint64_t count = 0;
    std::uint32_t documents = 0;
    std::uint32_t last_document = 0;
    std::uint64_t bytes = 0;  // of its postings; in Drain: where the next one goes
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // of the entry, from 1; 0: none
  };

  std::uint32_t Find(const EntryTerm& term);
  void Foresee(std::span<const EntryTerm> terms, std::size_t at) const;
  void Grow();
  std::string PostingsByTerm(const std::vector<std::uint32_t>& order);

  std::vector<Entry> terms_;
  std::vector<Slot> table_;  // open addressing; a power of two
  TextArena arena_;
  std::string log_;      // the number of a term, the length of its posting, the posting
  std::string posting_;  // that is being made
};

}  // namespace quipu::index
