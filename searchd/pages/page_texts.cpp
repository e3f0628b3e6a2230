// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/page_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "searchd/pages/texts/texts.h"

namespace quipu::searchd {
namespace {

constexpr std::array<const PageTexts*, 8> kTexts = {&kEnglishTexts,    &kSpanishTexts, &kFrenchTexts,
                                                    &kPortugueseTexts, &kGermanTexts,  &kItalianTexts,
                                                    &kArabicTexts,     &kQuechuaTexts};

struct Preference {
  std::string_view tag;
  double quality = 1;
};

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// One element of Accept-Language: "es-PE;q=0.8".
Preference ReadPreference(std::string_view element) {
  const std::size_t semicolon = std::min(element.find(';'), element.size());
  Preference preference{.tag = Trim(element.substr(0, semicolon))};
  const std::string_view weight = Trim(element.substr(std::min(semicolon + 1, element.size())));
  if (weight.starts_with("q=")) {
    const auto [end, fault] =
        std::from_chars(weight.data() + 2, weight.data() + weight.size(), preference.quality);
    if (fault != std::errc()) preference.quality = 0;
  }
  return preference;
}

bool Matches(std::string_view tag, const PageTexts& texts) {
  return tag.size() >= 2 && (tag.size() == 2 || tag[2] == '-') &&
         std::equal(texts.language.begin(), texts.language.end(), tag.begin(),
                    [](char a, char b) { return a == (b | 0x20); });
}

}  // namespace

std::span<const PageTexts* const> AllTexts() { return kTexts; }

const PageTexts* TextsOf(std::string_view tag) {
  const auto* found = std::find_if(kTexts.begin(), kTexts.end(),
                                   [&](const PageTexts* texts) { return Matches(tag, *texts); });
  return found == kTexts.end() ? nullptr : *found;
}

const PageTexts& TextsFor(std::string_view accept_language, std::string_view fallback) {
  const PageTexts* best = TextsOf(fallback);
  if (best == nullptr) best = &kEnglishTexts;
  double quality = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = std::min(accept_language.find(','), accept_language.size());
    const Preference preference = ReadPreference(accept_language.substr(0, comma));
    accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
    if (preference.quality <= quality) continue;
    if (const PageTexts* texts = TextsOf(preference.tag)) {
      best = texts;
      quality = preference.quality;
    }
  }
  return *best;
}

std::string Isolated(std::string_view text, const PageTexts& texts) {
  // FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, which work in attributes as well.
  return texts.rtl ? fmt::format("\u2068{}\u2069", text) : std::string(text);
}

std::string ShowCount(std::uint64_t count, const PageTexts& texts) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, texts.thousands);
  }
  return digits;
}

std::string ShowDate(std::string_view iso, const PageTexts& texts) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    if (iso.size() < at + length) return -1;
    const auto [end, fault] = std::from_chars(iso.data() + at, iso.data() + at + length, value);
    return fault == std::errc() && end == iso.data() + at + length ? value : -1;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return std::string(iso);
  return fmt::format(fmt::runtime(texts.date), day, texts.months[static_cast<std::size_t>(month - 1)], year);
}

}  // namespace quipu::searchd
