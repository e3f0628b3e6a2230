// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/fold_table.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>

namespace quipu::text {
namespace {

struct Plain {
  char32_t code;
  std::string_view letters;
};

constexpr std::array kPlain{
    Plain{U'ß', "ss"}, Plain{U'æ', "ae"}, Plain{U'ð', "d"}, Plain{U'ø', "o"}, Plain{U'þ', "th"},
    Plain{U'đ', "d"},  Plain{U'ħ', "h"},  Plain{U'ı', "i"}, Plain{U'ĸ', "k"}, Plain{U'ł', "l"},
    Plain{U'ŋ', "n"},  Plain{U'œ', "oe"}, Plain{U'ŧ', "t"}, Plain{U'ƀ', "b"}, Plain{U'ƈ', "c"},
    Plain{U'ƒ', "f"},  Plain{U'ƙ', "k"},  Plain{U'ƚ', "l"}, Plain{U'ƥ', "p"}, Plain{U'ƭ', "t"},
    Plain{U'ƴ', "y"},  Plain{U'ƶ', "z"},  Plain{U'ǝ', "e"}, Plain{U'ǥ', "g"}, Plain{U'ȥ', "z"},
    Plain{U'ȷ', "j"},  Plain{U'ȼ', "c"},  Plain{U'ɇ', "e"}, Plain{U'ɉ', "j"}, Plain{U'ɍ', "r"},
    Plain{U'ɏ', "y"},  Plain{U'ɓ', "b"},  Plain{U'ɔ', "o"}, Plain{U'ɖ', "d"}, Plain{U'ɗ', "d"},
    Plain{U'ə', "e"},  Plain{U'ɛ', "e"},  Plain{U'ɠ', "g"}, Plain{U'ɨ', "i"}, Plain{U'ɩ', "i"},
    Plain{U'ɲ', "n"},  Plain{U'ɵ', "o"},  Plain{U'ʉ', "u"}, Plain{U'ʋ', "v"}, Plain{U'ⱥ', "a"},
    Plain{U'ⱦ', "t"},
};

}  // namespace

std::string_view PlainLetter(char32_t code) {
  static_assert(std::is_sorted(kPlain.begin(), kPlain.end(),
                               [](const Plain& a, const Plain& b) { return a.code < b.code; }));
  const auto* found =
      std::lower_bound(kPlain.begin(), kPlain.end(), code,
                       [](const Plain& plain, char32_t wanted) { return plain.code < wanted; });
  return found != kPlain.end() && found->code == code ? found->letters : std::string_view();
}

bool CarriesAccents(char32_t code) {
  if (code < 0x80) return ((code | 0x20) >= 'a' && (code | 0x20) <= 'z') || (code >= '0' && code <= '9');
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(code), &error)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_HEBREW:
    case USCRIPT_ARABIC: return true;
    default: return false;
  }
}

}  // namespace quipu::text
