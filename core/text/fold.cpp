// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <stdexcept>

#include "core/text/fold_table.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kTatweel = 0x0640;  // a stroke that stretches Arabic words, nothing that is spoken
constexpr char32_t kBreve = 0x0306;

using Getter = const icu::Normalizer2* (*)(UErrorCode&);

std::string Normalize(Getter get, std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = get(error);
  std::string out;
  out.reserve(utf8.size());
  if (U_SUCCESS(error)) {
    icu::StringByteSink<std::string> sink(&out);
    form->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink,
                        nullptr, error);
  }
  if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU normalisation: ") + u_errorName(error));
  return out;
}

bool IsAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

std::string LowerAscii(std::string_view ascii) {
  std::string out(ascii);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

bool IsCyrillicVowelWithBreve(char32_t base) { return base == U'и' || base == U'у'; }

// Appends `code` of a decomposed text unless it is an accent of `base`, and keeps `base` up to date.
void AppendPlain(std::string& out, char32_t code, char32_t& base) {
  const auto c = static_cast<UChar32>(code);
  if (u_charType(c) == U_NON_SPACING_MARK) {
    const bool is_letter = code == kBreve && IsCyrillicVowelWithBreve(base);
    if (is_letter || base == 0 || !CarriesAccents(base)) AppendUtf8(out, code);
    return;
  }
  if (code == kTatweel) {
    base = U'ا';  // to Unicode the stroke is of no script, but the vowels over it are Arabic
    return;
  }
  base = code;
  if (const std::string_view plain = PlainLetter(code); !plain.empty()) {
    out += plain;
  } else {
    AppendUtf8(out, code);
  }
}

std::string DigitsToAscii(std::string text) {
  if (IsAscii(text)) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Char next = DecodeUtf8(text, at);
    const int digit = next.code < 0x80 ? -1 : u_charDigitValue(static_cast<UChar32>(next.code));
    if (digit >= 0) {
      out += static_cast<char>('0' + digit);
    } else {
      out.append(text, at, next.bytes);
    }
    at += next.bytes;
  }
  return out;
}

}  // namespace

std::string ValidUtf8(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t ascii = at;
    while (ascii < utf8.size() && (utf8[ascii] & 0x80) == 0) ++ascii;
    out.append(utf8, at, ascii - at);
    at = ascii;
    if (at == utf8.size()) break;
    const Utf8Char next = DecodeUtf8(utf8, at);
    if (next.code == Utf8Char::kMalformed) {
      AppendUtf8(out, kReplacement);
    } else {
      out.append(utf8.substr(at, next.bytes));
    }
    at += next.bytes;
  }
  return out;
}

std::string FoldCase(std::string_view utf8) {
  if (IsAscii(utf8)) return LowerAscii(utf8);
  return DigitsToAscii(Normalize(&icu::Normalizer2::getNFKCCasefoldInstance, ValidUtf8(utf8)));
}

std::string StripMarks(std::string_view case_folded) {
  if (IsAscii(case_folded)) return std::string(case_folded);
  const std::string decomposed = Normalize(&icu::Normalizer2::getNFDInstance, case_folded);
  std::string out;
  out.reserve(decomposed.size());
  char32_t base = 0;
  for (std::size_t at = 0; at < decomposed.size();) {
    const Utf8Char next = DecodeUtf8(decomposed, at);
    AppendPlain(out, next.code, base);
    at += next.bytes;
  }
  return IsAscii(out) ? out : Normalize(&icu::Normalizer2::getNFCInstance, out);
}

std::string Fold(std::string_view utf8) { return StripMarks(FoldCase(utf8)); }

}  // namespace quipu::text
