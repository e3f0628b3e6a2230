// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/extract/extractor.h"

namespace quipu::extract {

/// A file inside a file, as the reader of the outer one found it. Valid during the call that gets it.
struct FoundMember {
  std::string path;        // as the container names it, in UTF-8 or not
  std::string_view type;   // where the container knows it (a mailbox has mails); else empty
  std::string_view bytes;  // its content
  bool cut = false;        // `bytes` is only the beginning
  std::string date;        // ISO 8601, where the container knows it
  /// Anything but kIndexed: it cannot be read, and `reason` says why; `bytes` do not count.
  State state = State::kIndexed;
  std::string reason;
};

/// Where the reader of a container (archive, mailbox, mail) hands the files in it, each to become a document
/// of its own. It bounds their number, size, depth and time; what is refused is remembered as the shortfall.
class MemberSink {
 public:
  virtual ~MemberSink() = default;

  /// How many bytes the next member may unpack to; 0: no more members are wanted.
  virtual std::uint64_t Allowance() = 0;
  /// Counts bytes that were unpacked only to get past them. False: stop unpacking.
  virtual bool Spend(std::uint64_t bytes) = 0;
  /// Reads a member. False: no more members are wanted.
  virtual bool Take(const FoundMember& member) = 0;
  /// Why not all members were taken, a sentence for the report; empty if they were.
  virtual std::string Shortfall() const = 0;
};

}  // namespace quipu::extract
