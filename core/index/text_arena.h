// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace quipu::index {

/// Keeps many short texts; views of them stay valid until Clear.
class TextArena {
 public:
  std::string_view Keep(std::string_view text) {
    if (chunks_.empty() || chunks_.back().capacity() - chunks_.back().size() < text.size()) {
      chunks_.emplace_back().reserve(std::max(kChunkBytes, text.size()));
      bytes_ += chunks_.back().capacity();
    }
    std::string& chunk = chunks_.back();
    chunk += text;  // never beyond its capacity: views into it stay valid
    return std::string_view(chunk).substr(chunk.size() - text.size());
  }

  void Clear() {
    chunks_.clear();
    bytes_ = 0;
  }

  /// The memory that they take.
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 16;

  std::deque<std::string> chunks_;
  std::size_t bytes_ = 0;
};

}  // namespace quipu::index
