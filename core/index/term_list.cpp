// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/term_list.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "core/base/same_bytes.h"
#include "core/index/term_order.h"
#include "core/index/text_store.h"
#include "core/schema/field.h"

namespace quipu::index {
namespace {

constexpr std::size_t kFirstTableSize = 4096;
/// What an unusually long document leaves behind is given back.
constexpr std::size_t kKeptTableSize = 1 << 16;

}  // namespace

TermList::TermList() : table_(kFirstTableSize, kNoTerm) {}

TermList::TermNumber TermList::Find(std::string_view text, bool& is_new) {
  const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
  std::size_t place = hash & (table_.size() - 1);
  for (; table_[place] != kNoTerm; place = (place + 1) & (table_.size() - 1)) {
    const Term& term = terms_[table_[place]];
    if (term.hash == hash && SameBytes(term.text, text)) return table_[place];
  }
  if (terms_.size() >= limit_) {
    overflowed_ = true;
    return kNoTerm;
  }
  is_new = true;
  const auto number = static_cast<TermNumber>(terms_.size());
  table_[place] = number;
  Term& term = terms_.emplace_back();
  term.text = arena_.Keep(text);
  term.hash = hash;
  if (terms_.size() * 2 > table_.size()) Grow();
  return number;
}

void TermList::Grow() {
  table_.assign(table_.size() * 2, kNoTerm);
  for (TermNumber number = 0; number < terms_.size(); ++number) {
    std::size_t place = terms_[number].hash & (table_.size() - 1);
    while (table_[place] != kNoTerm) place = (place + 1) & (table_.size() - 1);
    table_[place] = number;
  }
}

TermList::TermNumber TermList::FindPrefixed(std::string_view mark, std::string_view prefix,
                                            std::string_view word, bool& is_new) {
  scratch_.assign(mark).append(prefix).append(word);
  // Xapian rejects longer terms; nobody types such words.
  if (scratch_.size() > schema::kMaxTermBytes) return kNoTerm;
  return Find(scratch_, is_new);
}

void TermList::NoteBlock(TermNumber number, std::uint32_t block) {
  Term& term = terms_[number];
  if (block == kNoBlock || term.block == block) return;
  term.block = block;
  stem_blocks_.push_back({term.stem_hash, block});
}

TermList::TermNumber TermList::NoteWord(std::string_view prefix, const text::Token& token,
                                        std::uint32_t times) {
  bool is_new = false;
  const TermNumber word = FindPrefixed({}, prefix, token.folded, is_new);
  if (word == kNoTerm) return kNoTerm;
  if (is_new) {
    bool ignored = false;
    const TermNumber stem = FindPrefixed(schema::kStemPrefix, prefix, token.stem, ignored);
    terms_[word].stem = stem;
    terms_[word].stem_hash = StemHash(token.stem);
  }
  terms_[word].count += times;
  return word;
}

TermList::TermNumber TermList::NoteExact(std::string_view prefix, const text::Token& token,
                                         std::uint32_t times) {
  if (token.exact.empty()) return kNoTerm;
  bool is_new = false;
  const TermNumber exact = FindPrefixed(schema::kExactPrefix, prefix, token.exact, is_new);
  if (exact == kNoTerm) return kNoTerm;
  if (is_new && !token.exact_stem.empty()) {
    bool ignored = false;
    const TermNumber stem = FindPrefixed(schema::kStemPrefix, prefix, token.exact_stem, ignored);
    terms_[exact].exact_stem = stem;
    terms_[exact].stem_hash = StemHash(token.exact_stem);
  }
  terms_[exact].count += times;
  return exact;
}

void TermList::Add(std::string_view prefix, const text::Token& token, std::uint32_t block) {
  limit_ = block == kNoBlock ? kMaxTerms : kMaxBodyTerms;
  const TermNumber word = NoteWord(prefix, token, 1);
  if (word == kNoTerm) return;
  ++terms_[word].positions;
  occurrences_.push_back({word, token.position});
  NoteBlock(word, block);
  const TermNumber exact = NoteExact(prefix, token, 1);
  if (exact != kNoTerm && terms_[exact].exact_stem != kNoTerm) NoteBlock(exact, block);
}

void TermList::Count(const text::Token& token, std::uint32_t times) {
  limit_ = kMaxTerms;
  if (NoteWord({}, token, times) != kNoTerm) NoteExact({}, token, times);
}

void TermList::AddBoolean(std::string_view text) {
  // What filters ask for is never left out.
  limit_ = std::numeric_limits<std::size_t>::max();
  bool ignored = false;
  // In Xapian's keys zero bytes are doubled.
  const auto zeros = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\0'));
  if (text.size() + zeros <= schema::kMaxTermBytes) Find(text, ignored);
}

/// Puts the positions of each term side by side, in the order of the text.
void TermList::PlacePositions() {
  std::uint32_t end = 0;
  for (Term& term : terms_) {
    term.next = end;
    end += term.positions;
  }
  positions_.resize(end);
  for (const Occurrence& occurrence : occurrences_)
    positions_[terms_[occurrence.term].next++] = occurrence.position;
}

std::span<const EntryTerm> TermList::Finish() {
  // A stem occurs as often as its words do.
  for (const Term& term : terms_) {
    for (const TermNumber stem : {term.stem, term.exact_stem}) {
      if (stem != kNoTerm) terms_[stem].count += term.count;
    }
  }
  PlacePositions();
  finished_.reserve(terms_.size());
  for (const TermNumber number : InOrder(terms_)) {
    const Term& term = terms_[number];
    auto positions = std::span(positions_).subspan(term.next - term.positions, term.positions);
    // Fields that share a prefix may come in any order, and a word may stand twice at one place ("re-\nre").
    if (!std::is_sorted(positions.begin(), positions.end())) std::sort(positions.begin(), positions.end());
    const auto end = std::unique(positions.begin(), positions.end());
    finished_.push_back({term.text, term.hash, term.count, {positions.begin(), end}});
  }
  return finished_;
}

void TermList::Clear() {
  overflowed_ = false;
  terms_.clear();
  occurrences_.clear();
  positions_.clear();
  finished_.clear();
  arena_.Clear();
  if (table_.size() > kKeptTableSize) {
    table_ = std::vector<TermNumber>(kFirstTableSize, kNoTerm);
    terms_.shrink_to_fit();
    occurrences_.shrink_to_fit();
    positions_.shrink_to_fit();
    finished_.shrink_to_fit();
  } else {
    std::fill(table_.begin(), table_.end(), kNoTerm);
  }
}

}  // namespace quipu::index
