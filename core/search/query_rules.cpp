// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/query_rules.h"

#include <algorithm>
#include <utility>

#include "core/query/query_analysis.h"

namespace quipu::search {
namespace {

using query::Node;
using query::NodeKind;
using query::Occur;
using query::Word;

constexpr std::size_t kMaxAlternatives = 16;  // of one word
constexpr std::size_t kMaxRuleWords = 8;      // of one synonym or pinned query

bool ShareStem(const Word& a, const Word& b) {
  return std::any_of(a.stems.begin(), a.stems.end(), [&](const std::string& stem) {
    return std::find(b.stems.begin(), b.stems.end(), stem) != b.stems.end();
  });
}

bool IsPlainWord(const Node& node) {
  return node.kind == NodeKind::kWord && node.occur != Occur::kMustNot && node.field.empty() &&
         !node.prefix && node.words.size() == 1;
}

bool SameWords(const std::vector<Word>& a, const std::vector<Word>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Word& x, const Word& y) { return x.folded == y.folded; });
}

}  // namespace

void QueryRules::PhraseTable::Add(std::vector<Word> words, std::size_t rule) {
  if (words.empty() || words.size() > kMaxRuleWords) return;
  for (const std::string& stem : words.front().stems) by_first_stem[stem].push_back(phrases.size());
  phrases.push_back({.words = std::move(words), .rule = rule});
}

std::vector<const QueryRules::PhraseTable::Phrase*> QueryRules::PhraseTable::Match(
    std::span<const Node> leaves, bool whole) const {
  std::vector<const Phrase*> found;
  if (leaves.empty() || !IsPlainWord(leaves.front())) return found;
  std::vector<std::size_t> seen;
  for (const std::string& stem : leaves.front().words.front().stems) {
    const auto entry = by_first_stem.find(stem);
    if (entry == by_first_stem.end()) continue;
    for (const std::size_t i : entry->second) {
      const Phrase& phrase = phrases[i];
      if (phrase.words.size() > leaves.size() || (whole && phrase.words.size() != leaves.size())) continue;
      if (std::find(seen.begin(), seen.end(), i) != seen.end()) continue;
      seen.push_back(i);
      const bool same = std::equal(phrase.words.begin(), phrase.words.end(), leaves.begin(),
                                   [](const Word& word, const Node& leaf) {
                                     return IsPlainWord(leaf) && ShareStem(word, leaf.words.front());
                                   });
      if (same) found.push_back(&phrase);
    }
  }
  return found;
}

QueryRules::QueryRules(const Texts& texts, std::span<const std::string> languages) {
  text::Analyzer analyzer;
  const auto read = [&](const std::string& text) { return query::AnalyzeWords(text, analyzer, languages); };
  for (const config::SynonymRule& rule : texts.synonyms) {
    for (const std::string& from : rule.from) synonyms_.Add(read(from), meanings_.size());
    std::vector<std::vector<Word>>& meanings = meanings_.emplace_back();
    for (const std::string& to : rule.to) {
      std::vector<Word> words = read(to);
      if (!words.empty() && words.size() <= kMaxRuleWords) meanings.push_back(std::move(words));
    }
  }
  for (const config::PinRule& rule : texts.pins) {
    for (const std::string& query : rule.queries) pins_.Add(read(query), pinned_.size());
    pinned_.push_back(rule.ids);
  }
  for (const std::string& text : texts.stop_words) {
    for (const Word& word : read(text)) stop_words_.insert(word.folded);
  }
}

std::vector<std::string> QueryRules::PinnedIds(const Node& root) const {
  std::vector<std::string> ids;
  const bool plain = std::all_of(root.children.begin(), root.children.end(), [](const Node& child) {
    return IsPlainWord(child) && child.occur == Occur::kShould;
  });
  if (!plain) return ids;
  for (const auto* phrase : pins_.Match(root.children, true)) {
    for (const std::string& id : pinned_[phrase->rule]) {
      if (ids.size() < config::kMaxPinnedIds && std::find(ids.begin(), ids.end(), id) == ids.end())
        ids.push_back(id);
    }
  }
  return ids;
}

void QueryRules::DropStopWords(Node& root) const {
  if (stop_words_.empty()) return;
  const auto is_stop_word = [this](const Node& node) {
    return IsPlainWord(node) && node.occur == Occur::kShould && !node.typing &&
           stop_words_.contains(node.words.front().folded);
  };
  for (Node& child : root.children) {
    if (child.kind == NodeKind::kList) DropStopWords(child);
  }
  if (root.kind != NodeKind::kList) return;
  const bool others = std::any_of(root.children.begin(), root.children.end(), [&](const Node& child) {
    return child.occur != Occur::kMustNot && !is_stop_word(child);
  });
  // A query of nothing else means them: "The Who".
  if (others) std::erase_if(root.children, is_stop_word);
}

void QueryRules::AddSynonyms(Node& root, double share) const {
  if (!synonyms_.phrases.empty()) AddSynonymsOf(root, share);
}

void QueryRules::AddSynonymsOf(Node& parent, double share) const {
  if (parent.occur == Occur::kMustNot || parent.kind == NodeKind::kNear) return;
  // Words of an OR are not side by side.
  const bool side_by_side = parent.kind == NodeKind::kList || parent.kind == NodeKind::kAnd;
  const std::span<Node> children(parent.children);
  for (std::size_t i = 0; i < children.size(); ++i) {
    AddSynonymsOf(children[i], share);
    const std::size_t reach = side_by_side ? children.size() - i : 1;
    for (const auto* phrase : synonyms_.Match(children.subspan(i, reach), false)) {
      for (const std::vector<Word>& meaning : meanings_[phrase->rule]) {
        if (SameWords(meaning, phrase->words)) continue;
        // Where the synonym stands, each word of what it stands for is found.
        for (Node& leaf : children.subspan(i, phrase->words.size())) {
          if (leaf.alternatives.size() < kMaxAlternatives)
            leaf.alternatives.push_back({.words = meaning, .share = share});
        }
      }
    }
  }
}

}  // namespace quipu::search
