// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace quipu::text {

/// The forms of one word, see Token. The views point into the cache.
struct CachedWord {
  std::string_view folded;
  std::string_view exact;
  std::string_view stem;
  std::string_view exact_stem;
};

/// Remembers the forms of the words of one language by the bytes they were written in, so that a word seen
/// before costs one look-up. Bounded to about 6 MiB: when full it forgets everything and starts anew,
/// which the next few thousand words make good. Not thread-safe.
class WordCache {
 public:
  /// Longer words and forms are not kept: lengths are one byte here.
  static constexpr std::size_t kMaxKeyBytes = 128;

  WordCache();

  /// The word's forms if it is known. Views are valid until the next Insert.
  bool Find(std::string_view written, CachedWord& word) const;

  /// `written` must be at most kMaxKeyBytes long and unknown, each form at most 255 bytes.
  void Insert(std::string_view written, const CachedWord& word);

 private:
  // Bytes of the written word, folded, exact, stem (unless it equals folded) and exact_stem lie one after
  // another.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t offset = 0;
    std::uint8_t written = 0;  // 0: empty
    std::uint8_t folded = 0;
    std::uint8_t exact = 0;
    std::uint8_t stem = 0;  // 0: equals folded
    std::uint8_t exact_stem = 0;
  };

  void Grow();
  Slot& FreeSlot(std::uint32_t hash);

  std::vector<Slot> slots_;
  std::vector<char> bytes_;
  std::size_t count_ = 0;
};

}  // namespace quipu::text
