// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::text {

/// Returns `utf8` in the form in which it is indexed and searched: NFKC, case-folded, without diacritics
/// ("Éclair" and "eclair" become one). Malformed bytes become U+FFFD; the result is always valid UTF-8.
std::string Fold(std::string_view utf8);

/// The same with diacritics kept: NFKC and case-folded ("NIÑO" and NFD "niño" become "niño").
std::string FoldCase(std::string_view utf8);

/// `utf8` with malformed bytes replaced by U+FFFD.
std::string ValidUtf8(std::string_view utf8);

}  // namespace quipu::text
