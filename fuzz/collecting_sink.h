// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/member_path.h"
#include "indexer/extract/members.h"

namespace quipu::fuzz {

/// Takes members of a hostile file as far as its bounds go, and holds their paths to what an id needs.
class CollectingSink final : public extract::MemberSink {
 public:
  std::uint64_t Allowance() override { return members_ < 200 && bytes_ < kMaxBytes ? kMaxBytes - bytes_ : 0; }
  bool Spend(std::uint64_t bytes) override {
    bytes_ += bytes;
    return Allowance() > 0;
  }
  bool Take(const extract::FoundMember& member) override {
    Require(member.bytes.size() <= kMaxBytes);
    const std::string path = extract::SafeMemberPath(member.path);
    Require(!path.empty() && path.size() <= 400 && extract::IsValidUtf8(path));
    const std::string framed = "/" + path + "/";
    Require(framed.find("/../") == std::string::npos && framed.find("/./") == std::string::npos &&
            framed.find("//") == std::string::npos);
    for (const char c : path) Require(static_cast<unsigned char>(c) >= ' ' && c != '\x7F');
    ++members_;
    return Spend(member.bytes.size());
  }
  std::string Shortfall() const override { return members_ < 200 ? "" : "enough"; }

 private:
  static constexpr std::uint64_t kMaxBytes = 4U << 20;

  std::uint64_t bytes_ = 0;
  int members_ = 0;
};

}  // namespace quipu::fuzz
