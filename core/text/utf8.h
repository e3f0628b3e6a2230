// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace quipu::text {

/// One code point of a text and the bytes it takes there.
struct Utf8Char {
  char32_t code = kMalformed;
  std::uint32_t bytes = 0;  // 0 only at the end of the text

  /// What a byte that is not UTF-8 (overlong, surrogate, cut off, over U+10FFFF) decodes to, one byte at a
  /// time.
  static constexpr char32_t kMalformed = 0xFFFFFFFF;
};

/// The code point that begins at byte `at`.
Utf8Char DecodeUtf8(std::string_view text, std::size_t at);

/// Appends `code`, which must be a Unicode scalar value.
void AppendUtf8(std::string& out, char32_t code);

/// The longest prefix of the valid UTF-8 text `utf8` with at most `max_characters` code points and
/// `max_bytes` bytes.
std::string_view Utf8Prefix(std::string_view utf8, std::size_t max_characters, std::size_t max_bytes);

}  // namespace quipu::text
