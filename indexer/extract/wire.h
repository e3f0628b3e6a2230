// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "indexer/extract/extractor.h"

namespace quipu::extract {

/// The messages between the pool and its processes: a 4-byte little-endian length, then CBOR. A process
/// may have been taken over by a hostile file, so answers are decoded with limits: sizes, nesting, UTF-8,
/// segments in order and inside the body.
inline constexpr std::size_t kMaxTaskBytes = 64ULL << 10;
inline constexpr std::size_t kMaxAnswerBytes = 96ULL << 20;

/// The first message to a process.
struct Greeting {
  std::uint64_t memory_bytes = 0;
};

/// A task as it travels; the file's descriptor goes beside it (SCM_RIGHTS).
struct TaskMessage {
  std::string name;
  std::string language;
  std::string charset;
  std::uint64_t max_bytes = 0;
  Wanted wanted = Wanted::kDocument;
  std::uint64_t time_ms = 0;  // after this, what has been read is given; 0: no limit
  /// Whether the files in this one are wanted, and the time for all of them together.
  bool members = false;
  std::uint64_t members_ms = 0;
  /// A process died of the member with this number (see MemberReader): another goes on there, and gives that
  /// member as failed for the reason `blame`, unless it is empty.
  std::uint64_t resume_at = 0;
  std::string blame;
};

std::string EncodeGreeting(const Greeting& greeting);
Result<Greeting> DecodeGreeting(std::string_view cbor);

std::string EncodeTask(const TaskMessage& task);
Result<TaskMessage> DecodeTask(std::string_view cbor);

/// A file is answered with any number of kBegin and kMember, and one kFile. `last`: the process ends after
/// this answer.
struct AnswerMessage {
  enum class Kind : std::uint8_t { kFile, kMember, kBegin };
  Extracted extracted;
  bool last = false;
  Kind kind = Kind::kFile;
  std::string path;          // kMember: where it is in the file, safe as part of an id
  std::uint64_t number = 0;  // kBegin: of the member that will be read now
};
std::string EncodeAnswer(const AnswerMessage& message);
Result<AnswerMessage> DecodeAnswer(std::string_view cbor);

std::string EncodeLayers(const std::vector<SandboxLayer>& layers);
Result<std::vector<SandboxLayer>> DecodeLayers(std::string_view cbor);

}  // namespace quipu::extract
