// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/config/rule_files.h"
#include "core/query/query_ast.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// An index's own rules for queries, read in its languages: synonyms, pinned documents, stop words. Immutable
/// and shared by threads.
class QueryRules {
 public:
  struct Texts {
    std::vector<config::SynonymRule> synonyms;
    std::vector<config::PinRule> pins;
    std::vector<std::string> stop_words;
  };

  QueryRules(const Texts& texts, std::span<const std::string> languages);

  bool empty() const { return synonyms_.phrases.empty() && pins_.phrases.empty() && stop_words_.empty(); }

  /// The documents pinned to a query, in order: if it is nothing but the pinned words, in any inflected form.
  std::vector<std::string> PinnedIds(const query::Node& root) const;

  /// Takes stop words out of an analysed query where other words stand beside them.
  void DropStopWords(query::Node& root) const;

  /// Gives the words of an analysed query their synonyms, as Node::alternatives worth `share` of the word; at
  /// most 16 a word. Quoted and excluded words and words of a field have none.
  void AddSynonyms(query::Node& root, double share) const;

 private:
  /// Phrases that are found by the stems of their first words; several rules may have the same.
  struct PhraseTable {
    struct Phrase {
      std::vector<query::Word> words;
      std::size_t rule = 0;
    };
    std::vector<Phrase> phrases;
    std::unordered_map<std::string, std::vector<std::size_t>> by_first_stem;

    void Add(std::vector<query::Word> words, std::size_t rule);
    /// The phrases whose words are those of `leaves`, from the first on; with `whole` only those of as many
    /// words.
    std::vector<const Phrase*> Match(std::span<const query::Node> leaves, bool whole) const;
  };

  void AddSynonymsOf(query::Node& parent, double share) const;

  PhraseTable synonyms_;
  std::vector<std::vector<std::vector<query::Word>>> meanings_;  // of each synonym rule: its right side
  PhraseTable pins_;
  std::vector<std::vector<std::string>> pinned_;  // ids of each pin rule
  std::unordered_set<std::string> stop_words_;    // folded
};

}  // namespace quipu::search
