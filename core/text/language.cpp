// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>

#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

/// Of a long text so much is read at the beginning, and as much again in the middle. Reading 64 KiB took a
/// tenth of a job's time, and changed 55 of 10,000 answers, most of them from or to none.
constexpr std::size_t kSampleBytes = std::size_t{4} * 1024;
// Below this CLD2 is right too seldom to stem by its answer.
constexpr int kMinLetterBytes = 24;
constexpr int kMinPercent = 60;

struct Code {
  std::string_view from;
  std::string_view to;
};

// What ICU does not bring to ISO 639-1: withdrawn and bibliographic codes, and members of macrolanguages.
constexpr std::array kCodes{
    Code{"alb", "sq"}, Code{"arm", "hy"}, Code{"ayc", "ay"}, Code{"ayr", "ay"}, Code{"baq", "eu"},
    Code{"bur", "my"}, Code{"chi", "zh"}, Code{"cmn", "zh"}, Code{"cze", "cs"}, Code{"dut", "nl"},
    Code{"fre", "fr"}, Code{"geo", "ka"}, Code{"ger", "de"}, Code{"gre", "el"}, Code{"ice", "is"},
    Code{"in", "id"},  Code{"iw", "he"},  Code{"ji", "yi"},  Code{"mac", "mk"}, Code{"mao", "mi"},
    Code{"may", "ms"}, Code{"mo", "ro"},  Code{"nb", "no"},  Code{"nn", "no"},  Code{"nno", "no"},
    Code{"nob", "no"}, Code{"per", "fa"}, Code{"quh", "qu"}, Code{"qul", "qu"}, Code{"qus", "qu"},
    Code{"quy", "qu"}, Code{"quz", "qu"}, Code{"qvn", "qu"}, Code{"qwh", "qu"}, Code{"rum", "ro"},
    Code{"slo", "sk"}, Code{"tib", "bo"}, Code{"wel", "cy"},
};

bool IsLanguage(const std::string& code) {
  // Undetermined, multiple, missing and none at all: codes, but not of a language.
  for (const std::string_view none : {"und", "mul", "mis", "zxx"}) {
    if (code == none) return false;
  }
  const char* const* languages = uloc_getISOLanguages();
  for (; *languages != nullptr; ++languages) {
    if (code == *languages) return true;
  }
  return false;
}

/// CLD2 stops at bytes that are not UTF-8.
std::string Sample(std::string_view utf8) {
  if (utf8.size() <= 3 * kSampleBytes) return ValidUtf8(utf8);
  std::string sample = ValidUtf8(utf8.substr(0, kSampleBytes));
  sample += '\n';
  sample += ValidUtf8(utf8.substr(utf8.size() / 2, kSampleBytes));
  return sample;
}

}  // namespace

std::string PrimaryLanguage(std::string_view tag) {
  std::string code(tag.substr(0, tag.find_first_of("-_.@")));
  if (code.size() < 2 || code.size() > 3) return "";
  for (char& c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    if (c < 'a' || c > 'z') return "";
  }
  const auto* found =
      std::lower_bound(kCodes.begin(), kCodes.end(), code,
                       [](const Code& each, const std::string& wanted) { return each.from < wanted; });
  if (found != kCodes.end() && found->from == code) return std::string(found->to);
  std::array<char, ULOC_LANG_CAPACITY> shortest{};
  UErrorCode error = U_ZERO_ERROR;
  uloc_getLanguage(code.c_str(), shortest.data(), static_cast<std::int32_t>(shortest.size()), &error);
  if (U_FAILURE(error) || shortest.back() != 0) return "";
  code = shortest.data();
  return IsLanguage(code) ? code : "";
}

std::string DetectLanguage(std::string_view utf8) {
  const std::string text = Sample(utf8);
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int letter_bytes = 0;
  bool reliable = false;
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, 0,
                                 languages.data(), percents.data(), scores.data(), nullptr, &letter_bytes,
                                 &reliable);
  if (!reliable || letter_bytes < kMinLetterBytes || percents[0] < kMinPercent) return "";
  return PrimaryLanguage(CLD2::LanguageCode(languages[0]));
}

}  // namespace quipu::text
