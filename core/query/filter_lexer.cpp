// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/filter_lexer.h"

#include <utility>

#include "core/text/utf8.h"

namespace quipu::query {
namespace {

using Kind = FilterTokenKind;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool EndsWord(char c) { return IsSpace(c) || std::string_view("()[],=<>").find(c) != std::string_view::npos; }

class Lexer {
 public:
  Lexer(std::string_view text, const std::string& part) : text_(text), part_(part) {}

  Result<std::vector<FilterToken>> Run() {
    std::vector<FilterToken> tokens;
    while (true) {
      while (at_ < text_.size() && IsSpace(text_[at_])) Step(1);
      FilterToken token;
      token.column = column_;
      if (at_ == text_.size()) {
        tokens.push_back(std::move(token));
        return tokens;
      }
      if (Status read = Read(token); !read) return read.error();
      tokens.push_back(std::move(token));
    }
  }

 private:
  void Step(std::size_t bytes) {
    for (; bytes > 0 && at_ < text_.size(); --bytes, ++at_) {
      // Bytes that continue a character have no column of their own.
      if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) ++column_;
    }
  }

  Error Fault(std::uint32_t column, std::string_view message) const {
    return FilterError({column, part_}, message);
  }

  Status Mark(FilterToken& token, Kind kind, std::size_t bytes) {
    token.kind = kind;
    Step(bytes);
    return Done{};
  }

  Status Read(FilterToken& token) {
    const bool equals = at_ + 1 < text_.size() && text_[at_ + 1] == '=';
    switch (text_[at_]) {
      case '(': return Mark(token, Kind::kOpen, 1);
      case ')': return Mark(token, Kind::kClose, 1);
      case '[': return Mark(token, Kind::kOpenList, 1);
      case ']': return Mark(token, Kind::kCloseList, 1);
      case ',': return Mark(token, Kind::kComma, 1);
      case '=': return Mark(token, Kind::kEqual, 1);
      case '>': return Mark(token, equals ? Kind::kAtLeast : Kind::kGreater, equals ? 2 : 1);
      case '<': return Mark(token, equals ? Kind::kAtMost : Kind::kLess, equals ? 2 : 1);
      case '!':
        if (equals) return Mark(token, Kind::kNotEqual, 2);
        return Fault(column_, "expected `!=`; to exclude, write `NOT` before a condition.");
      case '"':
      case '\'': return ReadQuoted(token);
      default: return ReadWord(token);
    }
  }

  Status ReadQuoted(FilterToken& token) {
    token.kind = Kind::kQuoted;
    const char quote = text_[at_];
    Step(1);
    while (at_ < text_.size() && text_[at_] != quote) {
      const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      if (text_[at_] == '\\' && (next == '"' || next == '\'' || next == '\\')) Step(1);
      token.text += text_[at_];
      Step(1);
    }
    if (at_ == text_.size()) return Fault(token.column, "this quote is not closed.");
    Step(1);
    return Done{};
  }

  Status ReadWord(FilterToken& token) {
    token.kind = Kind::kWord;
    while (at_ < text_.size() && !EndsWord(text_[at_]) &&
           !(text_[at_] == '!' && at_ + 1 < text_.size() && text_[at_ + 1] == '=')) {
      token.text += text_[at_];
      Step(1);
    }
    return Done{};
  }

  std::string_view text_;
  const std::string& part_;
  std::size_t at_ = 0;
  std::uint32_t column_ = 1;
};

}  // namespace

Result<std::vector<FilterToken>> LexFilter(std::string_view text, const std::string& part) {
  if (text.size() > kMaxFilterBytes) {
    return Error{Code::kInvalidSearchFilter, "`" + part + "` has " + std::to_string(text.size()) +
                                                 " bytes, at most " + std::to_string(kMaxFilterBytes) +
                                                 " are allowed."};
  }
  return Lexer(text, part).Run();
}

std::string Shown(const FilterToken& token) {
  switch (token.kind) {
    case Kind::kWord:
    case Kind::kQuoted: return std::string("`").append(text::Utf8Prefix(token.text, 64, 128)).append("`");
    case Kind::kOpen: return "`(`";
    case Kind::kClose: return "`)`";
    case Kind::kOpenList: return "`[`";
    case Kind::kCloseList: return "`]`";
    case Kind::kComma: return "`,`";
    case Kind::kEqual: return "`=`";
    case Kind::kNotEqual: return "`!=`";
    case Kind::kGreater: return "`>`";
    case Kind::kAtLeast: return "`>=`";
    case Kind::kLess: return "`<`";
    case Kind::kAtMost: return "`<=`";
    case Kind::kEnd: break;
  }
  return "the end";
}

}  // namespace quipu::query
