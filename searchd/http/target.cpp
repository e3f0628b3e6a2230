// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/target.h"

#include "searchd/http/request_head.h"

namespace quipu::http {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that the escape at `text[at]` stands for, or -1.
int EscapeAt(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = HexDigit(text[at + 1]);
  const int low = HexDigit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string DecodeQueryPart(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? EscapeAt(text, i) : -1;
    if (byte >= 0) {
      decoded.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      decoded.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return decoded;
}

}  // namespace

std::optional<Target> SplitTarget(std::string_view target) {
  if (!target.starts_with('/')) {
    const std::size_t scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = target.substr(0, scheme_end);
    if (!EqualsIgnoringCase(scheme, "http") && !EqualsIgnoringCase(scheme, "https")) return std::nullopt;
    target.remove_prefix(scheme_end + 3);
    const std::size_t authority_end = target.find_first_of("/?");
    if (authority_end == 0) return std::nullopt;
    target.remove_prefix(authority_end == std::string_view::npos ? target.size() : authority_end);
  }
  const std::size_t mark = target.find('?');
  Target split{target.substr(0, mark),
               mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1)};
  if (split.path.empty()) split.path = "/";
  return split;
}

std::optional<std::string> DecodeEscapes(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    const int byte = EscapeAt(text, i);
    if (byte <= 0) return std::nullopt;
    decoded.push_back(static_cast<char>(byte));
    i += 2;
  }
  return decoded;
}

std::vector<std::pair<std::string, std::string>> DecodeQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view part = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    pairs.emplace_back(
        DecodeQueryPart(part.substr(0, equals)),
        equals == std::string_view::npos ? std::string() : DecodeQueryPart(part.substr(equals + 1)));
  }
  return pairs;
}

}  // namespace quipu::http
