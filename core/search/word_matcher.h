// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/query/query_compiler.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// A place in a text where a word of the query stands.
struct FoundWord {
  std::uint32_t begin = 0;  // bytes
  std::uint32_t end = 0;
  std::uint32_t position = 0;  // counted in words
  std::uint16_t word = 0;      // index in WordMatcher::words()
  bool only_begins = false;    // it only begins as the word does
};

/// Finds the words of a query in text, with the analyzer that indexed it: any form, accents or none, and
/// what the last word may become. Words of a phrase count only where the whole phrase stands.
class WordMatcher {
 public:
  /// `words` must outlive the matcher.
  WordMatcher(text::Analyzer& analyzer, const std::vector<query::SoughtWord>& words);

  const std::vector<query::SoughtWord>& words() const { return words_; }

  /// In order of `begin`. `language` is that of the document.
  std::vector<FoundWord> Find(std::string_view text, std::string_view language);

 private:
  struct TransparentHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Lookup =
      std::unordered_map<std::string, std::vector<std::uint16_t>, TransparentHash, std::equal_to<>>;

  void Add(Lookup& lookup, const std::string& key, std::uint16_t word);
  void Match(const text::Token& token, std::vector<FoundWord>& found) const;
  void KeepWholePhrases(std::vector<FoundWord>& found) const;

  text::Analyzer& analyzer_;
  const std::vector<query::SoughtWord>& words_;
  Lookup by_stem_;
  Lookup by_form_;
  std::vector<std::uint16_t> prefixes_;
  std::uint32_t first_letters_ = 0;  // of everything that is looked for
  bool has_phrases_ = false;
};

}  // namespace quipu::search
