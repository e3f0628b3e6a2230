// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/mailbox.h"

#include <algorithm>

namespace quipu::extract {
namespace {

std::size_t LineEnd(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Where the message that begins at 0 ends: at the next "From " line after an empty one.
std::size_t MessageEnd(std::string_view text) {
  std::size_t at = LineEnd(text, 0);
  for (;;) {
    at = text.find("\nFrom ", at == 0 ? 0 : at - 1);
    if (at == std::string_view::npos) return text.size();
    const bool after_empty = at > 0 && (text[at - 1] == '\n' || (at > 1 && text.substr(at - 2, 2) == "\n\r"));
    ++at;
    if (after_empty && IsFromLine(text.substr(at, LineEnd(text, at) - at))) return at;
    at = LineEnd(text, at);
  }
}

}  // namespace

bool IsFromLine(std::string_view line) {
  if (line.substr(0, 5) != "From ") return false;
  // A time of day and, somewhere behind it, a year: prose that begins so has neither.
  for (std::size_t at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1)) {
    const bool time = at >= 1 && at + 2 < line.size() && IsDigit(line[at - 1]) && IsDigit(line[at + 1]) &&
                      IsDigit(line[at + 2]);
    if (!time) continue;
    int digits = 0;
    for (const char c : line.substr(at + 3)) {
      digits = IsDigit(c) ? digits + 1 : 0;
      if (digits == 4) return true;
    }
    return false;
  }
  return false;
}

MailboxSplitter::MailboxSplitter(std::string_view bytes) : rest_(bytes) {
  const std::size_t begin = rest_.find_first_not_of("\r\n");
  rest_.remove_prefix(std::min(begin, rest_.size()));
}

std::optional<std::string_view> MailboxSplitter::Next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t end = MessageEnd(rest_);
  std::string_view message = rest_.substr(0, end);
  rest_.remove_prefix(end);
  if (message.substr(0, 5) == "From ") message.remove_prefix(LineEnd(message, 0));
  if (message.find("\n>From ") == std::string_view::npos) return message;
  unquoted_.clear();
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t quoted = std::min(message.find("\n>From ", at), message.size());
    unquoted_ += message.substr(at, quoted - at);
    if (quoted < message.size()) unquoted_ += '\n';
    at = quoted + 2;
  }
  return unquoted_;
}

}  // namespace quipu::extract
