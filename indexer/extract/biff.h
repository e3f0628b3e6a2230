// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/extract/code_page.h"

namespace quipu::extract {

/// A record of an Excel stream: its number and its bytes.
struct BiffRecord {
  std::uint16_t number = 0;
  std::string_view bytes;
};

/// Walks the records of an Excel stream (BIFF5 and BIFF8) from front to back.
class BiffStream {
 public:
  static constexpr std::uint16_t kContinue = 0x3C;

  explicit BiffStream(std::string_view bytes) : rest_(bytes) {}

  /// The next record into `record`; false at the end. The last one may be cut off.
  bool Next(BiffRecord& record);
  /// The next record's bytes if it goes on with the last one (CONTINUE); else false and nothing happens.
  bool NextContinue(std::string_view& bytes);

 private:
  std::string_view rest_;
};

/// Reads strings that may run over from a record into its CONTINUEs, where BIFF8 repeats the byte that says
/// whether characters have one byte or two.
class BiffText {
 public:
  BiffText(std::string_view bytes, BiffStream& stream) : rest_(bytes), stream_(stream) {}

  std::uint8_t Byte() { return static_cast<std::uint8_t>(Number(1)); }
  std::uint16_t Short() { return static_cast<std::uint16_t>(Number(2)); }
  std::uint32_t Long() { return static_cast<std::uint32_t>(Number(4)); }
  /// Whether the record and what continues it are at an end.
  bool done();

  /// `length` characters of BIFF8, with what decorates them read over; at most kMaxString are kept.
  std::string Wide(std::size_t length);
  /// `length` bytes of BIFF5 in a code page.
  std::string Narrow(std::size_t length, int code_page, CodePages& pages);

  static constexpr std::size_t kMaxString = 65535;

 private:
  std::uint64_t Number(std::size_t bytes);
  void Skip(std::size_t bytes);
  bool Refill();

  std::string_view rest_;
  BiffStream& stream_;
};

}  // namespace quipu::extract
