// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace quipu::extract {

/// The paragraph styles of a DOCX that make headings: "heading 1" to "heading 9" and "Title" (the names are
/// English inside the file in every language of Word), styles with an outline level, and what is based on
/// them.
class DocxStyles {
 public:
  /// Reads word/styles.xml; an empty one knows the usual identifiers.
  explicit DocxStyles(std::string_view xml);

  bool IsHeading(std::string_view style_id) const;

 private:
  struct Style {
    bool heading = false;
    std::string based_on;
  };
  friend class DocxStylesHandler;
  std::map<std::string, Style, std::less<>> styles_;
};

/// Whether a style of that (English) name is a heading: "heading 1" to "heading 9", "Title".
bool IsHeadingName(std::string_view name);

/// Whether `value` is an outline level of headings: 0 to 8 (9 is running text).
bool IsOutlineLevel(std::string_view value);

}  // namespace quipu::extract
