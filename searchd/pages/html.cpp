// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/html.h"

#include <algorithm>
#include <cctype>

namespace quipu::searchd {
namespace {

constexpr std::string_view kOpen = "<mark>";
constexpr std::string_view kClose = "</mark>";

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string OnlyMarks(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  bool open = false;
  while (!html.empty()) {
    if (html.starts_with(kOpen)) {
      if (!open) out += kOpen;
      open = true;
      html.remove_prefix(kOpen.size());
    } else if (html.starts_with(kClose)) {
      if (open) out += kClose;
      open = false;
      html.remove_prefix(kClose.size());
    } else {
      const char c = html.front();
      if (c == '<') {
        out += "&lt;";
      } else if (c == '>') {
        out += "&gt;";
      } else {
        out += c;
      }
      html.remove_prefix(1);
    }
  }
  if (open) out += kClose;
  return out;
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

std::string LanguageAttribute(std::string_view language) {
  const bool plain = !language.empty() && language.size() <= 16 &&
                     std::all_of(language.begin(), language.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
  return plain ? fmt::format(" lang=\"{}\"", language) : "";
}

}  // namespace quipu::searchd
