// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/doc_set.h"

#include <bit>

namespace quipu::search {

void DocSet::And(const DocSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

void DocSet::Or(const DocSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void DocSet::AndNot(const DocSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
}

Xapian::doccount DocSet::Count() const {
  Xapian::doccount count = 0;
  for (const std::uint64_t word : words_) count += static_cast<Xapian::doccount>(std::popcount(word));
  return count;
}

Xapian::docid DocSet::NextFrom(Xapian::docid docid) const {
  std::size_t place = docid / 64;
  if (place >= words_.size()) return 0;
  std::uint64_t word = words_[place] & (~std::uint64_t{0} << (docid % 64));
  while (word == 0) {
    if (++place == words_.size()) return 0;
    word = words_[place];
  }
  return static_cast<Xapian::docid>(place * 64 + static_cast<std::size_t>(std::countr_zero(word)));
}

}  // namespace quipu::search
