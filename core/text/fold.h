// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::text {

/// Returns `utf8` in the form in which it is indexed and searched: NFKC, case-folded, without diacritics
/// ("Éclair" and "eclair" become one), soft hyphens and other invisible characters gone, decimal digits of
/// every script as 0–9. Marks are taken from Latin, Greek, Cyrillic, Hebrew and Arabic letters only; the
/// breve stays on Cyrillic й and ў, which are letters. Malformed bytes become U+FFFD; the result is always
/// valid UTF-8, and folding it again changes nothing.
std::string Fold(std::string_view utf8);

/// The same with diacritics kept: NFKC and case-folded ("NIÑO" and NFD "niño" become "niño").
std::string FoldCase(std::string_view utf8);

/// Takes the diacritics from a text that FoldCase returned: Fold(x) == StripMarks(FoldCase(x)).
std::string StripMarks(std::string_view case_folded);

/// `utf8` with malformed bytes replaced by U+FFFD.
std::string ValidUtf8(std::string_view utf8);

}  // namespace quipu::text
