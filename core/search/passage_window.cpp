// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/passage_window.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

namespace quipu::search {
namespace {

// Left of the first found word at most so much of its sentence is shown, or so much without its beginning.
constexpr std::uint32_t kMaxLead = 130;
constexpr std::uint32_t kShortLead = 50;
// Lines shorter than this above a longer one are titles, menus, "Download …".
constexpr std::size_t kShortLine = 60;
constexpr std::size_t kRealLine = 100;

bool IsInside(std::string_view text, std::uint32_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::uint32_t Left(std::string_view text, std::uint32_t at, std::uint32_t characters) {
  while (characters > 0 && at > 0) {
    do {
      --at;
    } while (at > 0 && IsInside(text, at));
    --characters;
  }
  return at;
}

std::uint32_t Right(std::string_view text, std::uint32_t at, std::uint32_t characters) {
  while (characters > 0 && at < text.size()) {
    do {
      ++at;
    } while (IsInside(text, at));
    --characters;
  }
  return at;
}

std::uint32_t Characters(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t count = 0;
  for (std::uint32_t i = begin; i < end; ++i) count += IsInside(text, i) ? 0 : 1;
  return count;
}

bool IsSpace(char c) { return static_cast<unsigned char>(c) <= ' '; }

// Whether the full stop at the end of `text` belongs to an abbreviation: a single letter ("U.S.", "J.") or
// one of those that stand before names and numbers.
bool EndsWithAbbreviation(std::string_view text) {
  static constexpr std::array<std::string_view, 30> kAbbreviations = {
      "dr",  "mr",  "mrs", "ms",  "prof", "sr",  "sra",  "srta", "dra", "st",
      "no",  "nos", "nº",  "núm", "num",  "art", "arts", "pp",   "pág", "págs",
      "vol", "fig", "cf",  "etc", "vs",   "ee",  "uu",   "inc",  "jr",  "approx"};
  if (!text.ends_with('.')) return false;
  text.remove_suffix(1);
  const std::size_t before = text.find_last_of(" \t\n\r.(\"'");
  const std::string_view word = before == std::string_view::npos ? text : text.substr(before + 1);
  if (word.size() == 1) return word[0] < '0' || word[0] > '9';
  std::string lower(word);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), lower) != kAbbreviations.end();
}

// Whether a sentence ends directly before `at`.
bool SentenceEndsBefore(std::string_view text, std::uint32_t at) {
  if (at == 0) return true;
  if (text[at - 1] == '\n') return true;
  static constexpr std::array<std::string_view, 3> kWide = {"。", "！", "？"};
  const std::string_view before = text.substr(0, at);
  if (std::any_of(kWide.begin(), kWide.end(), [&](std::string_view end) { return before.ends_with(end); }))
    return true;
  if (!IsSpace(text[at - 1])) return false;
  const std::size_t last = before.find_last_not_of(" \t\r");
  if (last == std::string_view::npos) return true;
  if (EndsWithAbbreviation(before.substr(0, last + 1))) return false;
  return std::string_view(".!?\n").find(text[last]) != std::string_view::npos;
}

std::uint32_t SkipSpace(std::string_view text, std::uint32_t at) {
  while (at < text.size() && IsSpace(text[at])) ++at;
  return at;
}

void WidenLeft(std::string_view text, std::uint32_t first, std::uint32_t room, PassageWindow& window) {
  const std::uint32_t farthest = Left(text, first, std::min(room, kMaxLead));
  for (std::uint32_t at = first + 1; at-- > farthest;) {
    if (IsInside(text, at) || !SentenceEndsBefore(text, at)) continue;
    window.begin = SkipSpace(text, at);
    window.starts_sentence = true;
    return;
  }
  window.begin = Left(text, first, std::min(room, kShortLead));
  // A whole word to begin with, where words have spaces between them.
  for (std::uint32_t at = window.begin; at < first; ++at) {
    if (!IsSpace(text[at])) continue;
    window.begin = SkipSpace(text, at);
    break;
  }
}

void WidenRight(std::string_view text, std::uint32_t last, std::uint32_t room, PassageWindow& window) {
  const std::uint32_t farthest = Right(text, last, room);
  if (farthest >= text.size()) {
    window.end = static_cast<std::uint32_t>(text.size());
    window.ends_sentence = true;
    return;
  }
  for (std::uint32_t at = farthest; at > last; --at) {
    // Ending a little early on a sentence is better than ending inside the next; far too early is not.
    if (Characters(text, at, farthest) * 2 > room) break;
    if (IsInside(text, at) || !SentenceEndsBefore(text, at)) continue;
    window.end = at;
    window.ends_sentence = true;
    return;
  }
  window.end = farthest;
  for (std::uint32_t at = farthest; at > last && at + 30 > farthest; --at) {
    if (!IsSpace(text[at])) continue;
    window.end = at;
    return;
  }
}

// `text` up to the first heading from `at` on.
std::string_view UpToHeading(std::string_view text, std::uint32_t at,
                             std::span<const std::uint32_t> headings) {
  const auto next = std::lower_bound(headings.begin(), headings.end(), at);
  return next == headings.end() ? text : text.substr(0, *next);
}

// Where the part with `at` begins: at its heading, or where the text does.
std::uint32_t HeadingBefore(std::uint32_t at, std::span<const std::uint32_t> headings) {
  const auto next = std::upper_bound(headings.begin(), headings.end(), at);
  return next == headings.begin() ? 0 : *std::prev(next);
}

PassageWindow Widened(std::string_view text, std::uint32_t first, std::uint32_t last, double score,
                      std::span<const std::uint32_t> headings) {
  PassageWindow window{.begin = first, .end = last, .score = score};
  const std::uint32_t used = Characters(text, first, last);
  const std::uint32_t room = kPassageCharacters > used ? kPassageCharacters - used : 0;
  WidenLeft(text, first, room, window);
  if (const std::uint32_t heading = HeadingBefore(first, headings); window.begin < heading) {
    window.begin = SkipSpace(text, heading);
    window.starts_sentence = true;
  }
  const std::uint32_t lead = Characters(text, window.begin, first);
  WidenRight(UpToHeading(text, last, headings), last, room > lead ? room - lead : 0, window);
  while (window.end > window.begin && IsSpace(text[window.end - 1])) --window.end;
  return window;
}

// What the words from `from` on within reach are worth together; `last` receives the last one that counts.
double Score(std::span<const FoundWord> found, std::size_t from, std::uint32_t reach,
             const std::vector<query::SoughtWord>& words, std::size_t& last) {
  std::array<bool, 2 * query::kMaxWords> seen{};
  double score = 0;
  double neighbours = 0;
  last = from;
  for (std::size_t i = from; i < found.size() && found[i].end <= reach; ++i) {
    const double rarity = words[found[i].word].rarity + 0.1;
    if (!seen[found[i].word]) {
      score += rarity;
      last = i;
    } else {
      score += rarity * 0.02;
    }
    seen[found[i].word] = true;
    if (i > from && found[i].word == found[i - 1].word + 1 &&
        found[i].position <= found[i - 1].position + 2) {
      neighbours += 0.3 * rarity;
    }
  }
  const double span = static_cast<double>(found[last].end - found[from].begin);
  return score + neighbours - 0.1 * score * span / static_cast<double>(reach - found[from].begin + 1);
}

}  // namespace

PassageWindow BestWindow(std::string_view text, std::span<const FoundWord> found,
                         const std::vector<query::SoughtWord>& words,
                         std::span<const std::uint32_t> headings) {
  if (found.empty()) return OpeningWindow(text, headings);
  double best = -1;
  std::size_t best_first = 0;
  std::size_t best_last = 0;
  std::uint32_t reach = Right(text, found[0].begin, kMatchCharacters);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i > 0) reach = Right(text, reach, Characters(text, found[i - 1].begin, found[i].begin));
    std::size_t last = i;
    const double score = Score(found, i, reach, words, last);
    if (score <= best) continue;
    best = score;
    best_first = i;
    best_last = last;
  }
  return Widened(text, found[best_first].begin, std::max(found[best_last].end, found[best_first].end), best,
                 headings);
}

PassageWindow OpeningWindow(std::string_view text, std::span<const std::uint32_t> headings) {
  std::uint32_t begin = SkipSpace(text, 0);
  std::uint32_t at = begin;
  while (at < text.size()) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    if (line_end - at >= kRealLine) begin = at;
    if (line_end - at >= kShortLine) break;
    at = SkipSpace(text, static_cast<std::uint32_t>(line_end));
  }
  PassageWindow window{.begin = begin, .end = begin, .starts_sentence = true};
  WidenRight(UpToHeading(text, begin + 1, headings), begin, kPassageCharacters, window);
  while (window.end > window.begin && IsSpace(text[window.end - 1])) --window.end;
  return window;
}

}  // namespace quipu::search
