// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/asciidoc_inline.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxSpan = 4096;

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

class Inline {
 public:
  Inline(std::string_view text, const AsciidocAttributes& attributes)
      : text_(text), attributes_(attributes) {}

  std::string Run() {
    while (at_ < text_.size()) {
      if (!Backslash() && !Attribute() && !Reference() && !Anchor() && !Macro() && !Marked())
        out_ += text_[at_++];
    }
    return std::move(out_);
  }

 private:
  char Before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }
  std::size_t Find(std::string_view what, std::size_t from) const {
    return text_.substr(0, std::min(text_.size(), from + kMaxSpan)).find(what, from);
  }

  bool Backslash() {
    if (text_[at_] != '\\' || at_ + 1 >= text_.size() || IsWord(text_[at_ + 1])) return false;
    out_ += text_[at_ + 1];
    at_ += 2;
    return true;
  }

  bool Attribute() {
    if (text_[at_] != '{') return false;
    const std::size_t end = Find("}", at_);
    if (end == std::string_view::npos) return false;
    const auto known = attributes_.find(text_.substr(at_ + 1, end - at_ - 1));
    if (known == attributes_.end() || out_.size() > (8U << 20)) return false;
    out_ += known->second;
    at_ = end + 1;
    return true;
  }

  /// "<<id,text>>"
  bool Reference() {
    if (text_.substr(at_, 2) != "<<") return false;
    const std::size_t end = Find(">>", at_);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = text_.substr(at_ + 2, end - at_ - 2);
    const std::size_t comma = inside.find(',');
    out_ += comma == std::string_view::npos ? inside : inside.substr(comma + 1);
    at_ = end + 2;
    return true;
  }

  /// "[[id]]", "[.role]#text#": the brackets go.
  bool Anchor() {
    if (text_[at_] != '[' || at_ + 1 >= text_.size()) return false;
    const char next = text_[at_ + 1];
    if (next != '[' && next != '.' && next != '#') return false;
    const std::string_view close = next == '[' ? "]]" : "]";
    const std::size_t end = Find(close, at_);
    if (end == std::string_view::npos) return false;
    if (next != '[' && text_.substr(end + 1, 1) != "#") return false;
    at_ = end + close.size();
    return true;
  }

  /// "name:target[text]" and "https://…[text]": the text, or where there is none, the address.
  bool Macro() {
    if (IsWord(Before())) return false;
    static constexpr std::array<std::string_view, 15> kNames = {
        "link:", "xref:", "image:",  "mailto:",  "footnote:", "kbd:",   "btn:", "menu:",
        "pass:", "stem:", "http://", "https://", "ftp://",    "irc://", "icon:"};
    const auto* name = std::find_if(kNames.begin(), kNames.end(), [&](std::string_view one) {
      return text_.substr(at_, one.size()) == one;
    });
    if (name == kNames.end()) return false;
    const std::size_t open = text_.find_first_of("[ \t\n", at_);
    if (open == std::string_view::npos || text_[open] != '[') return false;
    const std::size_t end = Find("]", open);
    if (end == std::string_view::npos) return false;
    std::string_view inside = text_.substr(open + 1, end - open - 1);
    if (*name != "footnote:") inside = inside.substr(0, inside.find_first_of(",^"));
    const bool address = name->find("//") != std::string_view::npos || *name == "link:" || *name == "mailto:";
    if (inside.empty() && address) {
      const std::string_view target = text_.substr(at_, open - at_);
      out_ += *name == "link:" || *name == "mailto:" ? target.substr(name->size()) : target;
    }
    if (*name == "footnote:") out_ += ' ';
    out_ += inside;
    at_ = end + 1;
    return true;
  }

  /// "*strong*", "_emphasis_", "`code`", "#mark#", "^up^", "~down~", also doubled inside of words.
  bool Marked() {
    static constexpr std::string_view kMarks = "*_`#^~+";
    const char mark = text_[at_];
    if (kMarks.find(mark) == std::string_view::npos) return false;
    const bool doubled = text_.substr(at_ + 1, 1) == std::string_view(&mark, 1);
    const bool inside_word = IsWord(Before());
    if (inside_word && !doubled && mark != '^' && mark != '~') return false;
    const std::size_t size = doubled ? 2 : 1;
    const std::size_t begin = at_ + size;
    if (begin >= text_.size() || text_[begin] == ' ' || text_[begin] == mark) return false;
    const std::size_t end = Find(std::string(size, mark), begin + 1);
    if (end == std::string_view::npos || text_[end - 1] == ' ') return false;
    if (!doubled && end + 1 < text_.size() && IsWord(text_[end + 1]) && mark != '^' && mark != '~')
      return false;
    const std::string_view inside = text_.substr(begin, end - begin);
    out_ += mark == '`' || mark == '+' || depth_ >= 4 ? std::string(inside) : Nested(inside);
    at_ = end + size;
    return true;
  }

  std::string Nested(std::string_view inside) const {
    Inline inner(inside, attributes_);
    inner.depth_ = depth_ + 1;
    return inner.Run();
  }

  std::string_view text_;
  const AsciidocAttributes& attributes_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string out_;
};

}  // namespace

std::string AsciidocInline(std::string_view text, const AsciidocAttributes& attributes) {
  return Inline(text, attributes).Run();
}

}  // namespace quipu::extract
