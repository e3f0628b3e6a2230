// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

constexpr Utf8Char kMalformedByte{Utf8Char::kMalformed, 1};

bool Continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The smallest and largest second byte that may follow `lead`: this alone rules out overlong forms,
// surrogates and what lies over U+10FFFF.
bool SecondByteFits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return Continues(second);
  }
}

}  // namespace

Utf8Char DecodeUtf8(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t left = text.size() - at;
  if (lead < 0xC2 || lead > 0xF4 || left < 2 || !SecondByteFits(lead, byte(1))) return kMalformedByte;
  if (lead < 0xE0) return {static_cast<char32_t>((lead & 0x1F) << 6 | (byte(1) & 0x3F)), 2};
  if (left < 3 || !Continues(byte(2))) return kMalformedByte;
  if (lead < 0xF0) {
    return {static_cast<char32_t>((lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)), 3};
  }
  if (left < 4 || !Continues(byte(3))) return kMalformedByte;
  return {static_cast<char32_t>((lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
                                (byte(3) & 0x3F)),
          4};
}

void AppendUtf8(std::string& out, char32_t code) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string_view Utf8Prefix(std::string_view utf8, std::size_t max_characters, std::size_t max_bytes) {
  std::size_t end = 0;
  for (std::size_t count = 0; count < max_characters && end < utf8.size(); ++count) {
    const std::size_t bytes = DecodeUtf8(utf8, end).bytes;
    if (end + bytes > max_bytes) break;
    end += bytes;
  }
  return utf8.substr(0, end);
}

}  // namespace quipu::text
