// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/link_target.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace quipu::index {
namespace {

/// `//host`, path and query; the host is empty in a relative reference.
struct Parts {
  std::string host;  // with the slashes before it
  std::string path;
  std::string query;  // with its question mark
};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::size_t SchemeEnd(std::string_view link) {
  std::size_t at = 0;
  while (at < link.size() && (std::isalnum(static_cast<unsigned char>(link[at])) != 0 || link[at] == '+' ||
                              link[at] == '-' || link[at] == '.')) {
    ++at;
  }
  return at > 1 && at < link.size() && link[at] == ':' ? at + 1 : 0;
}

Parts Split(std::string_view link) {
  link = link.substr(0, link.find('#'));
  link.remove_prefix(SchemeEnd(link));
  Parts parts;
  if (const std::size_t mark = link.find('?'); mark != std::string_view::npos) {
    parts.query = link.substr(mark);
    link = link.substr(0, mark);
  }
  if (link.starts_with("//")) {
    const std::size_t end = std::min(link.find('/', 2), link.size());
    parts.host = link.substr(0, end);
    std::transform(parts.host.begin(), parts.host.end(), parts.host.begin(), Lower);
    link.remove_prefix(end);
  }
  parts.path = link;
  return parts;
}

/// `path` without "." and "..", and without slashes at its ends.
std::string WithoutDots(std::string_view path) {
  std::vector<std::string_view> kept;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!part.empty() && part != ".") {
      kept.push_back(part);
    }
    begin = end + 1;
  }
  std::string joined;
  for (const std::string_view part : kept) {
    if (!joined.empty()) joined += '/';
    joined += part;
  }
  return joined;
}

}  // namespace

std::string LinkTarget(std::string_view base, std::string_view link) {
  const std::size_t scheme = SchemeEnd(link);
  if (scheme != 0 && !link.starts_with("http") && !link.starts_with("file")) return "";
  Parts parts = Split(link);
  if (scheme == 0 && parts.host.empty()) {
    const Parts from = Split(base);
    parts.host = from.host;
    if (parts.path.empty()) {
      parts.path = from.path;
      if (parts.query.empty()) parts.query = from.query;
    } else if (parts.path.front() != '/') {
      const std::size_t slash = from.path.rfind('/');
      if (slash != std::string::npos) parts.path.insert(0, from.path.substr(0, slash + 1));
    }
  }
  return parts.host + "/" + WithoutDots(parts.path) + parts.query;
}

}  // namespace quipu::index
