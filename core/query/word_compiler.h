// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query_ast.h"
#include "core/query/query_compiler.h"
#include "core/query/term_statistics.h"
#include "core/query/word_list.h"

namespace quipu::query {

/// A text field as words are looked for in it. Terms without prefix are those of the whole document, but
/// only the body's have positions there.
struct SearchedField {
  std::string prefix;
  double weight = 1;
  TermKind kind = TermKind::kText;
  bool body_only = false;
};

/// A piece of a query, compiled.
struct Piece {
  Xapian::Query query;            // with weights
  Xapian::Query bonus;            // adds weight, brings no document in; asked last, for few documents
  Xapian::Query presence;         // the same documents, as far as they are counted as having it
  double rarity = 0;              // of the word, or the sum of the words
  double best = 0;                // most that it can weigh
  std::uint64_t frequency = 0;    // documents at least
  std::vector<Reading> readings;  // of a word, the same as query and bonus; empty where terms cannot say it
  bool optional = false;          // the list that it stands in does not need it

  Xapian::Query WithBonus() const {
    return bonus.empty() || query.empty() ? query : Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, bonus);
  }
};

/// Compiles the leaves of the tree: words, phrases, NEARs.
class WordCompiler {
 public:
  WordCompiler(TermStatistics& statistics, const CompileOptions& options);

  /// The word with its alternatives: a document weighs what the best of them in it weighs.
  Piece CompileWord(const Node& leaf);
  Piece CompilePhrase(const Node& leaf);
  Piece CompileNear(const Node& near);
  /// `language:es`: the documents with this value, without weight.
  static Xapian::Query CompileValue(const Node& leaf);

  /// What follows is worth so many times as much: words that were said more than once.
  void set_emphasis(double emphasis) { emphasis_ = emphasis; }

  /// How rare a word is, over all its forms and fields.
  double WordRarity(const Word& word, const std::string& field);

  std::uint64_t postings() const { return postings_; }
  /// The words that a prefix was expanded to, by the folded prefix.
  const std::map<std::string, std::vector<std::string>>& completions() const { return completions_; }

 private:
  /// How the words at hand count: less where they are not the typed ones.
  struct Standing {
    double share = 1;
    double most_rarity = 1e9;
  };

  void AddField(SearchedField field);
  Piece CompileForms(const Word& word, std::span<const SearchedField> fields);
  void AddAlternative(const Node& leaf, const Alternative& alternative, Piece& piece);
  /// Where words are looked for: in the whole document unless a field is named.
  std::span<const SearchedField> FieldsFor(const std::string& name);
  /// Where phrases are looked for: in each field.
  std::span<const SearchedField> PhraseFieldsFor(const std::string& name);
  /// One term, counted among the postings that are read.
  WeighedTerms Leaf(const std::string& term, double worth, TermKind kind);
  void AddWordInField(const Word& word, const SearchedField& field, double rarity, Piece& piece,
                      Reading& reading);
  void AddBodyOfStem(const std::string& stem, double worth, Piece& piece);
  void AddTitleBonus(const Word& word, double rarity, Piece& piece, Reading& reading);
  Piece CompileTogether(std::span<const Word> words, const Node& leaf, std::uint32_t window);
  void AddPrefix(const Node& leaf, std::span<const SearchedField> fields, Piece& piece);
  Xapian::Query OneForm(const Word& word, const std::string& term, const SearchedField& field, double factor);
  Xapian::Query Positional(std::span<const Word> words, const SearchedField& field, bool prefix,
                           double rarity, std::uint32_t window);
  std::uint64_t WordFrequency(const Word& word, std::span<const SearchedField> fields);

  TermStatistics& statistics_;
  const CompileOptions& options_;
  std::vector<SearchedField> fields_;  // all, or those of CompileOptions::fields
  std::vector<SearchedField> whole_document_;
  std::string title_prefix_;
  std::vector<SearchedField> one_field_;
  double emphasis_ = 1;
  Standing standing_;
  std::uint64_t postings_ = 0;
  std::map<std::string, std::vector<std::string>> completions_;
};

}  // namespace quipu::query
