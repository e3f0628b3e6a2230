// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/biff.h"

#include <algorithm>

#include "indexer/extract/little_endian.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {

bool BiffStream::Next(BiffRecord& record) {
  if (rest_.size() < 4) return false;
  record.number = U16(rest_, 0);
  record.bytes = Slice(rest_, 4, U16(rest_, 2));
  rest_.remove_prefix(4 + record.bytes.size());
  return true;
}

bool BiffStream::NextContinue(std::string_view& bytes) {
  if (rest_.size() < 4 || U16(rest_, 0) != kContinue) return false;
  BiffRecord record;
  if (!Next(record)) return false;
  bytes = record.bytes;
  return true;
}

bool BiffText::Refill() {
  while (rest_.empty()) {
    if (!stream_.NextContinue(rest_)) return false;
  }
  return true;
}

bool BiffText::done() { return !Refill(); }

std::uint64_t BiffText::Number(std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes && Refill(); ++i) {
    value |= static_cast<std::uint64_t>(U8(rest_, 0)) << (8 * i);
    rest_.remove_prefix(1);
  }
  return value;
}

void BiffText::Skip(std::size_t bytes) {
  while (bytes > 0 && Refill()) {
    const std::size_t step = std::min(bytes, rest_.size());
    rest_.remove_prefix(step);
    bytes -= step;
  }
}

std::string BiffText::Wide(std::size_t length) {
  constexpr std::uint8_t kTwoBytes = 1;
  constexpr std::uint8_t kPhonetic = 4;
  constexpr std::uint8_t kRich = 8;
  const std::uint8_t flags = Byte();
  const std::size_t runs = (flags & kRich) != 0 ? Short() : 0;
  const std::size_t phonetic = (flags & kPhonetic) != 0 ? Long() : 0;
  bool wide = (flags & kTwoBytes) != 0;
  std::string text;
  for (std::size_t left = length; left > 0;) {
    if (rest_.empty()) {
      if (!Refill()) break;
      wide = (U8(rest_, 0) & kTwoBytes) != 0;
      rest_.remove_prefix(1);
      continue;
    }
    const std::size_t here = std::min(left, wide ? rest_.size() / 2 : rest_.size());
    if (here == 0) {  // half a character
      rest_ = {};
      continue;
    }
    const std::string_view bytes = rest_.substr(0, wide ? here * 2 : here);
    if (text.size() < kMaxString) {
      if (wide) text += FromUtf16(bytes);
      for (const char c : wide ? std::string_view() : bytes) AppendUtf8(text, static_cast<unsigned char>(c));
    }
    rest_.remove_prefix(bytes.size());
    left -= here;
  }
  Skip(runs * 4);
  Skip(phonetic);
  return text;
}

std::string BiffText::Narrow(std::size_t length, int code_page, CodePages& pages) {
  std::string bytes;
  while (length > 0 && Refill()) {
    const std::string_view here = rest_.substr(0, length);
    if (bytes.size() < kMaxString) bytes += here;
    rest_.remove_prefix(here.size());
    length -= here.size();
  }
  return pages.Decode(code_page, bytes);
}

}  // namespace quipu::extract
