// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/member_reader.h"

#include <algorithm>
#include <memory>
#include <new>
#include <set>
#include <utility>

#include "indexer/extract/extract_content.h"
#include "indexer/extract/file_type.h"
#include "indexer/extract/format.h"
#include "indexer/extract/member_path.h"
#include "indexer/extract/reading.h"

namespace quipu::extract {
namespace {

using Clock = std::chrono::steady_clock;

std::string Mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

std::string TypeOf(const FoundMember& member, const std::string& path) {
  return member.type.empty() ? SniffType(member.bytes, path) : std::string(member.type);
}

Extracted Failed(State state, std::string reason) {
  Extracted extracted;
  extracted.state = state;
  extracted.reason = std::move(reason);
  return extracted;
}

}  // namespace

/// The members of one container.
class MemberReader::Level final : public MemberSink {
 public:
  Level(MemberReader& reader, Level* outer, std::string prefix)
      : reader_(reader), outer_(outer), prefix_(std::move(prefix)) {
    depth_ = outer == nullptr ? 1 : outer->depth_ + 1;
  }

  std::uint64_t Allowance() override {
    if (Ended()) return 0;
    const std::uint64_t left = reader_.max_unpacked_ - std::min(reader_.unpacked_, reader_.max_unpacked_);
    if (left == 0) FallShort("its members unpack to more than " + Mebibytes(reader_.max_unpacked_));
    return std::min(left, MemberLimits::kMaxMemberBytes);
  }

  bool Spend(std::uint64_t bytes) override {
    reader_.unpacked_ += bytes;
    return Allowance() > 0;
  }

  bool Take(const FoundMember& member) override {
    if (Allowance() == 0 && !(member.bytes.empty() && !Ended())) return false;
    reader_.unpacked_ += member.bytes.size();
    reader_.Read(member, prefix_ + UniquePath(SafeMemberPath(member.path)), *this);
    return Allowance() > 0;
  }

  std::string Shortfall() const override { return shortfall_; }

 private:
  bool Ended() {
    if (depth_ > MemberLimits::kMaxDepth) {
      FallShort("archives in archives are opened up to a depth of " +
                std::to_string(MemberLimits::kMaxDepth));
    } else if (reader_.count_ >= MemberLimits::kMaxMembers) {
      FallShort("more than " + std::to_string(MemberLimits::kMaxMembers) + " members");
    } else if (reader_.given_ >= MemberLimits::kMaxSharedTextBytes) {
      FallShort("more than " + Mebibytes(MemberLimits::kMaxSharedTextBytes) + " of text in its members");
    } else if (Clock::now() >= reader_.setup_.limits.deadline) {
      FallShort("out of time after " + std::to_string(reader_.count_) + " members");
    } else if (reader_.out_of_memory_) {
      FallShort("out of memory after " + std::to_string(reader_.count_) + " members");
    } else {
      return false;
    }
    return true;
  }

  void FallShort(const std::string& reason) {
    for (Level* level = this; level != nullptr; level = level->outer_) {
      if (level->shortfall_.empty()) level->shortfall_ = reason;
    }
  }

  /// Zip files may have a name twice, and two odd names may become one.
  std::string UniquePath(const std::string& path) {
    std::string unique = path;
    for (int n = 2; !used_.insert(unique).second; ++n) unique = path + "~" + std::to_string(n);
    return unique;
  }

  MemberReader& reader_;
  Level* outer_;
  std::string prefix_;
  int depth_ = 1;
  std::string shortfall_;
  std::set<std::string> used_;
};

MemberReader::MemberReader(Setup setup)
    : setup_(std::move(setup)), root_(std::make_unique<Level>(*this, nullptr, "")) {
  const std::uint64_t file_bytes = std::min(setup_.limits.file_bytes, MemberLimits::kMaxTotalBytes);
  max_unpacked_ = std::min(MemberLimits::kMaxTotalBytes,
                           std::max(MemberLimits::kFreeOfRatio, file_bytes * MemberLimits::kMaxRatio));
}

MemberReader::~MemberReader() = default;

MemberSink& MemberReader::sink() { return *root_; }

Extracted MemberReader::Extract(const FoundMember& member, const std::string& path, Level& inside) {
  if (member.state != State::kIndexed) return Failed(member.state, member.reason);
  const auto began = Clock::now();
  FileContent file{.bytes = member.bytes, .name = path, .type = member.type, .cut = member.cut};
  file.deadline = setup_.limits.deadline;
  if (setup_.limits.member_time.count() > 0)
    file.deadline = std::min(file.deadline, began + setup_.limits.member_time);
  file.members = &inside;
  Extracted extracted;
  try {
    const Format* format = member.cut ? FindFormat(TypeOf(member, path)) : nullptr;
    if (member.cut && (format == nullptr || !format->reads_beginning)) {
      extracted = Failed(State::kSkipped, "larger than " + Mebibytes(MemberLimits::kMaxMemberBytes));
    } else {
      extracted = ExtractContent(file, setup_.language);
    }
  } catch (const std::bad_alloc&) {
    out_of_memory_ = true;
    extracted = Failed(State::kFailed, "needs too much memory");
  } catch (const std::exception& error) {
    extracted = Failed(State::kFailed, std::string("the reader gave up: ") + error.what());
  }
  extracted.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
  return extracted;
}

void MemberReader::Read(const FoundMember& member, const std::string& path, Level& level) {
  const std::uint64_t number = count_++;
  if (number == setup_.resume_at && !setup_.blame.empty())
    return setup_.give(path, Failed(State::kFailed, setup_.blame));
  if (number < setup_.resume_at) {
    const Format* format = member.state == State::kIndexed ? FindFormat(TypeOf(member, path)) : nullptr;
    // Only what may hold the member to resume at is read again.
    if (format == nullptr || !format->has_members) return;
  } else {
    setup_.begin(number);
  }
  Level inside(*this, &level, path + "/");
  Extracted extracted = Extract(member, path, inside);
  const bool given_before = number < setup_.resume_at && count_ <= setup_.resume_at;
  if (given_before) return;
  if (extracted.document.date.empty()) extracted.document.date = member.date;
  given_ += extracted.document.body.size();
  setup_.give(path, std::move(extracted));
}

}  // namespace quipu::extract
