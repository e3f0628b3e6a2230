// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// A mail as its reader needs it. All text is UTF-8, though not tidied.
struct MailParts {
  std::string subject;
  std::vector<std::string> from;   // "Ana Ruiz <ana@example.org>"
  std::vector<std::string> names;  // of the senders: "Ana Ruiz", else the address
  std::vector<std::string> to;     // likewise, with those in copy
  std::string date;                // ISO 8601
  std::string language;            // Content-Language
  std::string text;                // the text/plain parts, "format=flowed" undone
  std::string html;                // the text/html parts, for want of text
  bool encrypted = false;          // a part can be read only with a key
  bool too_deep = false;           // parts nested deeper than kMaxMailDepth were left out
  bool parsed = false;             // it is a mail
};

inline constexpr int kMaxMailDepth = 40;
inline constexpr std::size_t kMaxMailParts = 2000;

/// A file in a mail. Valid during the call that gets it.
struct Attachment {
  std::string name;  // as the mail gives it, or made up
  std::string_view bytes;
  bool cut = false;  // over the allowance
};

/// Says how many bytes the next attachment may have; 0: no more are wanted.
using AttachmentAllowance = std::function<std::size_t()>;
/// False: no more are wanted.
using AttachmentFunction = std::function<bool(const Attachment&)>;

/// Reads a message in the format of RFC 5322 and MIME.
MailParts ReadMailParts(std::string_view message, const AttachmentAllowance& allowance,
                        const AttachmentFunction& attached);

}  // namespace quipu::extract
