// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace quipu::extract {
namespace {

/// How many continuation bytes follow `lead`, and the smallest code point that needs them; 0: no lead.
struct Lead {
  std::size_t tail = 0;
  char32_t bits = 0;
  char32_t smallest = 0;
};

Lead ReadLead(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, static_cast<char32_t>(byte & 0x1F), 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return {2, static_cast<char32_t>(byte & 0x0F), 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {3, static_cast<char32_t>(byte & 0x07), 0x10000};
  return {};
}

bool IsSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

}  // namespace

CodePoint DecodeUtf8(std::string_view utf8, std::size_t at) {
  const auto byte = static_cast<unsigned char>(utf8[at]);
  if (byte < 0x80) return {byte, 1, true};
  const Lead lead = ReadLead(byte);
  if (lead.tail == 0) return {};
  char32_t value = lead.bits;
  std::size_t taken = 1;
  while (taken <= lead.tail) {
    if (at + taken >= utf8.size()) return {0xFFFD, taken, false};
    const auto next = static_cast<unsigned char>(utf8[at + taken]);
    if ((next & 0xC0) != 0x80) return {0xFFFD, taken, false};
    value = (value << 6) | (next & 0x3F);
    ++taken;
  }
  if (value < lead.smallest || IsSurrogate(value) || value > 0x10FFFF) return {0xFFFD, taken, false};
  return {value, taken, true};
}

void AppendUtf8(std::string& out, char32_t c) {
  if (IsSurrogate(c) || c > 0x10FFFF) c = 0xFFFD;
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

bool IsValidUtf8(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    // Most text is ASCII, of which eight bytes are looked at together.
    std::uint64_t bytes = 0;
    if (utf8.size() - at >= sizeof bytes) std::memcpy(&bytes, utf8.data() + at, sizeof bytes);
    if (utf8.size() - at >= sizeof bytes && (bytes & 0x8080808080808080) == 0) {
      at += sizeof bytes;
      continue;
    }
    const CodePoint c = DecodeUtf8(utf8, at);
    if (!c.valid) return false;
    at += c.size;
  }
  return true;
}

std::string_view ClipUtf8(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return utf8;
  while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0) == 0x80) --bytes;
  return utf8.substr(0, bytes);
}

std::string TidyLine(std::string_view text, std::size_t bytes) {
  std::string line;
  bool gap = false;
  for (std::size_t at = 0; at < text.size() && line.size() < bytes;) {
    const CodePoint c = DecodeUtf8(text, at);
    at += c.size;
    if (IsBlank(c.value)) {
      gap = !line.empty();
    } else if (!IsJunk(c.value)) {
      if (gap) line += ' ';
      gap = false;
      AppendUtf8(line, c.value);
    }
  }
  line = ClipUtf8(line, bytes);
  return line;
}

bool IsJunk(char32_t c) {
  return IsControl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool IsControl(char32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\f' && c != '\r';
  return (c >= 0x7F && c <= 0x9F && c != 0x85) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

bool HasLetters(std::string_view utf8) {
  return std::any_of(utf8.begin(), utf8.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  });
}

bool IsBlank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x85 || c == 0xA0;
}

}  // namespace quipu::extract
