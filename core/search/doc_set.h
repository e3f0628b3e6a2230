// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quipu::search {

/// A set of documents, a bit each: what a filter lets through. Sets that are joined have the same size.
class DocSet {
 public:
  /// The empty set of documents from 1 to `last`.
  explicit DocSet(Xapian::docid last) : words_(last / 64 + 1) {}

  void Add(Xapian::docid docid) { words_[docid / 64] |= std::uint64_t{1} << (docid % 64); }
  bool Has(Xapian::docid docid) const {
    return docid / 64 < words_.size() && (words_[docid / 64] >> (docid % 64) & 1) != 0;
  }

  void And(const DocSet& other);
  void Or(const DocSet& other);
  void AndNot(const DocSet& other);

  Xapian::doccount Count() const;
  /// The first document from `docid` on; 0 if there is none.
  Xapian::docid NextFrom(Xapian::docid docid) const;

  std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }
  bool operator==(const DocSet&) const = default;

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace quipu::search
