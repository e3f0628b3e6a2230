// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/msg_properties.h"

#include <array>
#include <cstdio>

#include "indexer/extract/charset.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/ole_properties.h"

namespace quipu::extract {
namespace {

constexpr std::uint16_t kLong = 0x0003;
constexpr std::uint16_t kBytes = 0x001E;
constexpr std::uint16_t kUnicode = 0x001F;
constexpr std::uint16_t kTime = 0x0040;
constexpr std::uint16_t kBinary = 0x0102;
constexpr std::uint16_t kBody = 0x1000;
constexpr std::size_t kMaxSampleBytes = 65536;
constexpr std::uint16_t kMessageCodePage = 0x3FFD;
constexpr std::size_t kMaxFixedBytes = 1U << 20;

}  // namespace

MsgProperties::MsgProperties(const CompoundFile& file, std::string folder)
    : file_(file), folder_(std::move(folder)) {
  fixed_ = file_.Read(folder_ + "__properties_version1.0", kMaxFixedBytes);
  if (const std::uint64_t code_page = Fixed(kMessageCodePage, kLong); code_page != 0)
    code_page_ = static_cast<int>(code_page);
  if (code_page_ != 0) return;
  // The longest text tells best.
  const std::string body = Stream(kBody, kBytes, kMaxSampleBytes);
  if (!body.empty()) charset_ = DecodeText(body).charset;
}

std::string MsgProperties::Stream(std::uint16_t id, std::uint16_t type, std::size_t max_bytes) const {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "__substg1.0_%04X%04X", id, type);
  return file_.Read(folder_ + name.data(), max_bytes);
}

std::string MsgProperties::Text(std::uint16_t id, std::size_t max_bytes) {
  if (const std::string wide = Stream(id, kUnicode, max_bytes * 2); !wide.empty()) return FromUtf16(wide);
  const std::string bytes = Stream(id, kBytes, max_bytes);
  return code_page_ == 0 ? DecodeText(bytes, charset_).text : pages_.Decode(code_page_, bytes);
}

std::string MsgProperties::Binary(std::uint16_t id) const {
  return Stream(id, kBinary, CompoundFile::kMaxStreamBytes);
}

std::uint64_t MsgProperties::Fixed(std::uint16_t id, std::uint16_t type) const {
  // Entries of 16 bytes after a header of 32 (a message), 24 (a message inside) or 8 (all else).
  const std::uint32_t tag = static_cast<std::uint32_t>(id) << 16 | type;
  const std::size_t header = fixed_.size() % 16 == 8 ? 8 : 0;
  for (std::size_t at = header; at + 16 <= fixed_.size(); at += 16) {
    if (U32(fixed_, at) == tag) return type == kTime ? U64(fixed_, at + 8) : U32(fixed_, at + 8);
  }
  return 0;
}

std::string MsgProperties::Time(std::uint16_t id) const { return IsoFromFileTime(Fixed(id, kTime)); }

}  // namespace quipu::extract
