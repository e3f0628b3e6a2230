// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quipu::extract {

/// Reads members of a zip file in memory, with limits: a member, and all members together, unpack to a
/// bounded number of bytes, whatever their headers promise.
class ZipArchive {
 public:
  static constexpr std::size_t kMaxMemberBytes = 64ULL << 20;
  static constexpr std::size_t kMaxTotalBytes = 256ULL << 20;
  static constexpr std::size_t kMaxMembers = 20000;

  enum class Fault { kNone, kMissing, kDamaged, kTooLarge, kEncrypted };
  struct Member {
    std::string bytes;  // with kDamaged and kTooLarge: the beginning
    Fault fault = Fault::kNone;
  };

  /// `bytes` must outlive the archive. What is no zip has no members.
  explicit ZipArchive(std::string_view bytes);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  const std::vector<std::string>& names() const { return names_; }
  bool Has(std::string_view name) const;
  /// Whether some member needs a password.
  bool encrypted() const { return encrypted_; }

  Member Read(std::string_view name, std::size_t max_bytes = kMaxMemberBytes);

 private:
  struct Cursor;

  /// A reader that comes to the member at `index` next, or nullptr.
  Cursor* Seek(std::size_t index);

  std::string_view bytes_;
  std::vector<std::string> names_;
  std::unordered_map<std::string_view, std::size_t> places_;  // of the names: their first place in names_
  std::vector<std::unique_ptr<Cursor>> cursors_;              // the one used last stands last
  bool encrypted_ = false;
  std::size_t unpacked_ = 0;
};

}  // namespace quipu::extract
