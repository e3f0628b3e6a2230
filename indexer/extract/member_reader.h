// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "indexer/extract/extractor.h"
#include "indexer/extract/members.h"

namespace quipu::extract {

/// What the members of one file may cost together, members of members included.
struct MemberLimits {
  static constexpr int kMaxDepth = 3;
  static constexpr std::uint64_t kMaxMembers = 10000;
  static constexpr std::uint64_t kMaxMemberBytes = 64ULL << 20;
  static constexpr std::uint64_t kMaxTotalBytes = 2ULL << 30;
  static constexpr std::uint64_t kMaxRatio = 250;                   // unpacked to packed, …
  static constexpr std::uint64_t kFreeOfRatio = 64ULL << 20;        // … beyond so many bytes
  static constexpr std::uint64_t kMaxSharedTextBytes = 1ULL << 30;  // text given in all

  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::chrono::milliseconds member_time{0};  // 0: no limit
  std::uint64_t file_bytes = 0;              // the outer file's size
};

/// Reads the members of one file, depth first: each is extracted like a file, its own members before it, and
/// given away. Numbers them as they are begun, from 0, the same each time the same file is read: after a
/// process died of member N, another resumes at it.
class MemberReader {
 public:
  struct Setup {
    std::string language;  // forced by the source, else empty
    MemberLimits limits;
    /// A member is about to be read.
    std::function<void(std::uint64_t number)> begin;
    std::function<void(std::string path, Extracted extracted)> give;
    /// Members before this one were given already. It itself is not read but given as failed, for the
    /// reason `blame`, unless that is empty.
    std::uint64_t resume_at = 0;
    std::string blame;
  };
  explicit MemberReader(Setup setup);
  ~MemberReader();
  MemberReader(const MemberReader&) = delete;
  MemberReader& operator=(const MemberReader&) = delete;

  /// For the outer file.
  MemberSink& sink();
  /// Whether a member could not be read for lack of memory: the process should end.
  bool out_of_memory() const { return out_of_memory_; }

 private:
  class Level;

  Extracted Extract(const FoundMember& member, const std::string& path, Level& inside);
  void Read(const FoundMember& member, const std::string& path, Level& level);

  Setup setup_;
  std::unique_ptr<Level> root_;
  std::uint64_t count_ = 0;
  std::uint64_t unpacked_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t max_unpacked_ = 0;
  bool out_of_memory_ = false;
};

}  // namespace quipu::extract
