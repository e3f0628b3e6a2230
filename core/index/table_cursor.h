// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <vector>

#include "core/index/glass_version.h"

namespace quipu::index::glass {

/// One database of those that are merged.
struct MergedPart {
  std::filesystem::path path;
  std::array<TableRoot, kTables> roots;
  std::uint32_t offset = 0;  // is added to the numbers of its documents
};

/// Goes through what cursors of all parts give, in the order of their keys; of equal ones, in the order of
/// the parts, and of a part all at once.
template <typename Cursor>
class CursorQueue {
 public:
  explicit CursorQueue(const std::vector<MergedPart>& parts) {
    for (const MergedPart& part : parts) {
      Cursor& cursor = cursors_.emplace_back(part);
      if (cursor.Next()) heap_.push_back({&cursor, static_cast<std::uint32_t>(cursors_.size())});
    }
    std::make_heap(heap_.begin(), heap_.end(), IsAfter);
  }

  /// Null after the last. Valid until the next Next().
  const Cursor* Next() {
    if (current_ != nullptr) Advance();
    current_ = heap_.empty() ? nullptr : heap_.front().cursor;
    return current_;
  }

 private:
  struct Place {
    Cursor* cursor;
    std::uint32_t part;
  };

  static bool IsAfter(const Place& a, const Place& b) {
    const int order = a.cursor->key().compare(b.cursor->key());
    return order != 0 ? order > 0 : a.part > b.part;
  }

  void Advance() {
    std::pop_heap(heap_.begin(), heap_.end(), IsAfter);
    if (current_->Next()) {
      std::push_heap(heap_.begin(), heap_.end(), IsAfter);
    } else {
      heap_.pop_back();
    }
  }

  std::deque<Cursor> cursors_;
  std::vector<Place> heap_;
  Cursor* current_ = nullptr;
};

}  // namespace quipu::index::glass
