// SPDX-License-Identifier: GPL-2.0-or-later
#include "packaging/reference/roff.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace quipu::reference {
namespace {

char Capital(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

/// The character that begins at `at`, which moves behind it. The tables are UTF-8 that is right.
char32_t TakeCharacter(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  int more = 1;
  if (lead >= 0xE0) more = lead >= 0xF0 ? 3 : 2;
  char32_t character = lead & (0x3FU >> more);
  for (; more > 0 && at < text.size(); --more) {
    character = (character << 6) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  }
  return character;
}

std::string Escaped(char32_t character) {
  switch (character) {
    case U'\\': return "\\e";
    case U'-': return "\\-";
    case U'\'': return "\\(aq";
    case U'`': return "\\(ga";
    case U'^': return "\\(ha";
    case U'~': return "\\(ti";
    case U'"': return "\\(dq";
    case U'…': return "...";
    default: break;
  }
  if (character < 0x80) return {static_cast<char>(character)};
  return fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(character));
}

}  // namespace

std::string Roff(std::string_view text) {
  std::string out;
  // A line that begins so would be a request.
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (std::size_t at = 0; at < text.size();) out += Escaped(TakeCharacter(text, at));
  return out;
}

std::string RoffSentence(std::string_view text) {
  std::string out;
  bool code = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('`', at), text.size());
    const std::string part = Roff(text.substr(at, end - at));
    out += code ? "\\fB" + part + "\\fR" : part;
    if (end < text.size()) code = !code;
    at = end + 1;
  }
  if (!out.empty()) out[0] = Capital(out[0]);
  if (!text.ends_with('.') && !text.ends_with('?')) out += '.';
  return out;
}

std::string RoffBold(std::string_view text) { return "\\fB" + Roff(text) + "\\fR"; }

std::string RoffItalic(std::string_view text) { return "\\fI" + Roff(text) + "\\fR"; }

std::string RoffTitle(std::string_view name, int section, std::string_view date, std::string_view version) {
  std::string capitals(name);
  if (section == 1) std::transform(capitals.begin(), capitals.end(), capitals.begin(), Capital);
  const bool is_day = date.size() == 10 && date[4] == '-' && date[7] == '-';
  return fmt::format(
      ".\\\" Made from the programs' own tables by quipu-reference; do not edit.\n"
      ".TH {} {} \"{}\" \"Quipu {}\" \"Quipu manual\"\n",
      Roff(capitals), section, is_day ? Roff(date) : "", Roff(version));
}

}  // namespace quipu::reference
