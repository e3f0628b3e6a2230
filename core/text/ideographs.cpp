// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/ideographs.h"

#include "core/text/char_class.h"
#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

// Of the conjoining letters of Hangul, those that continue a syllable: vowels and final consonants.
bool ContinuesSyllable(char32_t code) {
  return (code >= 0x1160 && code <= 0x11FF) || (code >= 0xD7B0 && code <= 0xD7FB);
}

bool IsInitialConsonant(char32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0xA960 && code <= 0xA97C);
}

// Signs that NFKC and case folding leave as they are.
bool IsPlain(char32_t code) {
  return (code >= 0x4E00 && code < 0xA000) || (code >= 0x3041 && code <= 0x3096) ||
         (code >= 0x30A1 && code <= 0x30FE) || (code >= 0xAC00 && code <= 0xD7A3);
}

constexpr std::size_t kMaxSignBytes = 64;

}  // namespace

bool ReadIdeograph(std::string_view run, std::size_t at, Ideograph& sign) {
  Utf8Char next = DecodeUtf8(run, at);
  if (next.bytes == 0) return false;
  sign.begin = at;
  const char32_t first = next.code;
  char32_t last = first;
  bool alone = true;
  for (at += next.bytes;; at += next.bytes) {
    next = DecodeUtf8(run, at);
    if (next.bytes == 0) break;
    const bool syllable =
        ContinuesSyllable(next.code) &&
        (IsInitialConsonant(last) || ContinuesSyllable(last) || (last >= 0xAC00 && last <= 0xD7A3));
    if (!syllable && ClassOf(next.code) != CharClass::kMark) break;
    if (syllable) last = next.code;
    alone = false;
  }
  sign.end = at;
  const std::string_view written = run.substr(sign.begin, at - sign.begin);
  if (alone && IsPlain(first)) {
    sign.folded = written;
  } else {
    sign.folded =
        Utf8Prefix(Fold(Utf8Prefix(written, kMaxSignBytes, kMaxSignBytes)), kMaxSignBytes, kMaxSignBytes);
  }
  return true;
}

}  // namespace quipu::text
