// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/word_forms.h"

#include <algorithm>

#include "core/text/utf8.h"
#include "core/text/word_form.h"

namespace quipu::text {
namespace {

// Numbers, "c++" and the like have no other forms.
bool IsWordOfLetters(std::string_view folded) {
  return std::all_of(folded.begin(), folded.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

std::string Cut(std::string word) {
  word.resize(Utf8Prefix(word, kMaxWordCharacters, kMaxWordBytes).size());
  return word;
}

}  // namespace

CachedWord WordForms::Of(std::string_view written, PieceKind kind) {
  CachedWord word;
  const bool kept = written.size() <= WordCache::kMaxKeyBytes;
  if (kept && cache_.Find(written, word)) return word;
  word = Compute(written, kind);
  if (kept) cache_.Insert(written, word);
  return word;
}

CachedWord WordForms::Compute(std::string_view written, PieceKind kind) {
  WordForm form = FormWord(written, kind);
  folded_ = std::move(form.folded);
  exact_ = std::move(form.exact);
  stem_ = folded_;
  exact_stem_.clear();
  if (IsWordOfLetters(folded_)) {
    stem_ = Cut(stemmer_.StemFolded(folded_));
    if (stem_.empty()) stem_ = folded_;
    if (exact_ != folded_) exact_stem_ = Cut(stemmer_.StemExact(exact_));
    if (exact_stem_ == stem_) exact_stem_.clear();
  }
  if (exact_ == folded_) exact_.clear();
  return {folded_, exact_, stem_, exact_stem_};
}

std::string_view WordForms::StemOf(std::string_view folded) {
  CachedWord word;
  const bool kept = !folded.empty() && folded.size() <= WordCache::kMaxKeyBytes;
  if (kept && stems_.Find(folded, word)) return word.stem;
  asked_ = folded;
  if (IsWordOfLetters(asked_)) asked_ = Cut(stemmer_.StemFolded(asked_));
  if (asked_.empty()) asked_ = folded;
  if (kept) stems_.Insert(folded, {.folded = folded, .exact = {}, .stem = asked_, .exact_stem = {}});
  return asked_;
}

}  // namespace quipu::text
