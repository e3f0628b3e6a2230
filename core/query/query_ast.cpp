// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_ast.h"

#include <array>
#include <string_view>

namespace quipu::query {
namespace {

std::string_view OperatorName(NodeKind kind) {
  static constexpr std::array<std::string_view, 6> kNames = {"", "", "near", "and", "or", "list"};
  return kNames[static_cast<std::size_t>(kind)];
}

void PrintLeaf(const Node& node, std::string& out) {
  const std::string_view quote = node.kind == NodeKind::kPhrase ? "\"" : "";
  if (!node.field.empty()) out += node.field + ':';
  out += quote;
  out += node.text;
  if (node.prefix) out += '*';
  out += quote;
  if (node.typing) out += "…";
  if (node.words.empty()) return;
  out += '{';
  for (std::size_t i = 0; i < node.words.size(); ++i) {
    const Word& word = node.words[i];
    if (i > 0) out += word.joined ? "~" : " ";
    out += word.folded;
    for (const std::string& stem : word.stems) out += '/' + stem;
    if (!word.exact.empty()) out += '=' + word.exact;
  }
  out += '}';
  for (const Alternative& alternative : node.alternatives) {
    out += '~';
    for (const Word& word : alternative.words)
      out += (&word == alternative.words.data() ? "" : " ") + word.folded;
  }
}

void PrintNode(const Node& node, std::string& out) {
  if (node.occur == Occur::kMust) out += '+';
  if (node.occur == Occur::kMustNot) out += '-';
  if (node.kind == NodeKind::kWord || node.kind == NodeKind::kPhrase) return PrintLeaf(node, out);
  out += OperatorName(node.kind);
  if (node.kind == NodeKind::kNear) out += '/' + std::to_string(node.distance);
  out += '(';
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += ' ';
    PrintNode(node.children[i], out);
  }
  out += ')';
}

}  // namespace

std::string Print(const Node& node) {
  std::string out;
  PrintNode(node, out);
  return out;
}

}  // namespace quipu::query
