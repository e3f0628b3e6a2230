// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_analysis.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace quipu::query {
namespace {

struct ReadWord {
  Word word;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool single_ideograph = false;
};

void AddStem(Word& word, std::string_view stem) {
  if (stem.empty() || std::find(word.stems.begin(), word.stems.end(), stem) != word.stems.end()) return;
  word.stems.emplace_back(stem);
}

// An ideograph alone is only looked for where it stands alone; elsewhere its pairs are.
void DropCoveredIdeographs(std::vector<ReadWord>& words) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const ReadWord& read : words) {
    if (read.word.ideographic && !read.single_ideograph) pairs.emplace_back(read.begin, read.end);
  }
  std::erase_if(words, [&](const ReadWord& read) {
    return read.single_ideograph && std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
             return pair.first <= read.begin && read.end <= pair.second;
           });
  });
}

class QueryReader {
 public:
  QueryReader(text::Analyzer& analyzer, std::span<const std::string> languages)
      : analyzer_(analyzer), languages_(languages) {}

  void Visit(Node& node) {
    std::vector<Node> children;
    for (Node& child : node.children) {
      if (child.kind == NodeKind::kWord || child.kind == NodeKind::kPhrase) {
        VisitLeaf(node, std::move(child), children);
        continue;
      }
      Visit(child);
      if (!child.children.empty()) children.push_back(std::move(child));
    }
    node.children = std::move(children);
  }

  std::vector<ReadWord> Read(std::string_view text) {
    std::vector<ReadWord> words;
    Collect(text, languages_.empty() ? std::string_view() : std::string_view(languages_.front()), words);
    for (std::size_t i = 1; i < languages_.size(); ++i) AddStems(text, languages_[i], words);
    // A document whose language nobody knows is indexed unstemmed.
    for (ReadWord& read : words) AddStem(read.word, read.word.folded);
    DropCoveredIdeographs(words);
    return words;
  }

 private:
  void Collect(std::string_view text, std::string_view language, std::vector<ReadWord>& words) {
    analyzer_.Analyze(text, {.language = language}, [&](const text::Token& token) {
      ReadWord read;
      read.begin = token.begin;
      read.end = token.end;
      read.single_ideograph = token.kind == text::TokenKind::kCharacter;
      read.word.folded = token.folded;
      read.word.exact = token.exact;
      read.word.joined = token.joined;
      read.word.ideographic = read.single_ideograph || token.kind == text::TokenKind::kBigram;
      AddStem(read.word, token.stem);
      AddStem(read.word, token.exact_stem);
      words.push_back(std::move(read));
    });
  }

  void AddStems(std::string_view text, std::string_view language, std::vector<ReadWord>& words) {
    std::size_t i = 0;
    analyzer_.Analyze(text, {.language = language}, [&](const text::Token& token) {
      // Word boundaries do not depend on the language, so the tokens of all of them line up.
      if (i >= words.size()) return;
      Word& word = words[i++].word;
      AddStem(word, token.stem);
      AddStem(word, token.exact_stem);
    });
  }

  void VisitLeaf(const Node& parent, Node leaf, std::vector<Node>& out) {
    std::vector<ReadWord> words = Read(leaf.text);
    if (words.empty()) return;
    if (words.back().end != leaf.text.size() || words.back().word.ideographic)
      leaf.prefix = leaf.typing = false;
    if (leaf.kind == NodeKind::kPhrase || (leaf.occur == Occur::kMustNot && words.size() > 1)) {
      leaf.kind = NodeKind::kPhrase;
      for (ReadWord& read : words) leaf.words.push_back(std::move(read.word));
      leaf.typing = false;
      out.push_back(std::move(leaf));
      return;
    }
    std::vector<Node> leaves = OneLeafEach(leaf, std::move(words));
    const bool beside = parent.kind == NodeKind::kList && leaf.occur == Occur::kShould;
    if (leaves.size() == 1 || beside || parent.kind == NodeKind::kNear) {
      std::move(leaves.begin(), leaves.end(), std::back_inserter(out));
      return;
    }
    Node group;
    group.kind = NodeKind::kAnd;
    group.occur = leaf.occur;
    for (Node& child : leaves) child.occur = Occur::kShould;
    group.children = std::move(leaves);
    out.push_back(std::move(group));
  }

  static std::vector<Node> OneLeafEach(const Node& leaf, std::vector<ReadWord> words) {
    std::vector<Node> leaves;
    for (std::size_t i = 0; i < words.size(); ++i) {
      Node one;
      one.kind = NodeKind::kWord;
      one.occur = leaf.occur;
      one.text =
          words.size() == 1 ? leaf.text : leaf.text.substr(words[i].begin, words[i].end - words[i].begin);
      one.field = leaf.field;
      const bool last = i + 1 == words.size();
      one.prefix = last && leaf.prefix;
      one.typing = last && leaf.typing;
      if (leaf.end > 0) {
        one.begin = leaf.begin + words[i].begin;
        one.end = leaf.begin + words[i].end;
      }
      one.words.push_back(std::move(words[i].word));
      leaves.push_back(std::move(one));
    }
    return leaves;
  }

  text::Analyzer& analyzer_;
  std::span<const std::string> languages_;
};

void LoosenPhrases(Node& list) {
  const auto beside = std::count_if(list.children.begin(), list.children.end(), [](const Node& child) {
    return child.kind == NodeKind::kWord && child.occur == Occur::kShould && child.field.empty();
  });
  if (static_cast<std::size_t>(beside) <= kMaxWordsBesidePhrase) return;
  std::vector<Node> children;
  for (Node& child : list.children) {
    const bool quotation =
        child.kind == NodeKind::kPhrase && child.occur == Occur::kShould && child.field.empty();
    if (!quotation) {
      children.push_back(std::move(child));
      continue;
    }
    for (Word& word : child.words) {
      Node leaf;
      leaf.kind = NodeKind::kWord;
      leaf.text = word.folded;
      leaf.words.push_back(std::move(word));
      children.push_back(std::move(leaf));
    }
  }
  list.children = std::move(children);
}

}  // namespace

std::vector<Word> AnalyzeWords(std::string_view text, text::Analyzer& analyzer,
                               std::span<const std::string> languages) {
  std::vector<Word> words;
  for (ReadWord& read : QueryReader(analyzer, languages).Read(text)) words.push_back(std::move(read.word));
  return words;
}

void AnalyzeQuery(Node& root, text::Analyzer& analyzer, std::span<const std::string> languages) {
  QueryReader(analyzer, languages).Visit(root);
  LoosenPhrases(root);
}

}  // namespace quipu::query
