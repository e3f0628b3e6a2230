// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_table.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "core/base/write_all.h"
#include "core/index/glass_block.h"

namespace quipu::index::glass {
namespace {

constexpr std::uint32_t kRevision = 1;

/// Four items must fit into a block.
constexpr std::size_t kMaxItemBytes = (kBlockBytes - kHeaderBytes - 4 * kDirectoryEntryBytes) / 4;
constexpr std::size_t kLeastSplitBytes = 34;
constexpr std::size_t kOutputBytes = std::size_t{1} << 18;

}  // namespace

TableFile::Block::Block(std::size_t height) : bytes(kBlockBytes, '\0'), level(height) { Clear(); }

void TableFile::Block::Clear() {
  directory_end = kHeaderBytes;
  items_begin = kBlockBytes;
  empty = true;
}

/// The caller has looked whether there is room.
char* TableFile::Block::NewItem(std::size_t size) {
  items_begin -= size;
  Put2(bytes.data() + directory_end, items_begin);
  directory_end += kDirectoryEntryBytes;
  empty = false;
  return bytes.data() + items_begin;
}

TableFile::TableFile(std::filesystem::path path)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
  if (!file_.valid()) throw std::system_error(errno, std::generic_category(), path_.string());
  levels_.emplace_back(0);
}

void TableFile::Add(std::string_view key, std::string_view tag, bool compressed) {
  ++root_.entries;
  const std::size_t most = kMaxItemBytes - kLeafItemBytes - key.size() - kComponentBytes;
  std::uint32_t number = 1;
  unsigned flags = kFirstFlag | (compressed ? kCompressedFlag : 0U);
  std::size_t size = std::min(tag.size(), most + kComponentBytes);
  // Of a tag in several items the first fills what is left of the block, unless so little of it would go
  // there that the keys cost more.
  if (size < tag.size()) {
    const std::size_t room = levels_[0].free() % (kMaxItemBytes + kDirectoryEntryBytes);
    const std::size_t cost = kDirectoryEntryBytes + kLeafItemBytes + key.size();
    if (room > cost + key.size() + kLeastSplitBytes) size = std::min(size, room - cost);
  }
  for (bool last = false; !last; ++number) {
    last = size == tag.size();
    AddComponent({key, number, tag.substr(0, size), flags | (last ? kLastFlag : 0U)});
    tag.remove_prefix(size);
    flags &= ~kFirstFlag;
    size = std::min(tag.size(), most);
  }
}

void TableFile::AddComponent(const Component& component) {
  const std::size_t size = kLeafItemBytes + component.key.size() +
                           (component.number == 1 ? 0 : kComponentBytes) + component.bytes.size();
  if (levels_[0].free() < size + kDirectoryEntryBytes) CompleteBlock(0);
  if (levels_[0].empty) BeginLeaf(component);
  char* at = levels_[0].NewItem(size);
  Put2(at, (size - kLeafItemBytes) | component.flags);
  at[2] = static_cast<char>(component.key.size());
  at = std::copy(component.key.begin(), component.key.end(), at + kLeafItemBytes);
  if (component.number > 1) {
    Put2(at, component.number);
    at += kComponentBytes;
  }
  std::copy(component.bytes.begin(), component.bytes.end(), at);
  last_key_.assign(component.key);
}

void TableFile::BeginLeaf(const Component& component) {
  Block& leaf = levels_[0];
  if (root_.blocks == 0) {
    // The first leaf begins with an item without key, before which nothing can be.
    char* at = leaf.NewItem(kLeafItemBytes);
    Put2(at, kFirstFlag | kLastFlag);
    at[2] = 0;
    return;
  }
  // As much of the key as tells it from the one before.
  const std::string_view key = component.key;
  const std::size_t shorter = std::min(key.size(), last_key_.size());
  std::size_t same = 0;
  while (same < shorter && key[same] == last_key_[same]) ++same;
  leaf.first_key.assign(key.substr(0, std::min(same + 1, key.size())));
  leaf.first_component = component.number;
}

void TableFile::AddBranch(std::size_t level, const std::string& key, std::uint32_t component,
                          std::uint32_t block) {
  if (level == levels_.size()) levels_.emplace_back(level);
  if (levels_[level].free() < kBranchItemBytes + key.size() + kDirectoryEntryBytes) CompleteBlock(level);
  Block& branch = levels_[level];
  const bool first = branch.empty;
  if (first) {
    branch.first_key = key;
    branch.first_component = component;
  }
  // What the first key of a branch would say stands in the branch above.
  const std::string_view kept = first ? std::string_view() : std::string_view(key);
  char* at = branch.NewItem(kBranchItemBytes + kept.size());
  Put4(at, block);
  at[4] = static_cast<char>(kept.size());
  at = std::copy(kept.begin(), kept.end(), at + 5);
  Put2(at, first ? 0 : component);
}

std::uint32_t TableFile::WriteBlock(Block& block) {
  char* header = block.bytes.data();
  Put4(header, kRevision);
  header[kLevelAt] = static_cast<char>(block.level);
  Put2(header + 5, block.free());
  Put2(header + 7, block.free());
  Put2(header + kDirectoryEndAt, block.directory_end);
  std::memset(header + block.directory_end, 0, block.free());
  output_ += block.bytes;
  if (output_.size() >= kOutputBytes) Flush();
  return root_.blocks++;
}

void TableFile::CompleteBlock(std::size_t level) {
  Block& block = levels_[level];
  const std::uint32_t number = WriteBlock(block);
  block.Clear();
  AddBranch(level + 1, block.first_key, block.first_component, number);
}

TableRoot TableFile::Finish() {
  if (root_.entries == 0) return root_;
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) CompleteBlock(level);
  root_.level = static_cast<std::uint32_t>(levels_.size() - 1);
  root_.block = WriteBlock(levels_.back());
  Flush();
  return root_;
}

void TableFile::Flush() {
  if (!WriteAll(file_.get(), output_))
    throw std::system_error(errno, std::generic_category(), path_.string());
  output_.clear();
}

}  // namespace quipu::index::glass
