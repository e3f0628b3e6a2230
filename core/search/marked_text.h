// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/search/word_matcher.h"

namespace quipu::search {

/// `text` with everything that HTML reads as markup escaped. White space and control characters become one
/// space each run, soft hyphens go, malformed UTF-8 becomes U+FFFD.
std::string EscapeHtml(std::string_view text);

/// The bytes [begin, end) of `text`, escaped as above, with the found words between the tags. Words that
/// touch or overlap share one pair. The tags are put in as they are: they come from the caller.
struct MarkTags {
  std::string_view before = "<mark>";
  std::string_view after = "</mark>";
};
std::string MarkText(std::string_view text, std::uint32_t begin, std::uint32_t end,
                     std::span<const FoundWord> found, const MarkTags& tags = {});

}  // namespace quipu::search
