// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace quipu::extract {

/// The fonts of an RTF file, as far as text depends on them: each has a code page.
class RtfFonts {
 public:
  void Begin(int font) { current_ = font; }
  void SetCodePage(int code_page);
  /// 0: the file's.
  int CodePage(int font) const;

 private:
  static constexpr std::size_t kMaxFonts = 10000;
  int current_ = 0;
  std::map<int, int> code_pages_;
};

/// The styles of an RTF file: which of them are headings, by name ("heading 1", "Title") or outline level,
/// their own or that of the style they are based on.
class RtfStyles {
 public:
  struct Style {
    int number = 0;
    int based_on = -1;
    bool outlined = false;
    std::string name;
  };
  void Add(const Style& style);
  bool IsHeading(int number) const;

 private:
  static constexpr std::size_t kMaxStyles = 10000;
  struct Known {
    int based_on;
    bool heading;
  };
  std::map<int, Known> styles_;
};

}  // namespace quipu::extract
