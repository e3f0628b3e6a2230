// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quipu::index {

/// Appends `value`, seven bits a byte, the lowest first; the last byte is below 0x80.
inline void PutVarint(std::string& bytes, std::uint64_t value) {
  while (value >= 0x80) {
    bytes += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  bytes += static_cast<char>(value);
}

/// Appends the length of `text` and `text`.
inline void PutText(std::string& bytes, std::string_view text) {
  PutVarint(bytes, text.size());
  bytes += text;
}

/// Reads what PutVarint and PutText wrote. After a fault every read gives 0 or "" and `failed` is true, so
/// that a decoder can check once at its end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  std::size_t remaining() const { return rest_.size(); }

  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }

  /// A number that is at most `limit`; beyond is a fault.
  std::uint64_t VarintUpTo(std::uint64_t limit) {
    const std::uint64_t value = Varint();
    if (value <= limit) return value;
    Fail();
    return 0;
  }

  std::string_view Bytes(std::size_t count) {
    if (count > rest_.size()) {
      Fail();
      return {};
    }
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

  std::string_view Text() { return Bytes(static_cast<std::size_t>(VarintUpTo(rest_.size()))); }

  void Fail() {
    failed_ = true;
    rest_ = {};
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace quipu::index
