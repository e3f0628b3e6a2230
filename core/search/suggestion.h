// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace quipu::search {

enum class SuggestionKind : std::uint8_t { kTitle, kPhrase, kTerm };

/// One completion of what is being typed.
struct Suggestion {
  std::string text;
  SuggestionKind kind = SuggestionKind::kTerm;
  std::string url;  // kTitle: of the document; may be empty
};

}  // namespace quipu::search
