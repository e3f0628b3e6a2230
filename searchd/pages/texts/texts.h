// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searchd/pages/page_texts.h"

namespace quipu::searchd {

// One file a language. The widget has texts of its own (searchd/widget/texts.js): fewer, shorter, and under
// another licence; a test holds that it speaks the same languages.
extern const PageTexts kEnglishTexts;
extern const PageTexts kSpanishTexts;
extern const PageTexts kFrenchTexts;
extern const PageTexts kPortugueseTexts;
extern const PageTexts kGermanTexts;
extern const PageTexts kItalianTexts;
extern const PageTexts kArabicTexts;
extern const PageTexts kQuechuaTexts;

}  // namespace quipu::searchd
