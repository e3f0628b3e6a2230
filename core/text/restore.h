// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::text {

/// Puts back the diacritics of the endings by which a language's Snowball stemmer knows its words, so that a
/// word typed without them is stemmed like the right one: Spanish "acusacion" → "acusación".
std::string RestoreAccents(const std::string& folded, std::string_view language);

}  // namespace quipu::text
