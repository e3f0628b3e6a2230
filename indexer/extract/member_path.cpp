// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/member_path.h"

#include <algorithm>

#include "indexer/extract/charset.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxPathBytes = 400;

/// Appends what of a part is fit for an id; nothing of "." and "..".
void AppendPart(std::string& path, std::string_view part) {
  const std::string tidy = TidyLine(part, kMaxPathBytes);
  if (tidy.empty() || tidy == "." || tidy == "..") return;
  if (!path.empty()) path += '/';
  path += tidy;
}

}  // namespace

std::string SafeMemberPath(std::string_view path) {
  std::string utf8 = IsValidUtf8(path) ? std::string(path) : DecodeText(path).text;
  // Archives made on Windows may have backslashes, and no name on a Unix system should.
  std::replace(utf8.begin(), utf8.end(), '\\', '/');
  std::string safe;
  for (std::size_t at = 0; at <= utf8.size();) {
    const std::size_t end = std::min(utf8.find('/', at), utf8.size());
    AppendPart(safe, std::string_view(utf8).substr(at, end - at));
    at = end + 1;
  }
  if (safe.empty()) return "unnamed";
  // The end tells more than the beginning: the name of the file, and its ending.
  if (safe.size() > kMaxPathBytes) {
    std::size_t begin = safe.size() - kMaxPathBytes;
    while (begin < safe.size() && (static_cast<unsigned char>(safe[begin]) & 0xC0) == 0x80) ++begin;
    safe.erase(0, begin);
    safe.erase(0, safe.find_first_not_of('/'));
  }
  return safe;
}

}  // namespace quipu::extract
