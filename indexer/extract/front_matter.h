// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// The block of metadata before a Markdown text: YAML between "---" lines, or TOML between "+++" lines.
/// A subset is read: top-level keys with scalars or lists of scalars, on one line or "- " lines. Keys are in
/// lower case; what is nested deeper is left out.
struct FrontMatter {
  std::map<std::string, std::vector<std::string>> values;
  std::size_t end = 0;  // where the text begins; 0: there is no front matter

  /// The first value of the first key that has one.
  std::string Get(std::initializer_list<std::string_view> keys) const;
  std::vector<std::string> GetAll(std::initializer_list<std::string_view> keys) const;
};

FrontMatter ParseFrontMatter(std::string_view utf8);

}  // namespace quipu::extract
