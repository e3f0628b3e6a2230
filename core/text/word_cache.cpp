// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/word_cache.h"

#include <cstring>

#include "core/base/same_bytes.h"

namespace quipu::text {
namespace {

constexpr std::size_t kFirstSlots = 1024;  // powers of two
constexpr std::size_t kMostEntryBytes = std::size_t{5} * 256;
constexpr std::size_t kMostSlots = std::size_t{128} * 1024;
constexpr std::size_t kMostBytes = std::size_t{4} * 1024 * 1024;

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t x = (a ^ b) * 0x9E3779B97F4A7C15ULL;
  return x ^ (x >> 32);
}

std::uint32_t Hash(std::string_view bytes) {
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t hash = Mix(0x51ED270B0B0B0F0DULL, left);
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = Mix(hash, word);
  }
  if (left > 0) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    hash = Mix(hash, word);
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

WordCache::WordCache() : slots_(kFirstSlots) {}

bool WordCache::Find(std::string_view written, CachedWord& word) const {
  const std::uint32_t hash = Hash(written);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.written == 0) return false;
    if (slot.hash != hash || slot.written != written.size()) continue;
    const char* at = bytes_.data() + slot.offset;
    if (!SameBytes({at, slot.written}, written)) continue;
    at += slot.written;
    word.folded = {at, slot.folded};
    at += slot.folded;
    word.exact = {at, slot.exact};
    at += slot.exact;
    word.stem = slot.stem == 0 ? word.folded : std::string_view(at, slot.stem);
    at += slot.stem;
    word.exact_stem = {at, slot.exact_stem};
    return true;
  }
}

void WordCache::Insert(std::string_view written, const CachedWord& word) {
  const std::string_view stem = word.stem == word.folded ? std::string_view() : word.stem;
  if (bytes_.size() + kMostEntryBytes > kMostBytes || count_ * 2 >= kMostSlots) {
    slots_.assign(slots_.size(), Slot{});
    bytes_.clear();
    count_ = 0;
  }
  if (count_ * 2 >= slots_.size()) Grow();
  const std::uint32_t hash = Hash(written);
  FreeSlot(hash) = {hash,
                    static_cast<std::uint32_t>(bytes_.size()),
                    static_cast<std::uint8_t>(written.size()),
                    static_cast<std::uint8_t>(word.folded.size()),
                    static_cast<std::uint8_t>(word.exact.size()),
                    static_cast<std::uint8_t>(stem.size()),
                    static_cast<std::uint8_t>(word.exact_stem.size())};
  for (const std::string_view part : {written, word.folded, word.exact, stem, word.exact_stem}) {
    bytes_.insert(bytes_.end(), part.begin(), part.end());
  }
  ++count_;
}

WordCache::Slot& WordCache::FreeSlot(std::uint32_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].written != 0) i = (i + 1) & mask;
  return slots_[i];
}

void WordCache::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.written != 0) FreeSlot(slot.hash) = slot;
  }
}

}  // namespace quipu::text
