// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/compound_file.h"

#include <algorithm>
#include <array>

#include "indexer/extract/code_page.h"
#include "indexer/extract/little_endian.h"

namespace quipu::extract {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t kLastRealSector = 0xFFFFFFF9;
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kHeaderFatSectors = 109;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string NameOf(std::string_view entry) {
  const std::size_t bytes = std::min<std::size_t>(U16(entry, 64), 64);
  std::string name = FromUtf16(Slice(entry, 0, bytes < 2 ? 0 : bytes - 2));
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

}  // namespace

bool CompoundFile::HasMagic(std::string_view bytes) {
  return bytes.substr(0, 8) == "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
}

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes) {
  if (!HasMagic(bytes)) return;
  // Anything but the two sizes that exist is damage; 512 is the likelier one.
  sector_bytes_ = U16(bytes, 30) == 12 ? 4096 : 512;
  if (const std::uint16_t shift = U16(bytes, 32); shift >= 4 && shift <= 9)
    small_sector_bytes_ = std::size_t{1} << shift;
  if (const std::uint32_t limit = U32(bytes, 56); limit > 0 && limit <= 1U << 20) small_limit_ = limit;
  ReadFat();
  ReadDirectory();
}

std::string_view CompoundFile::Sector(std::uint32_t number) const {
  if (number > kLastRealSector) return {};
  return Slice(bytes_, (static_cast<std::uint64_t>(number) + 1) * sector_bytes_, sector_bytes_);
}

void CompoundFile::ReadFat() {
  const std::size_t sectors = bytes_.size() / sector_bytes_;
  const auto add = [&](std::uint32_t sector) {
    const std::string_view part = Sector(sector);
    for (std::size_t at = 0; at + 4 <= part.size() && fat_.size() < sectors; at += 4)
      fat_.push_back(U32(part, at));
    return !part.empty();
  };
  for (std::size_t i = 0; i < kHeaderFatSectors && fat_.size() < sectors; ++i) {
    const std::uint32_t sector = U32(bytes_, 76 + i * 4);
    if (sector > kLastRealSector || !add(sector)) break;
  }
  std::uint32_t list = U32(bytes_, 68);
  for (std::size_t hops = 0; hops < sectors && fat_.size() < sectors; ++hops) {
    const std::string_view part = Sector(list);
    if (part.size() < 8) break;
    for (std::size_t at = 0; at + 8 <= part.size(); at += 4) {
      if (!add(U32(part, at))) break;
    }
    list = U32(part, part.size() - 4);
  }
}

std::string CompoundFile::Chain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  std::uint32_t sector = start;
  for (std::size_t hops = 0; hops <= fat_.size() && out.size() < size; ++hops) {
    const std::string_view part = Sector(sector);
    if (part.empty()) break;
    out += part.substr(0, size - out.size());
    if (sector >= fat_.size()) break;
    sector = fat_[sector];
  }
  return out;
}

std::string CompoundFile::SmallChain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  std::uint32_t sector = start;
  for (std::size_t hops = 0; hops <= small_fat_.size() && out.size() < size; ++hops) {
    const std::string_view part =
        Slice(small_sectors_, static_cast<std::uint64_t>(sector) * small_sector_bytes_, small_sector_bytes_);
    if (part.empty()) break;
    out += part.substr(0, size - out.size());
    if (sector >= small_fat_.size()) break;
    sector = small_fat_[sector];
  }
  return out;
}

void CompoundFile::ReadSmallSectors(std::uint32_t start, std::uint64_t size) {
  small_sectors_ = Chain(start, std::min<std::uint64_t>(size, kMaxStreamBytes));
  const std::string table = Chain(U32(bytes_, 60), small_sectors_.size() / small_sector_bytes_ * 4 + 4);
  for (std::size_t at = 0; at + 4 <= table.size(); at += 4) small_fat_.push_back(U32(table, at));
}

void CompoundFile::ReadDirectory() {
  const std::string directory = Chain(U32(bytes_, 48), kMaxEntries * kEntryBytes);
  const std::size_t count = directory.size() / kEntryBytes;
  if (count == 0) return;
  const std::string_view root = Slice(directory, 0, kEntryBytes);
  ReadSmallSectors(U32(root, 116), U32(root, 120));

  struct Visit {
    std::uint32_t number;
    std::string folder;  // with its last '/'
    std::size_t depth;
  };
  std::vector<Visit> pending = {{U32(root, 76), "", 0}};
  std::vector<bool> seen(count, false);
  while (!pending.empty()) {
    const Visit visit = std::move(pending.back());
    pending.pop_back();
    if (visit.number == kNoEntry || visit.number >= count || seen[visit.number]) continue;
    seen[visit.number] = true;
    const std::string_view raw = Slice(directory, visit.number * kEntryBytes, kEntryBytes);
    const std::uint8_t kind = U8(raw, 66);
    pending.push_back({U32(raw, 72), visit.folder, visit.depth});
    if (kind == 1 && visit.depth < kMaxDepth)
      pending.push_back({U32(raw, 76), visit.folder + NameOf(raw) + "/", visit.depth + 1});
    pending.push_back({U32(raw, 68), visit.folder, visit.depth});
    if (kind != 1 && kind != 2) continue;
    const std::uint64_t size = sector_bytes_ == 512 ? U32(raw, 120) : U64(raw, 120);
    entries_.push_back(
        {.path = visit.folder + NameOf(raw), .storage = kind == 1, .start = U32(raw, 116), .size = size});
  }
}

const CompoundFile::Entry* CompoundFile::Find(std::string_view path) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [path](const Entry& entry) {
    return std::equal(entry.path.begin(), entry.path.end(), path.begin(), path.end(),
                      [](char a, char b) { return Lower(a) == Lower(b); });
  });
  return found == entries_.end() ? nullptr : &*found;
}

std::string CompoundFile::Read(std::string_view path, std::size_t max_bytes) const {
  const Entry* entry = Find(path);
  if (entry == nullptr || entry->storage) return "";
  const std::uint64_t size = std::min<std::uint64_t>(entry->size, max_bytes);
  return entry->size < small_limit_ ? SmallChain(entry->start, size) : Chain(entry->start, size);
}

}  // namespace quipu::extract
