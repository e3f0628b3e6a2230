// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::text {

/// What a lower-case letter without a decomposition is typed as by those who lack it on their keyboard
/// ("ø" → "o", "æ" → "ae"); empty if nothing is to be changed.
std::string_view PlainLetter(char32_t code);

/// Whether marks over this digit or the letters of this character's script are accents, which folding takes
/// away, and not letters in their own right, as the vowel signs of Indic scripts and Thai are.
bool CarriesAccents(char32_t code);

}  // namespace quipu::text
