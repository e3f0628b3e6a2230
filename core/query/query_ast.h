// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace quipu::query {

/// Parentheses nested deeper than this are read as if they were not there.
inline constexpr int kMaxNesting = 8;
/// Words of one phrase or NEAR that are used; the rest are only words.
inline constexpr std::size_t kMaxPhraseWords = 12;
/// With more words beside it, a phrase is no condition but a quotation.
inline constexpr std::size_t kMaxWordsBesidePhrase = 8;
/// NEARs of one query; further ones are read as AND.
inline constexpr std::size_t kMaxNears = 3;
/// Distinct words of one query; the rarest are kept.
inline constexpr std::size_t kMaxWords = 64;

enum class NodeKind : std::uint8_t {
  kWord,    // one piece of text between spaces; may hold several words ("COVID-19")
  kPhrase,  // words in this order
  kNear,    // children within `distance` words of each other, in any order
  kAnd,     // all children
  kOr,      // any child
  kList,    // children side by side: the matching strategy decides how many are needed
};

/// How a node stands in its parent.
enum class Occur : std::uint8_t { kShould, kMust, kMustNot };

/// A word as the analyzer reads it in the languages of the index.
struct Word {
  std::string folded;
  std::string exact;               // with diacritics; empty if it has none
  std::vector<std::string> stems;  // distinct; one for each language at most, more if diacritics matter
  bool joined = false;             // no white space between the word before and this one
  bool ideographic = false;        // a pair of ideographs, or one alone

  friend bool operator==(const Word&, const Word&) = default;
};

/// Another reading of a word, or of the words side by side that it is one of: a correction, a synonym.
struct Alternative {
  std::vector<Word> words;  // several: they stand together in this order
  double share = 1;         // of the word's worth
};

/// A node of the query's tree. `words` is filled by AnalyzeQuery, the rest by ParseQuery.
struct Node {
  NodeKind kind = NodeKind::kList;
  Occur occur = Occur::kShould;
  std::string text;            // kWord, kPhrase
  std::string field;           // kWord, kPhrase: only in this field; empty: in all
  bool prefix = false;         // the last word stands for all that begin with it
  bool typing = false;         // the last word may be unfinished: it also stands for those
  std::uint32_t distance = 0;  // kNear
  std::vector<Node> children;
  std::vector<Word> words;           // kWord, kPhrase
  std::uint32_t begin = 0, end = 0;  // kWord: its bytes in the query; both 0: it stands nowhere as a word
  std::vector<Alternative> alternatives;  // kWord
};

/// `list(tea +must -not or(a "b c") title:x pre* typing…)`, for explain and tests.
std::string Print(const Node& node);

}  // namespace quipu::query
