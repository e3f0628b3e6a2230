// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// `bytes` as UTF-8. The charset comes, in this order, from a byte order mark, from the bytes being valid
/// UTF-8 or evident UTF-16/32, from `declared` (what the file says of itself, may be empty), and from
/// the bytes' statistics; windows-1252 is the last resort. Malformed input becomes U+FFFD. The result may
/// still hold control characters.
struct DecodedText {
  std::string text;
  std::string charset;
};
DecodedText DecodeText(std::string_view bytes, std::string_view declared = {});

/// Whether decoded text is writing rather than the bytes of something else: hardly any NULs, control
/// characters or replacement characters. Looks at the first 64 KiB.
bool LooksLikeText(std::string_view utf8);

/// Loads the converters of the usual charsets, for a process that will soon be unable to open files.
void PreloadCharsets();

}  // namespace quipu::extract
