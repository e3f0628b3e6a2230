// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace quipu::text {

/// Finds the words of scripts that are written without spaces (Thai, Lao, Khmer, Burmese) by ICU's
/// dictionaries. One object per thread.
class DictionaryBreaker {
 public:
  DictionaryBreaker();
  ~DictionaryBreaker();
  DictionaryBreaker(DictionaryBreaker&&) noexcept;
  DictionaryBreaker& operator=(DictionaryBreaker&&) noexcept;

  /// Calls `word` with the byte range of each word of `run`, which is valid UTF-8, in order.
  void Break(std::string_view run, const std::function<void(std::size_t begin, std::size_t end)>& word);

 private:
  struct Icu;
  std::unique_ptr<Icu> icu_;
};

}  // namespace quipu::text
