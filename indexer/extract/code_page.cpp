// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/code_page.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include "indexer/extract/little_endian.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr int kWindows1252 = 1252;
constexpr int kUtf16 = 1200;
constexpr int kUtf8 = 65001;
constexpr std::size_t kMaxConverters = 32;

constexpr std::array<char16_t, 32> kHigh1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

struct Named {
  int number;
  const char* charset;
};
constexpr std::array kNames = {
    Named{708, "ISO-8859-6"},    Named{866, "CP866"},          Named{874, "WINDOWS-874"},
    Named{932, "CP932"},         Named{936, "GB18030"},        Named{949, "UHC"},
    Named{950, "BIG5-HKSCS"},    Named{1361, "JOHAB"},         Named{10000, "MACINTOSH"},
    Named{10001, "CP932"},       Named{10007, "MAC-CYRILLIC"}, Named{20866, "KOI8-R"},
    Named{21866, "KOI8-U"},      Named{28591, "WINDOWS-1252"}, Named{28592, "ISO-8859-2"},
    Named{28595, "ISO-8859-5"},  Named{28597, "ISO-8859-7"},   Named{28605, "ISO-8859-15"},
    Named{50220, "ISO-2022-JP"}, Named{51932, "EUC-JP"},       Named{51949, "EUC-KR"},
    Named{52936, "GB18030"},     Named{54936, "GB18030"},
};

std::string CharsetOf(int code_page) {
  const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                   [&](const Named& named) { return named.number == code_page; });
  if (found != kNames.end()) return found->charset;
  if (code_page >= 1250 && code_page <= 1258) return "WINDOWS-" + std::to_string(code_page);
  if (code_page >= 437 && code_page <= 1047) return "CP" + std::to_string(code_page);
  return "";
}

std::string Decode1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) AppendUtf8(out, FromWindows1252(static_cast<unsigned char>(c)));
  return out;
}

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

/// An open iconv converter to UTF-8; not ok() if there is none for the code page.
class CodePages::Converter {
 public:
  explicit Converter(const std::string& charset)
      : handle_(charset.empty() ? Closed() : iconv_open("UTF-8", charset.c_str())) {}
  ~Converter() {
    if (ok()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool ok() const { return handle_ != Closed(); }

  std::string Convert(std::string_view bytes) {
    std::string out;
    std::array<char, 4096> buffer{};
    char* in = const_cast<char*>(bytes.data());  // NOLINT: iconv's signature; it does not write
    std::size_t left = bytes.size();
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = iconv(handle_, &in, &left, &to, &room);
      const int error = errno;
      out.append(buffer.data(), buffer.size() - room);
      if (result != static_cast<std::size_t>(-1) || error == E2BIG) continue;
      AppendUtf8(out, 0xFFFD);
      ++in;
      --left;
    }
    return out;
  }

 private:
  static iconv_t Closed() { return reinterpret_cast<iconv_t>(-1); }  // NOLINT(performance-no-int-to-ptr)
  iconv_t handle_;
};

CodePages::CodePages() = default;
CodePages::~CodePages() = default;

std::string CodePages::Decode(int code_page, std::string_view bytes) {
  if (code_page == kUtf16) return FromUtf16(bytes);
  if (code_page == kUtf8 || IsAscii(bytes)) return std::string(bytes);
  if (code_page == kWindows1252 || code_page == 0) return Decode1252(bytes);
  auto found = converters_.find(code_page);
  if (found == converters_.end()) {
    if (converters_.size() >= kMaxConverters) return Decode1252(bytes);
    found = converters_.emplace(code_page, std::make_unique<Converter>(CharsetOf(code_page))).first;
  }
  return found->second->ok() ? found->second->Convert(bytes) : Decode1252(bytes);
}

std::string FromUtf16(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
    const char32_t unit = U16(bytes, at);
    const char32_t next = at + 4 <= bytes.size() ? U16(bytes, at + 2) : 0;
    if (unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
      AppendUtf8(out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
      at += 2;
    } else {
      AppendUtf8(out, unit);
    }
  }
  return out;
}

char32_t FromWindows1252(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? static_cast<char32_t>(kHigh1252[byte - 0x80U]) : byte;
}

bool IsLeadByte(int code_page, unsigned char byte) {
  if (code_page == 932) return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
  if (code_page == 936 || code_page == 949 || code_page == 950) return byte >= 0x81 && byte <= 0xFE;
  return false;
}

}  // namespace quipu::extract
