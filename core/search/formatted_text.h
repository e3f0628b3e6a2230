// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/search/word_matcher.h"

namespace quipu::search {

/// Bytes [begin, end) of a text.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const TextRange&) const = default;
};

/// The places of the found words, in order and apart: words that touch or overlap (pairs of ideographs) are
/// one. Of a word that only begins as the typed one does, as much as was typed.
std::vector<TextRange> RangesOf(std::string_view text, std::span<const FoundWord> found,
                                const std::vector<query::SoughtWord>& sought);

/// How a part of a text is shown. Nothing but the tags and the marker is added.
struct TextStyle {
  std::string_view before;  // a marked range
  std::string_view after;
  bool escape = true;  // & < > " ' of the text become entities
};

/// The bytes [begin, end) of `text` with `ranges` between the tags; ranges that are not wholly inside are
/// not marked. Malformed UTF-8 becomes U+FFFD, every other character stays what it is.
std::string FormatText(std::string_view text, TextRange shown, std::span<const TextRange> ranges,
                       const TextStyle& style);

}  // namespace quipu::search
