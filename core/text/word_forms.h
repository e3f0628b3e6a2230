// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/text/stem.h"
#include "core/text/tokenize.h"
#include "core/text/word_cache.h"

namespace quipu::text {

/// The forms of the words of one language, each computed once.
class WordForms {
 public:
  explicit WordForms(std::string_view language) : language_(language), stemmer_(language) {}

  const std::string& language() const { return language_; }

  /// The forms of a piece of kind kWord or kNumber as it is written; `folded` is empty if nothing is left
  /// of it. Valid until the next call.
  CachedWord Of(std::string_view written, PieceKind kind);

  /// The stem of a word that is already folded. Valid until the next call; disturbs no view that Of gave.
  std::string_view StemOf(std::string_view folded);

 private:
  CachedWord Compute(std::string_view written, PieceKind kind);

  std::string language_;
  Stemmer stemmer_;
  WordCache cache_;
  WordCache stems_;
  std::string folded_, exact_, stem_, exact_stem_, asked_;
};

}  // namespace quipu::text
