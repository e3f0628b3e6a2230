// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace quipu::extract {

/// Makes the anchors that Markdown renderers (GitHub's rules) give to headings: lower case, punctuation
/// dropped, spaces as hyphens, "-1", "-2" after one that was there before.
class SlugMaker {
 public:
  std::string Make(std::string_view heading);

 private:
  std::map<std::string, int> used_;
};

}  // namespace quipu::extract
