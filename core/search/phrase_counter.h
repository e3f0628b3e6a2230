// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
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

/// Counts the pairs and triples of words of short texts, each once for a document. Bounded in memory: when there
/// are too many, those seen once so far are forgotten.
class PhraseCounter {
 public:
  static constexpr std::size_t kMaxCounted = 400'000;
  static constexpr std::size_t kMaxPhrases = 50'000;

  void Add(std::string_view text);
  /// What is added from here on belongs to the next document.
  void EndDocument();

  /// The phrases that at least two documents have, the most frequent kMaxPhrases, sorted by `folded`.
  std::vector<CountedPhrase> Take();

 private:
  struct Count {
    std::string text;
    std::uint32_t documents = 0;
  };

  std::unordered_map<std::string, Count> counts_;
  std::set<std::string> of_document_;
};

}  // namespace quipu::search
