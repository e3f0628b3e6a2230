// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// Longest title, in characters; a longer one is cut at a word and ends in "…".
inline constexpr std::size_t kMaxTitleCharacters = 125;

/// Where a title can come from, best first.
struct TitleSources {
  std::string_view declared;               // the file's own metadata
  std::vector<std::string_view> headings;  // in order
  std::string_view body;
  std::string_view name;  // relative path of the file
  bool prose = true;      // false: the body's first line is no title
};

/// The title a person would recognise the document by: the declared one if it says something, else the
/// first heading, else the first line or sentence that is not boilerplate, else the file's name made
/// readable. Never empty unless everything is.
std::string ChooseTitle(const TitleSources& sources);

/// "reports/2023_informe-final.pdf" → "2023 informe final".
std::string ReadableName(std::string_view path);

}  // namespace quipu::extract
