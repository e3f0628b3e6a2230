// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_reader.h"

#include <fcntl.h>
#include <xapian.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/index/glass_block.h"

namespace quipu::index::glass {
namespace {

constexpr std::size_t kReadAheadBytes = std::size_t{1} << 17;

}  // namespace

TableReader::TableReader(std::filesystem::path path, const TableRoot& root)
    : path_(std::move(path)), block_bytes_(root.block_bytes) {
  if (root.blocks == 0) return;
  file_ = UniqueFd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file_.valid()) throw std::system_error(errno, std::generic_category(), path_.string());
  levels_.resize(root.level + 1);
  Load(root.level, root.block);
}

void TableReader::Fail() const {
  throw Xapian::DatabaseCorruptError("`" + path_.string() + "` is not what a table is");
}

/// A table that was written in one go has its leaves one behind the other.
void TableReader::ReadAhead(std::uint64_t offset) {
  ahead_offset_ = offset;
  ahead_.resize(kReadAheadBytes);
  std::size_t have = 0;
  while (have < ahead_.size()) {
    const ssize_t got =
        ::pread(file_.get(), ahead_.data() + have, ahead_.size() - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::system_error(errno, std::generic_category(), path_.string());
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  ahead_.resize(have);
}

void TableReader::Load(std::size_t level, std::uint32_t number) {
  Block& block = levels_[level];
  const std::uint64_t offset = std::uint64_t{number} * block_bytes_;
  if (offset < ahead_offset_ || offset + block_bytes_ > ahead_offset_ + ahead_.size()) ReadAhead(offset);
  const std::size_t at = offset - ahead_offset_;
  if (at + block_bytes_ > ahead_.size()) Fail();
  block.bytes.assign(ahead_, at, block_bytes_);
  block.next = kHeaderBytes;
  block.end = Get2(block.bytes.data() + kDirectoryEndAt);
  if (static_cast<unsigned char>(block.bytes[kLevelAt]) != level || block.end > block_bytes_) Fail();
}

/// The rest of the block from the level's next item on; empty if there is none.
std::string_view TableReader::NextIn(std::size_t level) {
  Block& block = levels_[level];
  if (block.next >= block.end) return {};
  const std::size_t at = Get2(block.bytes.data() + block.next);
  block.next += kDirectoryEntryBytes;
  // With room for the smallest item of either kind.
  if (at < block.end || at + (level == 0 ? kLeafItemBytes : kBranchItemBytes) > block_bytes_) Fail();
  return std::string_view(block.bytes).substr(at);
}

bool TableReader::NextItem(Item& item) {
  if (levels_.empty()) return false;
  std::string_view rest = NextIn(0);
  for (std::size_t level = 0; rest.empty();) {
    if (++level == levels_.size()) return false;
    std::string_view branch = NextIn(level);
    if (branch.empty()) continue;
    for (; level > 0; --level) {
      if (branch.empty()) Fail();
      Load(level - 1, Get4(branch.data()));
      branch = NextIn(level - 1);
    }
    rest = branch;
    if (rest.empty()) Fail();
  }
  item.flags = Get2(rest.data());
  const std::size_t size = (item.flags & kSizeMask) + kLeafItemBytes;
  const std::size_t key = static_cast<unsigned char>(rest[2]);
  const std::size_t head = kLeafItemBytes + key + ((item.flags & kFirstFlag) != 0 ? 0 : kComponentBytes);
  if (size > rest.size() || head > size) Fail();
  item.key = rest.substr(kLeafItemBytes, key);
  item.bytes = rest.substr(head, size - head);
  return true;
}

bool TableReader::Next() {
  Item item;
  do {
    if (!NextItem(item)) return false;
  } while (item.key.empty());  // the first item of all
  if ((item.flags & kFirstFlag) == 0) Fail();
  compressed_ = (item.flags & kCompressedFlag) != 0;
  key_ = item.key;
  tag_ = item.bytes;
  if ((item.flags & kLastFlag) != 0) return true;
  key_ = long_key_.assign(item.key);
  long_tag_.assign(item.bytes);
  while ((item.flags & kLastFlag) == 0) {
    if (!NextItem(item) || item.key != key_) Fail();
    long_tag_ += item.bytes;
  }
  tag_ = long_tag_;
  return true;
}

}  // namespace quipu::index::glass
