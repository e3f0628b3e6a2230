// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <set>
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

/// The anchors that docutils (reStructuredText) makes: ASCII letters and digits in lower case, hyphens
/// between; "id1", "id2" where that is nothing or was there before.
class DocutilsIds {
 public:
  std::string Make(std::string_view heading);

 private:
  std::set<std::string> used_;
  int next_ = 1;
};

/// The anchors that Asciidoctor makes: "_" and the words in lower case with "_" between; "_2" behind one that
/// was there before.
class AsciidoctorIds {
 public:
  std::string Make(std::string_view heading);

 private:
  std::map<std::string, int> used_;
};

}  // namespace quipu::extract
