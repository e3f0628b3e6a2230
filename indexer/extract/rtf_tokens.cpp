// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/rtf_tokens.h"

#include <algorithm>

namespace quipu::extract {
namespace {

using Kind = RtfToken::Kind;

constexpr std::size_t kMaxWord = 32;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The number at the beginning of `rest`, taken off it.
std::optional<int> TakeNumber(std::string_view& rest) {
  const bool negative = rest.size() > 1 && rest[0] == '-' && IsDigit(rest[1]);
  if (negative) rest.remove_prefix(1);
  if (rest.empty() || !IsDigit(rest[0])) return std::nullopt;
  long long value = 0;
  while (!rest.empty() && IsDigit(rest[0])) {
    value = std::min(value * 10 + (rest[0] - '0'), 2000000000LL);
    rest.remove_prefix(1);
  }
  return static_cast<int>(negative ? -value : value);
}

}  // namespace

RtfToken RtfTokens::Control() {
  RtfToken token;
  if (rest_.empty()) return token;
  if (!IsLetter(rest_[0])) {
    if (rest_[0] == '\'' && rest_.size() >= 3 && HexDigit(rest_[1]) >= 0 && HexDigit(rest_[2]) >= 0) {
      token.kind = Kind::kByte;
      token.byte = static_cast<unsigned char>(HexDigit(rest_[1]) * 16 + HexDigit(rest_[2]));
      rest_.remove_prefix(3);
      return token;
    }
    token.kind = Kind::kSymbol;
    token.text = rest_.substr(0, 1);
    rest_.remove_prefix(1);
    return token;
  }
  std::size_t length = 0;
  while (length < rest_.size() && length < kMaxWord && IsLetter(rest_[length])) ++length;
  token.kind = Kind::kWord;
  token.text = rest_.substr(0, length);
  rest_.remove_prefix(length);
  token.parameter = TakeNumber(rest_);
  // One space after a word belongs to it.
  if (!rest_.empty() && rest_[0] == ' ') rest_.remove_prefix(1);
  if (token.text == "bin" && token.parameter.value_or(0) > 0)
    rest_.remove_prefix(std::min(static_cast<std::size_t>(*token.parameter), rest_.size()));
  return token;
}

bool RtfTokens::Next(RtfToken& token) {
  // Line ends are only there for people who read the source.
  while (!rest_.empty() && (rest_[0] == '\r' || rest_[0] == '\n' || rest_[0] == '\0')) rest_.remove_prefix(1);
  if (rest_.empty()) return false;
  const char c = rest_[0];
  if (c == '{' || c == '}') {
    token = {.kind = c == '{' ? Kind::kBegin : Kind::kEnd, .text = {}};
    rest_.remove_prefix(1);
    return true;
  }
  if (c == '\\') {
    rest_.remove_prefix(1);
    token = Control();
    return true;
  }
  constexpr std::string_view kEnds("{}\\\r\n\0", 6);
  const std::size_t end = std::min(rest_.find_first_of(kEnds), rest_.size());
  token = {.kind = Kind::kText, .text = rest_.substr(0, end)};
  rest_.remove_prefix(end);
  return true;
}

}  // namespace quipu::extract
