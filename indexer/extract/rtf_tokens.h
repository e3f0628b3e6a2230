// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace quipu::extract {

/// A piece of an RTF file.
struct RtfToken {
  enum class Kind : std::uint8_t { kBegin, kEnd, kWord, kSymbol, kByte, kText };
  Kind kind = Kind::kText;
  std::string_view text;           // of a word: its name; of a symbol: its character; of text: its bytes
  std::optional<int> parameter{};  // of a word
  unsigned char byte = 0;          // \'xx
};

/// Cuts an RTF file into groups' braces, control words ("\par", "\u8217"), symbols ("\~"), bytes ("\'e9") and
/// runs of text. The data after \bin is passed over.
class RtfTokens {
 public:
  explicit RtfTokens(std::string_view bytes) : rest_(bytes) {}

  /// False at the end.
  bool Next(RtfToken& token);

 private:
  RtfToken Control();

  std::string_view rest_;
};

}  // namespace quipu::extract
