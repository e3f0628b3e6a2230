// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/document_id.h"

#include <xxhash.h>

#include <cstdint>

#include <fmt/format.h>

#include "core/text/utf8.h"

namespace quipu::source {
namespace {

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

void AppendPercent(std::string& out, char byte) {
  out += fmt::format("%{:02X}", static_cast<std::uint8_t>(byte));
}

bool IsValidUtf8(std::string_view path) {
  for (std::size_t at = 0; at < path.size();) {
    const text::Utf8Char next = text::DecodeUtf8(path, at);
    if (next.code == text::Utf8Char::kMalformed) return false;
    at += next.bytes;
  }
  return true;
}

std::string EscapeInvalid(std::string_view path) {
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const text::Utf8Char next = text::DecodeUtf8(path, at);
    if (next.code != text::Utf8Char::kMalformed && path[at] != '%') {
      out.append(path.substr(at, next.bytes));
    } else {
      AppendPercent(out, path[at]);
    }
    at += next.bytes;
  }
  return out;
}

/// A path that is too long for an id; the hash is of the whole of it.
std::string Shorten(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  const std::string tail = fmt::format("~{:016x}{:016x}", hash.high64, hash.low64);
  return std::string(text::Utf8Prefix(id, kMaxIdBytes, kMaxIdBytes - tail.size())) + tail;
}

}  // namespace

std::string IdOfPath(std::string_view path) {
  std::string id = IsValidUtf8(path) ? std::string(path) : EscapeInvalid(path);
  return id.size() <= kMaxIdBytes ? id : Shorten(id);
}

std::string IdOfMember(std::string_view file, std::string_view path) {
  std::string id(file);
  id.append("/").append(path);
  return id.size() <= kMaxIdBytes ? id : Shorten(id);
}

std::string PercentEncodePath(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (IsUnreserved(c) || c == '/') {
      out += c;
    } else {
      AppendPercent(out, c);
    }
  }
  return out;
}

std::string UrlOfPath(std::string_view base, std::string_view path) {
  std::string url(base);
  const bool joins = url.empty() || url.back() == '/' || url.find_first_of("?#") != std::string::npos;
  if (!joins) url += '/';
  return url + PercentEncodePath(path);
}

std::string TitleOfPath(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
    name = name.substr(0, dot);
  return IsValidUtf8(name) ? std::string(name) : EscapeInvalid(name);
}

}  // namespace quipu::source
