// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "core/index/document_writer.h"

namespace quipu::index {
namespace {

/// Longer paths are generated; their beginning says as little as their end.
constexpr std::size_t kMaxPathBytes = 512;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The path of "https://host/path?query#anchor"; a relative url is a path already.
std::string_view PathOf(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    const std::size_t path = url.find('/', scheme + 3);
    url.remove_prefix(std::min(path, url.size()));
  }
  return url.substr(0, url.find_first_of("?#"));
}

}  // namespace

std::string PathWords(std::string_view url, std::string_view id) {
  std::string_view path = url.empty() ? id : PathOf(url);
  if (path.size() > kMaxPathBytes) path.remove_prefix(path.size() - kMaxPathBytes);
  std::string words;
  for (std::size_t i = 0; i < path.size(); ++i) {
    char c = path[i];
    if (c == '%' && i + 2 < path.size() && HexDigit(path[i + 1]) >= 0 && HexDigit(path[i + 2]) >= 0) {
      c = static_cast<char>(HexDigit(path[i + 1]) * 16 + HexDigit(path[i + 2]));
      i += 2;
    }
    // What joins words in file names separates them here.
    words += std::string_view("/-_.+~,;:=&()[]").find(c) == std::string_view::npos ? c : ' ';
  }
  return words;
}

}  // namespace quipu::index
