// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/filter_parser.h"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/query/filter_lexer.h"

namespace quipu::query {
namespace {

using Token = FilterToken;
using Kind = FilterTokenKind;

constexpr std::string_view kOperators =
    "`=`, `!=`, `>`, `>=`, `<`, `<=`, `IN`, `NOT IN`, `TO`, `EXISTS`, `IS NULL`, `IS EMPTY`, `CONTAINS` or "
    "`STARTS WITH`";

bool IsText(const Token& token) { return token.kind == Kind::kWord || token.kind == Kind::kQuoted; }

/// `keyword` is in capitals.
bool Is(const Token& token, std::string_view keyword) {
  const auto same = [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; };
  return token.kind == Kind::kWord &&
         std::equal(token.text.begin(), token.text.end(), keyword.begin(), keyword.end(), same);
}

FilterNode Not(FilterNode node) {
  FilterNode inverse;
  inverse.kind = FilterKind::kNot;
  inverse.place = node.place;
  inverse.children.push_back(std::move(node));
  return inverse;
}

class Parser {
 public:
  Parser(std::vector<Token> tokens, const std::string& part) : tokens_(std::move(tokens)), part_(part) {}

  Result<FilterNode> Run() {
    if (Peek().kind == Kind::kEnd) return FilterNode();
    Result<FilterNode> filter = ReadAny(0);
    if (!filter) return filter;
    if (Peek().kind != Kind::kEnd) return Unexpected();
    return filter;
  }

 private:
  const Token& Peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& Take() {
    const Token& token = Peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  bool TakeIf(std::string_view keyword) {
    if (!Is(Peek(), keyword)) return false;
    Take();
    return true;
  }

  FilterPlace PlaceOf(const Token& token) const { return {token.column, part_}; }

  Error Expected(std::string_view what) const {
    return FilterError(PlaceOf(Peek()), "expected " + std::string(what) + ", found " + Shown(Peek()) + ".");
  }

  // Something stands behind a complete expression.
  Error Unexpected() const {
    if (Peek().kind == Kind::kClose) return FilterError(PlaceOf(Peek()), "this `)` was never opened.");
    if (IsText(Peek()) && at_ > 0 && tokens_[at_ - 1].kind == Kind::kWord) {
      return FilterError(PlaceOf(Peek()), "expected `AND`, `OR` or the end, found " + Shown(Peek()) +
                                              "; a value with spaces needs quotes.");
    }
    return Expected("`AND`, `OR` or the end");
  }

  Result<FilterNode> ReadAny(int depth) { return ReadChain(depth, "OR"); }

  // One precedence a call: an OR of ANDs of conditions.
  Result<FilterNode> ReadChain(int depth, std::string_view keyword) {
    const bool any = keyword == "OR";
    std::vector<FilterNode> parts;
    do {
      Result<FilterNode> part = any ? ReadChain(depth, "AND") : ReadNot(depth);
      if (!part) return part;
      parts.push_back(std::move(part).value());
    } while (TakeIf(keyword));
    return any ? AnyOf(std::move(parts)) : AllOf(std::move(parts));
  }

  // `NOT`, unless it is the name of a field.
  bool TakeNot() {
    const Kind next = Peek(1).kind;
    const bool field = next >= Kind::kEqual && next <= Kind::kAtMost;
    return !field && TakeIf("NOT");
  }

  Result<FilterNode> ReadNot(int depth) {
    bool inverse = false;
    while (TakeNot()) inverse = !inverse;
    Result<FilterNode> inner = ReadPrimary(depth);
    if (!inner || !inverse) return inner;
    return Not(std::move(inner).value());
  }

  Result<FilterNode> ReadPrimary(int depth) {
    if (Peek().kind != Kind::kOpen) return ReadCondition();
    if (depth == kMaxFilterDepth) {
      return FilterError(PlaceOf(Peek()), "more than " + std::to_string(kMaxFilterDepth) +
                                              " parentheses in one another are not allowed.");
    }
    const FilterPlace open = PlaceOf(Take());
    Result<FilterNode> inner = ReadAny(depth + 1);
    if (!inner) return inner;
    if (Peek().kind == Kind::kEnd) return FilterError(open, "this `(` is not closed.");
    if (Peek().kind != Kind::kClose) return Unexpected();
    Take();
    return inner;
  }

  Result<FilterNode> ReadCondition() {
    if (!IsText(Peek())) return Expected("a field, `NOT` or `(`");
    const Token& name = Take();
    if (name.text.empty()) return FilterError(PlaceOf(name), "the name of a field cannot be empty.");
    FilterNode node;
    node.field = name.text;
    node.place = PlaceOf(name);
    const bool inverse = TakeIf("NOT");
    if (Status read = inverse ? ReadWordOperator(node) : ReadOperator(node); !read) return read.error();
    if (Status counted = Count(node); !counted) return counted.error();
    return inverse ? Not(std::move(node)) : Result<FilterNode>(std::move(node));
  }

  Status Count(const FilterNode& node) {
    terms_ += std::max<std::size_t>(node.values.size(), 1);
    if (terms_ <= kMaxFilterTerms) return Done{};
    return FilterError(node.place,
                       "a filter may have at most " + std::to_string(kMaxFilterTerms) + " values.");
  }

  Status ReadOperator(FilterNode& node) {
    const Kind kind = Peek().kind;
    if (kind == Kind::kEqual || kind == Kind::kNotEqual) {
      const bool unequal = Take().kind == Kind::kNotEqual;
      if (Status read = ReadValue(node, FilterKind::kOneOf); !read) return read;
      if (unequal) node = Not(std::move(node));
      return Done{};
    }
    constexpr std::pair<Kind, FilterKind> kComparisons[] = {{Kind::kGreater, FilterKind::kGreater},
                                                            {Kind::kAtLeast, FilterKind::kAtLeast},
                                                            {Kind::kLess, FilterKind::kLess},
                                                            {Kind::kAtMost, FilterKind::kAtMost}};
    for (const auto& [sign, comparison] : kComparisons) {
      if (kind != sign) continue;
      Take();
      return ReadValue(node, comparison);
    }
    // `IS`, `IN` and the like may also be the first value of a `TO`.
    if (IsText(Peek()) && Is(Peek(1), "TO")) {
      if (Status read = ReadValue(node, FilterKind::kBetween); !read) return read;
      Take();
      return ReadValue(node, FilterKind::kBetween);
    }
    return ReadWordOperator(node);
  }

  // Those that may stand behind a NOT.
  Status ReadWordOperator(FilterNode& node) {
    if (TakeIf("EXISTS")) {
      node.kind = FilterKind::kExists;
      return Done{};
    }
    if (TakeIf("IN")) return ReadList(node);
    if (TakeIf("CONTAINS")) return ReadValue(node, FilterKind::kContains);
    if (TakeIf("STARTS")) {
      if (!TakeIf("WITH")) return Expected("`WITH` after `STARTS`");
      return ReadValue(node, FilterKind::kStartsWith);
    }
    if (at_ > 0 && Is(tokens_[at_ - 1], "NOT")) {
      return Expected("`IN`, `EXISTS`, `CONTAINS` or `STARTS WITH` after `NOT`");
    }
    if (TakeIf("IS")) return ReadIs(node);
    return Expected(std::string(kOperators) + " after the field `" + node.field.substr(0, 64) + "`");
  }

  Status ReadIs(FilterNode& node) {
    const bool inverse = TakeIf("NOT");
    if (TakeIf("NULL")) {
      node.kind = FilterKind::kIsNull;
    } else if (TakeIf("EMPTY")) {
      node.kind = FilterKind::kIsEmpty;
    } else {
      return Expected(inverse ? "`NULL` or `EMPTY` after `IS NOT`" : "`NULL`, `EMPTY` or `NOT` after `IS`");
    }
    if (inverse) node = Not(std::move(node));
    return Done{};
  }

  Status ReadValue(FilterNode& node, FilterKind kind) {
    node.kind = kind;
    if (!IsText(Peek())) return Expected("a value");
    const Token& token = Take();
    node.values.push_back({token.text, PlaceOf(token)});
    return Done{};
  }

  Status ReadList(FilterNode& node) {
    node.kind = FilterKind::kOneOf;
    if (Peek().kind != Kind::kOpenList) return Expected("`[` after `IN`");
    const FilterPlace open = PlaceOf(Take());
    while (Peek().kind != Kind::kCloseList) {
      if (Status read = ReadValue(node, FilterKind::kOneOf); !read) {
        return Peek().kind == Kind::kEnd ? FilterError(open, "this `[` is not closed.") : read.error();
      }
      if (Peek().kind == Kind::kComma) {
        Take();
      } else if (Peek().kind == Kind::kEnd) {
        return FilterError(open, "this `[` is not closed.");
      } else if (Peek().kind != Kind::kCloseList) {
        return Expected("`,` or `]` in the list");
      }
    }
    Take();
    return Done{};
  }

  std::vector<Token> tokens_;
  const std::string& part_;
  std::size_t at_ = 0;
  std::size_t terms_ = 0;
};

}  // namespace

Result<FilterNode> ParseFilter(std::string_view text, const std::string& part) {
  Result<std::vector<Token>> tokens = LexFilter(text, part);
  if (!tokens) return tokens.error();
  return Parser(std::move(tokens).value(), part).Run();
}

}  // namespace quipu::query
