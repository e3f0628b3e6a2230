// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quipu::search {

/// Two or three words that stand together in titles and headings.
struct CountedPhrase {
  std::string folded;
  std::string text;  // in lower case, with diacritics, as it was first seen
  std::uint32_t documents = 0;
};

/// Counts the pairs and triples of words of short texts, each once for a document. Most are seen only once,
/// so they are told apart by 64 bits of hash and their text is kept from the second time on. Bounded in
/// memory: when there are too many, those seen once so far are forgotten.
class PhraseCounter {
 public:
  static constexpr std::size_t kMaxCounted = 1'000'000;
  static constexpr std::size_t kMaxPhrases = 50'000;

  void Add(std::string_view text);
  /// What is added from here on belongs to the next document.
  void EndDocument();

  /// The phrases that at least two documents have, the most frequent kMaxPhrases, sorted by `folded`.
  std::vector<CountedPhrase> Take();

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> documents_;  // by hash
  std::unordered_map<std::uint64_t, CountedPhrase> repeated_;
  std::vector<std::uint64_t> of_document_;
};

}  // namespace quipu::search
