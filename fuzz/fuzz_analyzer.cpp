// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/analyzer.h"
#include "core/text/char_class.h"
#include "core/text/fold.h"
#include "core/text/language.h"
#include "core/text/utf8.h"

namespace {

using quipu::text::Analyzer;
using quipu::text::Token;
using quipu::text::TokenKind;

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

constexpr std::size_t kMostTermBytes = 200;

std::vector<bool> Boundaries(std::string_view text) {
  std::vector<bool> boundaries(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); at += quipu::text::DecodeUtf8(text, at).bytes)
    boundaries[at] = true;
  boundaries[text.size()] = true;
  return boundaries;
}

void CheckForm(std::string_view form) {
  Require(quipu::text::ValidUtf8(form) == form, "forms are valid UTF-8");
  Require(form.size() <= kMostTermBytes, "forms fit in a term");
}

void CheckToken(const Token& token, const std::vector<bool>& boundaries) {
  Require(token.begin < token.end, "a token is not empty");
  Require(token.end < boundaries.size(), "a token lies in the text");
  Require(boundaries[token.begin] && boundaries[token.end], "a token lies on characters' boundaries");
  Require(!token.folded.empty() && !token.stem.empty(), "folded and stem are not empty");
  Require(token.folded[0] < 'A' || token.folded[0] > 'Z', "folded begins with no capital");
  Require(token.exact.empty() || token.exact != token.folded, "exact is empty if it equals folded");
  Require(token.exact_stem.empty() || token.exact_stem != token.stem,
          "exact_stem is empty if it equals stem");
  for (const std::string_view form : {token.folded, token.exact, token.stem, token.exact_stem})
    CheckForm(form);
}

// A term that is shown to people and typed in again must be the same term. Words that a dictionary cut out
// of their neighbours may be cut again when they stand alone.
void CheckTypedAgain(Analyzer& analyzer, const std::string& folded) {
  for (std::size_t at = 0; at < folded.size();) {
    const quipu::text::Utf8Char next = quipu::text::DecodeUtf8(folded, at);
    const quipu::text::CharClass kind = quipu::text::ClassOf(next.code);
    if (kind == quipu::text::CharClass::kDictionary || kind == quipu::text::CharClass::kIdeograph) return;
    if (at == 0 && kind == quipu::text::CharClass::kMark) return;
    at += next.bytes;
  }
  std::vector<std::string> again;
  analyzer.Analyze(folded, {}, [&](const Token& token) { again.emplace_back(token.folded); });
  if (again.size() == 1 && again[0] == folded) return;
  std::fprintf(stderr, "\"%s\" became %zu words\n", folded.c_str(), again.size());
  Require(false, "a folded word typed again is the same word");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Analyzer analyzer;
  static constexpr std::string_view kLanguages[] = {"", "es", "en", "pt", "fr", "ar", "ru", "th"};
  if (size == 0) return 0;
  const std::string_view language = kLanguages[data[0] % 8];
  // A copy of its own size lets the sanitizer see a read past the end.
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::vector<bool> boundaries = Boundaries(text);

  std::vector<std::string> words;
  std::uint32_t last_begin = 0;
  std::uint32_t last_position = 1;
  const std::uint32_t next = analyzer.Analyze(text, {.language = language}, [&](const Token& token) {
    CheckToken(token, boundaries);
    Require(token.begin >= last_begin, "tokens come in order of begin");
    Require(token.position >= last_position && token.position <= last_position + 1, "positions count on");
    last_begin = token.begin;
    last_position = token.position;
    if (token.kind == TokenKind::kWord || token.kind == TokenKind::kNumber) words.emplace_back(token.folded);
  });
  Require(words.empty() || next == last_position + 1 || next > last_position,
          "the next position is returned");
  for (const std::string& word : words) CheckTypedAgain(analyzer, word);

  const std::string folded = quipu::text::Fold(text);
  Require(quipu::text::ValidUtf8(folded) == folded, "folded text is valid UTF-8");
  Require(quipu::text::Fold(folded) == folded, "folding twice is folding once");
  Require(quipu::text::PrimaryLanguage(text).size() <= 3, "a primary language is two or three letters");
  quipu::text::DetectLanguage(text);
  return 0;
}
