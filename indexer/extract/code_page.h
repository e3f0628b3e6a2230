// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace quipu::extract {

/// Text of UTF-16, little-endian, as UTF-8; lone surrogates become U+FFFD, an odd last byte is dropped.
std::string FromUtf16(std::string_view bytes);

/// The Unicode character of a windows-1252 byte.
char32_t FromWindows1252(unsigned char byte);

/// Decodes text in the code pages that Windows and Mac numbered: 1252, 932, 10000, 65001, 1200 (UTF-16)…
/// An unknown number counts as 1252. Converters stay open between calls.
class CodePages {
 public:
  CodePages();
  ~CodePages();
  CodePages(const CodePages&) = delete;
  CodePages& operator=(const CodePages&) = delete;

  std::string Decode(int code_page, std::string_view bytes);

 private:
  class Converter;
  std::map<int, std::unique_ptr<Converter>> converters_;
};

/// Whether `byte` begins a character of two bytes in this code page (932, 936, 949, 950).
bool IsLeadByte(int code_page, unsigned char byte);

}  // namespace quipu::extract
