// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/schema/field.h"

namespace quipu::query {
namespace {

class Parser {
 public:
  explicit Parser(const std::vector<Lexeme>& lexemes) : lexemes_(lexemes) {}

  Node Run() {
    Node root = List("");
    // A closing parenthesis without a partner ends the list early: go on behind it.
    while (at_ < lexemes_.size()) {
      ++at_;
      Node more = List("");
      std::move(more.children.begin(), more.children.end(), std::back_inserter(root.children));
    }
    return root;
  }

 private:
  bool Is(LexemeKind kind) const { return at_ < lexemes_.size() && lexemes_[at_].kind == kind; }

  bool OperandAt(std::size_t i) const {
    while (i < lexemes_.size() && lexemes_[i].kind == LexemeKind::kNot) ++i;
    if (i >= lexemes_.size()) return false;
    const LexemeKind kind = lexemes_[i].kind;
    return kind == LexemeKind::kWord || kind == LexemeKind::kPhrase || kind == LexemeKind::kOpen ||
           kind == LexemeKind::kField || kind == LexemeKind::kPlus || kind == LexemeKind::kMinus;
  }

  // A binary operator counts only between two operands; this is asked after the left one.
  bool Binary(LexemeKind kind) const { return Is(kind) && OperandAt(at_ + 1); }

  Node List(const std::string& field) {
    Node list;
    while (at_ < lexemes_.size() && !Is(LexemeKind::kClose)) {
      std::optional<Node> child = Or(field);
      if (!child) continue;
      // Who types AND means it, whatever stands beside: `a b AND c` needs b and c.
      if (child->kind == NodeKind::kAnd && child->occur == Occur::kShould) child->occur = Occur::kMust;
      list.children.push_back(std::move(*child));
    }
    return list;
  }

  std::optional<Node> Or(const std::string& field) {
    return Chain(LexemeKind::kOr, NodeKind::kOr, field, [this](const std::string& f) { return And(f); });
  }

  std::optional<Node> And(const std::string& field) {
    return Chain(LexemeKind::kAnd, NodeKind::kAnd, field, [this](const std::string& f) { return Unary(f); });
  }

  template <typename Operand>
  std::optional<Node> Chain(LexemeKind sign, NodeKind kind, const std::string& field, Operand operand) {
    std::optional<Node> first = operand(field);
    if (!first || !Binary(sign)) return first;
    Node chain;
    chain.kind = kind;
    chain.children.push_back(std::move(*first));
    while (Binary(sign)) {
      ++at_;
      if (std::optional<Node> next = operand(field)) chain.children.push_back(std::move(*next));
    }
    if (chain.children.size() == 1) return std::move(chain.children.front());
    return chain;
  }

  std::optional<Node> Unary(const std::string& field) {
    Occur occur = Occur::kShould;
    while (Is(LexemeKind::kPlus) || Is(LexemeKind::kMinus) || (Is(LexemeKind::kNot) && OperandAt(at_ + 1))) {
      // NOT NOT a, NOT -a: the last sign counts; nobody types a double negation on purpose.
      occur = Is(LexemeKind::kPlus) ? Occur::kMust : Occur::kMustNot;
      ++at_;
    }
    std::optional<Node> node = Near(field);
    if (node && occur != Occur::kShould) node->occur = occur;
    return node;
  }

  std::optional<Node> Near(const std::string& field) {
    std::optional<Node> first = Primary(field);
    if (!first || !Binary(LexemeKind::kNear)) return first;
    Node near;
    near.kind = NodeKind::kNear;
    near.children.push_back(std::move(*first));
    while (Binary(LexemeKind::kNear)) {
      near.distance = std::max(near.distance, lexemes_[at_].distance);
      ++at_;
      if (std::optional<Node> next = Primary(field)) near.children.push_back(std::move(*next));
    }
    if (near.children.size() == 1) return std::move(near.children.front());
    const bool words = std::all_of(near.children.begin(), near.children.end(),
                                   [](const Node& child) { return child.kind == NodeKind::kWord; });
    if (!words || ++nears_ > kMaxNears) near.kind = NodeKind::kAnd;
    return near;
  }

  std::optional<Node> Primary(const std::string& outer) {
    std::string field = outer;
    if (Is(LexemeKind::kField)) field = lexemes_[at_++].text;
    if (at_ >= lexemes_.size()) return std::nullopt;
    if (Is(LexemeKind::kOpen)) return Group(field);
    // The caller's list ends here; what stood before the parenthesis ("+)", "title:)") has no operand.
    if (Is(LexemeKind::kClose)) return std::nullopt;
    const Lexeme& lexeme = lexemes_[at_++];
    Node leaf;
    leaf.kind = lexeme.kind == LexemeKind::kPhrase ? NodeKind::kPhrase : NodeKind::kWord;
    leaf.text = lexeme.text;
    leaf.field = std::move(field);
    leaf.prefix = lexeme.prefix;
    leaf.typing = lexeme.at_end;
    leaf.begin = lexeme.begin;
    leaf.end =
        lexeme.kind == LexemeKind::kWord ? lexeme.begin + static_cast<std::uint32_t>(lexeme.text.size()) : 0;
    return leaf;
  }

  std::optional<Node> Group(const std::string& field) {
    ++at_;
    if (depth_ >= kMaxNesting) return SkippedGroup(field);
    ++depth_;
    Node list = List(field);
    --depth_;
    if (Is(LexemeKind::kClose)) ++at_;
    if (list.children.empty()) return std::nullopt;
    if (list.children.size() == 1 && list.children.front().occur != Occur::kMustNot) {
      list.children.front().occur = Occur::kShould;
      return std::move(list.children.front());
    }
    return list;
  }

  // Too deep: this parenthesis and its partner do not count. Its partner is found by counting, so that the
  // groups outside still end where they should.
  std::optional<Node> SkippedGroup(const std::string& field) {
    Node list;
    std::size_t open = 1;
    for (; at_ < lexemes_.size() && open > 0; ++at_) {
      const Lexeme& lexeme = lexemes_[at_];
      if (lexeme.kind == LexemeKind::kOpen) ++open;
      if (lexeme.kind == LexemeKind::kClose) --open;
      if (lexeme.kind != LexemeKind::kWord && lexeme.kind != LexemeKind::kPhrase) continue;
      Node leaf;
      leaf.kind = lexeme.kind == LexemeKind::kPhrase ? NodeKind::kPhrase : NodeKind::kWord;
      leaf.text = lexeme.text;
      leaf.field = field;
      leaf.prefix = lexeme.prefix;
      list.children.push_back(std::move(leaf));
    }
    if (list.children.empty()) return std::nullopt;
    return list;
  }

  const std::vector<Lexeme>& lexemes_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::size_t nears_ = 0;
};

}  // namespace

Node ParseLexemes(const std::vector<Lexeme>& lexemes) { return Parser(lexemes).Run(); }

bool IsSearchableField(std::string_view name) {
  const schema::Field* field = schema::FindField(name);
  return field != nullptr && (field->weight > 0 || field->boolean);
}

Node ParseQuery(std::string_view query) { return ParseLexemes(Lex(query, IsSearchableField)); }

}  // namespace quipu::query
