// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quipu::extract {

/// Cuts a mailbox (mbox) into its messages. One begins at a "From " line with a time, at the beginning or
/// after an empty line; that line is no part of it, and ">From " in its text becomes "From " again.
class MailboxSplitter {
 public:
  /// `bytes` must outlive the splitter.
  explicit MailboxSplitter(std::string_view bytes);

  /// The next message, valid until the next call; nothing at the end.
  std::optional<std::string_view> Next();

 private:
  std::string_view rest_;  // begins with a "From " line
  std::string unquoted_;
};

/// Whether a line is one that separates messages: "From ana@example.org Tue Jan 17 10:00:00 2023".
bool IsFromLine(std::string_view line);

}  // namespace quipu::extract
