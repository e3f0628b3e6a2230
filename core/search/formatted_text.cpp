// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/formatted_text.h"

#include <algorithm>

#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace quipu::search {
namespace {

void AppendPlain(std::string& out, std::string_view text, bool escape) {
  const std::string valid = text::ValidUtf8(text);
  if (!escape) {
    out += valid;
    return;
  }
  for (const char c : valid) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

/// How many bytes of `word`, as it is written, are what folds to `typed`; all of them if no part is (a
/// ligature, a word with signs that the index leaves out).
std::uint32_t TypedBytes(std::string_view word, std::string_view typed) {
  std::size_t bytes = 0;
  std::size_t found = word.size();
  while (bytes < word.size()) {
    bytes += std::max<std::uint32_t>(1, text::DecodeUtf8(word, bytes).bytes);
    const std::string folded = text::Fold(word.substr(0, bytes));
    if (folded.size() > typed.size()) break;
    // Marks after the last letter fold to nothing and belong to it.
    if (folded == typed) found = bytes;
  }
  return static_cast<std::uint32_t>(found);
}

}  // namespace

std::vector<TextRange> RangesOf(std::string_view text, std::span<const FoundWord> found,
                                const std::vector<query::SoughtWord>& sought) {
  std::vector<TextRange> ranges;
  const auto size = static_cast<std::uint32_t>(text.size());
  for (const FoundWord& word : found) {
    const std::uint32_t begin = std::min(word.begin, size);
    std::uint32_t end = std::min(std::max(word.end, begin), size);
    if (word.only_begins)
      end = begin + TypedBytes(text.substr(begin, end - begin), sought[word.word].word.folded);
    if (!ranges.empty() && begin <= ranges.back().end) {
      ranges.back().end = std::max(ranges.back().end, end);
    } else {
      ranges.push_back({begin, end});
    }
  }
  return ranges;
}

std::string FormatText(std::string_view text, TextRange shown, std::span<const TextRange> ranges,
                       const TextStyle& style) {
  std::string out;
  const std::uint32_t end = std::min(shown.end, static_cast<std::uint32_t>(text.size()));
  std::uint32_t at = std::min(shown.begin, end);
  out.reserve(end - at + (end - at) / 8);
  for (const TextRange& range : ranges) {
    if (range.begin < at || range.end > end) continue;
    AppendPlain(out, text.substr(at, range.begin - at), style.escape);
    out += style.before;
    AppendPlain(out, text.substr(range.begin, range.end - range.begin), style.escape);
    out += style.after;
    at = range.end;
  }
  AppendPlain(out, text.substr(at, end - at), style.escape);
  return out;
}

}  // namespace quipu::search
