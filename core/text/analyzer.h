// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace quipu::text {

enum class TokenKind : std::uint8_t {
  kWord,
  kNumber,
  kBigram,     // two neighbouring ideographs, kana or Hangul syllables
  kCharacter,  // one of them, indexed so that a query of one character finds something
};

/// One searchable unit of a text. The views live until the sink returns.
struct Token {
  std::uint32_t begin = 0;  // byte range in the text as it was given, so that highlighting is exact
  std::uint32_t end = 0;
  std::uint32_t position =
      0;  // counts words from `AnalyzeOptions::first_position`; unigram and bigram share one
  TokenKind kind = TokenKind::kWord;
  bool joined = false;      // no white space between the token before and this one ("COVID-19", "and/or")
  std::string_view folded;  // NFKC, case-folded, without diacritics: what is indexed and searched
  std::string_view exact;   // case-folded with diacritics; empty if it equals `folded`
  std::string_view stem;    // stem of `folded` in the language asked for; equals `folded` without a stemmer
  std::string_view exact_stem;  // folded stem of `exact`; empty if it equals `stem`
};

using TokenSink = std::function<void(const Token&)>;

inline constexpr std::uint32_t kEveryLetter = 0xFFFFFFFF;

struct AnalyzeOptions {
  std::string_view language;  // ISO 639-1, "" for unknown: then nothing is stemmed
  std::uint32_t first_position = 1;
  /// For who looks for a few words: those that begin with an ASCII letter of which the bit (1 for "a") is not
  /// set are counted, and most of them not sent.
  std::uint32_t first_letters = kEveryLetter;
};

/// Adds the letter with which a folded word begins to AnalyzeOptions::first_letters; others need no bit.
void AddFirstLetter(std::string_view folded, std::uint32_t& first_letters);

/// The one chain from text to terms, for indexing, queries and passages alike:
/// NFKC, word boundaries (UAX #29; dictionary words in Thai, Lao, Khmer, Burmese; bigrams in Chinese,
/// Japanese and Korean), case and diacritics folded, stemmed. Malformed UTF-8 separates words.
/// Words over 64 characters are cut. Caches folds and stems: one object per thread, long-lived.
class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// Calls `sink` for each token in order of `begin`. Returns the position after the last token.
  std::uint32_t Analyze(std::string_view utf8, const AnalyzeOptions& options, const TokenSink& sink);

  /// The stem of one word that is already folded, in `language`; the word itself where there is no stemmer.
  /// Valid until the next call.
  std::string_view Stem(std::string_view folded, std::string_view language);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether there is a stemmer for this ISO 639-1 code.
bool HasStemmer(std::string_view language);

}  // namespace quipu::text
