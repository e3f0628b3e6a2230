// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/marked_text.h"

#include <algorithm>

#include "core/text/fold.h"

namespace quipu::search {
namespace {

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += "&quot;"; return;
    case '\'': out += "&#39;"; return;
    default: out += c;
  }
}

void AppendText(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c <= ' ' || c == 0x7f) {
      if (out.empty() || out.back() != ' ') out += ' ';
      continue;
    }
    if (c == 0xC2 && i + 1 < text.size() && text[i + 1] == '\xAD') {  // soft hyphen
      ++i;
      continue;
    }
    AppendEscaped(out, text[i]);
  }
}

// Most text is valid already; the check is what ValidUtf8 does anyway.
void AppendValid(std::string& out, std::string_view text) { AppendText(out, text::ValidUtf8(text)); }

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  AppendValid(out, text);
  return out;
}

std::string MarkText(std::string_view text, std::uint32_t begin, std::uint32_t end,
                     std::span<const FoundWord> found, const MarkTags& tags) {
  std::string out;
  end = std::min<std::uint32_t>(end, static_cast<std::uint32_t>(text.size()));
  std::uint32_t at = std::min(begin, end);
  for (std::size_t i = 0; i < found.size();) {
    const std::uint32_t from = found[i].begin;
    std::uint32_t to = found[i].end;
    for (++i; i < found.size() && found[i].begin <= to; ++i) to = std::max(to, found[i].end);
    if (from < at || to > end) continue;
    AppendValid(out, text.substr(at, from - at));
    out += tags.before;
    AppendValid(out, text.substr(from, to - from));
    out += tags.after;
    at = to;
  }
  AppendValid(out, text.substr(at, end - at));
  return out;
}

}  // namespace quipu::search
