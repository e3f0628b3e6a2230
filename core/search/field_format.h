// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::search {

/// A field that is shown shortened around the query's words; arrays are never shortened.
struct CroppedField {
  std::string name;  // "*": every field that is shown
  std::uint32_t words = 10;
};

/// How a hit's fields are shown a second time, marked and shortened. A name also means the fields inside it
/// ("author" those named "author.name"); names that no document has mean nothing.
struct FieldFormat {
  std::vector<std::string> retrieve = {"*"};  // which fields the hit shows; "*": all but the body
  std::vector<std::string> highlight;
  std::vector<CroppedField> crop;
  std::string pre_tag = "<em>";  // the caller's, put in as they are
  std::string post_tag = "</em>";
  std::string crop_marker = "…";  // stands where text was cut off, and only there
  bool matches_position = false;  // fill Hit::matches

  /// Whether Hit::formatted is filled.
  bool Formats() const { return !highlight.empty() || !crop.empty(); }
  /// Whether the tags are markup: then formatted texts are HTML and the documents' own text is escaped.
  bool IsHtml() const {
    constexpr std::string_view kSigns = "<>&";
    return pre_tag.find_first_of(kSigns) != std::string::npos ||
           post_tag.find_first_of(kSigns) != std::string::npos;
  }
};

}  // namespace quipu::search
