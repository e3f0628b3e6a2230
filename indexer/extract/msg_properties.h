// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/code_page.h"
#include "indexer/extract/compound_file.h"

namespace quipu::extract {

/// The properties of an Outlook message, or of something in it: a recipient, an attachment.
class MsgProperties {
 public:
  /// `folder` is "" for the message, else a storage's path with its last '/'.
  MsgProperties(const CompoundFile& file, std::string folder);

  /// A text as UTF-8, whether it is kept as Unicode or in the message's code page; if that is not known, in
  /// the charset that the bytes seem to have.
  std::string Text(std::uint16_t id, std::size_t max_bytes);
  std::string Binary(std::uint16_t id) const;
  /// A time as ISO 8601; "" if there is none.
  std::string Time(std::uint16_t id) const;

  /// Texts in bytes are as in `message`.
  void UseCharsetOf(const MsgProperties& message) {
    code_page_ = message.code_page_;
    charset_ = message.charset_;
  }
  /// The code page of the HTML body; 0: unknown.
  int html_code_page() const { return static_cast<int>(Fixed(0x3FDE, 3)); }

 private:
  std::string Stream(std::uint16_t id, std::uint16_t type, std::size_t max_bytes) const;
  std::uint64_t Fixed(std::uint16_t id, std::uint16_t type) const;

  const CompoundFile& file_;
  std::string folder_;
  std::string fixed_;
  int code_page_ = 0;    // 0: the message does not say
  std::string charset_;  // a guess where the code page is not known
  CodePages pages_;
};

}  // namespace quipu::extract
