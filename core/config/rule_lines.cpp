// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/rule_lines.h"

#include <algorithm>
#include <utility>

#include "core/config/rule_files.h"

namespace quipu::config {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The length of a well-formed character at the beginning of `text`, else 0. This folder stands below
// core/text.
std::size_t CharacterLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool beyond = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || beyond ? 0 : length;
}

bool IsUtf8Text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    const auto first = static_cast<unsigned char>(text[0]);
    if (length == 0 || (first < 0x20 && first != '\t') || first == 0x7F) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string_view WithoutComment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && (i == 0 || IsSpace(line[i - 1]))) return line.substr(0, i);
  }
  return line;
}

}  // namespace

void AddFault(std::vector<Fault>& faults, int line, int column, std::string_view message) {
  if (faults.size() >= kMaxFaults) return;
  faults.push_back({.line = line, .column = column, .message = std::string(message)});
}

std::string AtMost(std::string_view before, std::size_t limit, std::string_view behind) {
  std::string message(before);
  return message.append(" at most ").append(std::to_string(limit)).append(" ").append(behind);
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

void ForEachLine(std::string_view text, const std::function<void(std::string_view, int)>& take) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trimmed(WithoutComment(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty()) take(line, number);
  }
}

bool CheckRuleText(std::string_view text, int line, std::vector<Fault>& faults) {
  if (text.empty()) {
    AddFault(faults, line, 1, "here a word is missing");
  } else if (!IsUtf8Text(text)) {
    AddFault(faults, line, 1, "this is not text in UTF-8");
  } else if (text.size() > kMaxRuleTextBytes) {
    AddFault(faults, line, 1, AtMost("a text here has", kMaxRuleTextBytes, "bytes"));
  } else {
    return true;
  }
  return false;
}

}  // namespace quipu::config
