// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_lexer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quipu::query {
namespace {

// The bytes of white space at the beginning of `text`, 0 if it begins with something else.
std::size_t SpaceLength(std::string_view text) {
  if (text.empty()) return 0;
  const auto c = static_cast<unsigned char>(text[0]);
  if (c <= ' ' || c == 0x7f) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;                                          // no-break space
  if (text.starts_with("\xE3\x80\x80") || text.starts_with("\xE2\x80\xAF")) return 3;  // ideographic, narrow
  return 0;
}

// The bytes of a quotation mark at the beginning of `text`. Phones and word processors type curly ones.
std::size_t QuoteLength(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kQuotes = {"\"",     "\u201C", "\u201D", "\u201E",
                                                              "\u201F", "\u00AB", "\u00BB", "\uFF02"};
  for (const auto quote : kQuotes) {
    if (text.starts_with(quote)) return quote.size();
  }
  return 0;
}

std::string_view CutAtCharacter(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

class Lexer {
 public:
  Lexer(std::string_view text, const IsField& is_field) : text_(text), is_field_(is_field) {}

  std::vector<Lexeme> Run() {
    while (at_ < text_.size()) Step();
    return std::move(out_);
  }

 private:
  std::string_view Rest() const { return text_.substr(at_); }

  void Emit(LexemeKind kind, std::string_view text) {
    out_.push_back({.kind = kind, .text = std::string(text)});
  }

  void Step() {
    if (const std::size_t space = SpaceLength(Rest()); space > 0) {
      at_ += space;
      after_field_ = false;
      fresh_ = true;
      return;
    }
    if (const std::size_t quote = QuoteLength(Rest()); quote > 0) return ReadPhrase(quote);
    const char c = text_[at_];
    if (c == '(' || c == ')') return ReadParenthesis(c);
    if ((c == '-' || c == '+') && fresh_ && !after_field_ && SignCounts()) {
      Emit(c == '-' ? LexemeKind::kMinus : LexemeKind::kPlus, std::string_view(&text_[at_], 1));
      ++at_;
      fresh_ = false;
      return;
    }
    ReadWord();
  }

  void ReadParenthesis(char c) {
    Emit(c == '(' ? LexemeKind::kOpen : LexemeKind::kClose, std::string_view(&text_[at_], 1));
    depth_ = c == '(' ? depth_ + 1 : std::max(0, depth_ - 1);
    ++at_;
    after_field_ = false;
    fresh_ = c == '(';
  }

  // A sign stands directly before a word, a phrase or a group: "a - b" and "--verbose" have none.
  bool SignCounts() const {
    const std::string_view after = text_.substr(at_ + 1);
    if (after.empty() || SpaceLength(after) > 0) return false;
    return std::string_view("-+)*:").find(after[0]) == std::string_view::npos;
  }

  void ReadPhrase(std::size_t quote) {
    at_ += quote;
    fresh_ = false;
    std::size_t end = at_;
    while (end < text_.size() && QuoteLength(text_.substr(end)) == 0) ++end;
    if (end >= text_.size()) {  // no partner: the quote means nothing
      fresh_ = true;
      return;
    }
    std::string_view inner = text_.substr(at_, end - at_);
    at_ = end + QuoteLength(text_.substr(end));
    bool prefix = false;
    while (!inner.empty() && (inner.back() == '*' || SpaceLength(inner.substr(inner.size() - 1)) > 0)) {
      // The star belongs to the word before it: "green te*", not "green *".
      prefix = inner.back() == '*';
      inner.remove_suffix(1);
    }
    if (at_ < text_.size() && text_[at_] == '*') {
      prefix = true;
      ++at_;
    }
    after_field_ = false;
    fresh_ = true;
    if (inner.empty()) return;
    Emit(LexemeKind::kPhrase, inner);
    out_.back().prefix = prefix;
  }

  std::size_t WordEnd() const {
    int inside = 0;  // parentheses of the word itself: "word(s)"
    std::size_t end = at_;
    while (end < text_.size()) {
      const std::string_view rest = text_.substr(end);
      if (SpaceLength(rest) > 0 || QuoteLength(rest) > 0) break;
      if (rest[0] == '(') ++inside;
      if (rest[0] == ')' && inside-- == 0 && depth_ > 0) break;
      ++end;
    }
    return end;
  }

  void ReadWord() {
    const std::size_t end = WordEnd();
    std::string_view word = text_.substr(at_, end - at_);
    if (const std::size_t colon = word.find(':');
        !after_field_ && colon != std::string_view::npos && colon > 0 && at_ + colon + 1 < text_.size() &&
        is_field_(word.substr(0, colon)) && SpaceLength(text_.substr(at_ + colon + 1)) == 0) {
      Emit(LexemeKind::kField, word.substr(0, colon));
      at_ += colon + 1;
      after_field_ = true;
      return;
    }
    const auto begin = static_cast<std::uint32_t>(at_);
    at_ = end;
    fresh_ = false;
    const bool operand = after_field_;
    after_field_ = false;
    if (!operand && ReadOperator(word)) return;
    const bool at_end = at_ == text_.size();
    bool prefix = false;
    while (!word.empty() && word.back() == '*') {
      prefix = true;
      word.remove_suffix(1);
    }
    if (word.empty()) return;
    Emit(LexemeKind::kWord, word);
    out_.back().prefix = prefix;
    out_.back().at_end = at_end && !prefix;
    out_.back().begin = begin;
  }

  bool ReadOperator(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, LexemeKind>, 3> kOperators = {
        {{"AND", LexemeKind::kAnd}, {"OR", LexemeKind::kOr}, {"NOT", LexemeKind::kNot}}};
    for (const auto& [name, kind] : kOperators) {
      if (word == name) {
        Emit(kind, word);
        return true;
      }
    }
    if (!word.starts_with("NEAR")) return false;
    std::uint32_t distance = kDefaultNear;
    if (word.size() > 4) {
      const std::string_view digits = word.substr(5);
      if (word[4] != '/' || digits.empty() || digits.size() > 3) return false;
      distance = 0;
      for (const char c : digits) {
        if (c < '0' || c > '9') return false;
        distance = distance * 10 + static_cast<std::uint32_t>(c - '0');
      }
    }
    Emit(LexemeKind::kNear, word);
    out_.back().distance = std::clamp<std::uint32_t>(distance, 1, kMaxNear);
    return true;
  }

  std::string_view text_;
  const IsField& is_field_;
  std::vector<Lexeme> out_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool fresh_ = true;         // a sign here would stand before its operand
  bool after_field_ = false;  // directly after "name:"
};

}  // namespace

std::vector<Lexeme> Lex(std::string_view query, const IsField& is_field) {
  return Lexer(CutAtCharacter(query, kMaxQueryBytes), is_field).Run();
}

std::string Print(const std::vector<Lexeme>& lexemes) {
  static constexpr std::array<std::string_view, 11> kNames = {"word", "phrase", "open", "close", "and",  "or",
                                                              "not",  "near",   "plus", "minus", "field"};
  std::string out;
  for (const Lexeme& lexeme : lexemes) {
    if (!out.empty()) out += ' ';
    out += kNames[static_cast<std::size_t>(lexeme.kind)];
    const bool named = lexeme.kind == LexemeKind::kWord || lexeme.kind == LexemeKind::kPhrase ||
                       lexeme.kind == LexemeKind::kField;
    if (named) out += '(' + lexeme.text + (lexeme.prefix ? "*" : "") + (lexeme.at_end ? "…" : "") + ')';
    if (lexeme.kind == LexemeKind::kNear) out += '/' + std::to_string(lexeme.distance);
  }
  return out;
}

}  // namespace quipu::query
