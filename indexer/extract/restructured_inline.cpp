// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/restructured_inline.h"

#include <algorithm>

namespace quipu::extract {
namespace {

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

bool IsRoleName(char c) { return IsWord(c) || c == '-' || c == '.' || c == ':' || c == '+' || c == '_'; }

/// "text <target>" → "text"; "~package.Name" → "package.Name".
std::string_view WithoutTarget(std::string_view text) {
  const std::size_t open = text.rfind('<');
  if (open != std::string_view::npos && open > 0 && text.back() == '>') text = text.substr(0, open);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  if (!text.empty() && (text.front() == '~' || text.front() == '!')) text.remove_prefix(1);
  return text;
}

class Inline {
 public:
  explicit Inline(std::string_view text) : text_(text) {}

  std::string Run() {
    while (at_ < text_.size()) {
      if (!Backslash() && !Role() && !Quoted("``", false) && !Quoted("`", true) && !Quoted("**", false) &&
          !Quoted("*", false) && !Quoted("|", false) && !Reference())
        out_ += text_[at_++];
    }
    return std::move(out_);
  }

 private:
  char Before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }

  bool Backslash() {
    if (text_[at_] != '\\' || at_ + 1 >= text_.size()) return false;
    if (text_[at_ + 1] != ' ') out_ += text_[at_ + 1];
    at_ += 2;
    return true;
  }

  /// ":role:`text`": the role goes, the text follows.
  bool Role() {
    if (text_[at_] != ':' || IsWord(Before())) return false;
    std::size_t end = at_ + 1;
    while (end < text_.size() && end - at_ < 64 && IsRoleName(text_[end])) ++end;
    if (end >= text_.size() || text_[end] != '`' || text_[end - 1] != ':' || end - at_ < 3) return false;
    at_ = end;
    return Quoted("`", true);
  }

  bool Quoted(std::string_view mark, bool link) {
    if (text_.substr(at_, mark.size()) != mark) return false;
    const std::size_t begin = at_ + mark.size();
    if (begin >= text_.size() || text_[begin] == ' ' || (mark.size() == 1 && IsWord(Before()))) return false;
    const std::size_t end = text_.substr(0, std::min(text_.size(), begin + 4096)).find(mark, begin + 1);
    if (end == std::string_view::npos || text_[end - 1] == ' ') return false;
    const std::string_view inside = text_.substr(begin, end - begin);
    out_ += link ? WithoutTarget(inside) : inside;
    at_ = end + mark.size();
    while (at_ < text_.size() && text_[at_] == '_' && (link || mark == "|")) ++at_;
    return true;
  }

  /// The underscore of "word_" and "[1]_".
  bool Reference() {
    if (text_[at_] != '_' || (!IsWord(Before()) && Before() != ']')) return false;
    std::size_t end = at_ + 1;
    if (end < text_.size() && text_[end] == '_') ++end;
    if (end < text_.size() && (IsWord(text_[end]) || text_[end] == '_')) return false;
    at_ = end;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string RestructuredInline(std::string_view text) { return Inline(text).Run(); }

}  // namespace quipu::extract
