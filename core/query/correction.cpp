// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/correction.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/query/near_words.h"
#include "core/schema/field.h"
#include "core/text/match_case.h"

namespace quipu::query {
namespace {

constexpr std::size_t kShortestCorrected = 4;  // letters
constexpr std::size_t kShortestWide = 3;       // the same when nothing was found
constexpr std::size_t kTwoEdits = 8;           // letters from which two edits are looked for
constexpr std::size_t kTwoEditsWide = 5;
constexpr std::size_t kShortestRare = 5;  // letters of a word that the index knows
constexpr std::size_t kShortestSplit = 6;
constexpr std::size_t kShortestPart = 2;
constexpr std::size_t kShortestJoined = 3;
constexpr std::size_t kCandidates = 48;    // weighed one by one
constexpr std::size_t kSplitsTried = 3;    // looked for in the index
constexpr std::size_t kMaxCorrected = 12;  // words of one query: each costs up to a millisecond

struct Candidate {
  Vocabulary::Number number = 0;
  int edits = 0;
  double cost = 0;
  double score = 0;
};

struct Replacement {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
};

bool ShareStem(const Word& a, const Word& b) {
  return std::any_of(a.stems.begin(), a.stems.end(), [&](const std::string& stem) {
    return std::find(b.stems.begin(), b.stems.end(), stem) != b.stems.end();
  });
}

class Corrector {
 public:
  Corrector(std::string_view query, const Vocabulary& vocabulary, TermStatistics& statistics,
            const ReadWords& read, const CorrectionOptions& options)
      : query_(query), vocabulary_(vocabulary), statistics_(statistics), read_(read), options_(options) {}

  std::optional<Correction> Run(Node& root) {
    Visit(root);
    if (replacements_.empty()) return std::nullopt;
    std::sort(replacements_.begin(), replacements_.end(),
              [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
    Correction correction;
    correction.applied = applied_;
    std::uint32_t at = 0;
    for (const Replacement& replacement : replacements_) {
      if (replacement.begin < at) continue;
      correction.text += query_.substr(at, replacement.begin - at);
      correction.text += replacement.text;
      at = replacement.end;
    }
    correction.text += query_.substr(at);
    return correction;
  }

 private:
  static bool MayCorrect(const Node& leaf) {
    return leaf.kind == NodeKind::kWord && leaf.occur != Occur::kMustNot && leaf.field.empty() &&
           !leaf.prefix && leaf.end > leaf.begin && leaf.words.size() == 1 && leaf.alternatives.empty();
  }

  void Visit(Node& node) {
    if (node.occur == Occur::kMustNot || node.kind == NodeKind::kNear) return;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      Node& child = node.children[i];
      if (child.kind != NodeKind::kWord) {
        Visit(child);
        continue;
      }
      const bool side_by_side = node.kind == NodeKind::kList && i + 1 < node.children.size();
      if (side_by_side && TryJoin(child, node.children[i + 1])) continue;
      if (MayCorrect(child)) CorrectWord(child);
    }
  }

  std::uint32_t Documents(const Word& word) {
    std::uint32_t most = statistics_.Frequency(word.folded);
    for (const std::string& stem : word.stems)
      most = std::max(most, statistics_.Frequency(std::string(schema::kStemPrefix) + stem));
    return most;
  }

  bool IsBeginning(const Node& leaf) const {
    if (!leaf.typing) return false;
    const auto [first, last] = vocabulary_.WithPrefix(leaf.words.front().folded);
    return first != last;
  }

  void CorrectWord(Node& leaf) {
    const Word& word = leaf.words.front();
    const std::u16string letters = LettersOf(word.folded);
    if (letters.size() < (options_.wide ? kShortestWide : kShortestCorrected)) return;
    const std::uint32_t documents = Documents(word);
    if (documents > options_.rare_documents || IsBeginning(leaf) || ++corrected_ > kMaxCorrected) return;
    std::vector<Candidate> candidates = Candidates(word, letters);
    if (documents > 0) return CorrectRare(leaf, candidates, documents);
    const bool likely = !candidates.empty() && candidates.front().edits == 1;
    if (!likely && TrySplit(leaf)) return;
    if (candidates.empty() && leaf.typing) candidates = Completions(word, letters);
    if (!candidates.empty()) Take(leaf, candidates);
  }

  std::vector<Candidate> Candidates(const Word& word, const std::u16string& letters) const {
    const bool two = letters.size() >= (options_.wide ? kTwoEditsWide : kTwoEdits);
    return Weighed(vocabulary_.FindNear(word.folded, two ? 2 : 1, kCandidates), letters, false);
  }

  // What an unfinished word with a slip in it may become.
  std::vector<Candidate> Completions(const Word& word, const std::u16string& letters) const {
    return Weighed(vocabulary_.FindNearPrefix(word.folded, 1, kCandidates), letters, true);
  }

  std::vector<Candidate> Weighed(const std::vector<Vocabulary::Neighbour>& near,
                                 const std::u16string& letters, bool unfinished) const {
    std::vector<Candidate> candidates;
    for (const auto& neighbour : near) {
      Candidate candidate{.number = neighbour.number, .edits = neighbour.edits};
      const std::u16string meant = LettersOf(vocabulary_.Word(neighbour.number));
      candidate.cost = unfinished ? neighbour.edits + 0.5 : TypingCost(letters, meant);
      candidate.score = options_.frequency_weight * std::log(vocabulary_.Frequency(neighbour.number)) -
                        options_.cost_weight * candidate.cost;
      candidates.push_back(candidate);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return candidates;
  }

  // Somebody may have misspelt it where it stands; whoever typed it may also mean just that.
  void CorrectRare(Node& leaf, std::vector<Candidate>& candidates, std::uint32_t documents) {
    if (LettersOf(leaf.words.front().folded).size() < kShortestRare) return;
    const double all = statistics_.documents();
    const double most = std::max(options_.rare_most_documents, options_.rare_most_share * all);
    std::erase_if(candidates, [&](const Candidate& candidate) {
      return candidate.edits > 1 || vocabulary_.Frequency(candidate.number) > most;
    });
    if (candidates.empty()) return;
    // The more documents there are, the more words stand in one of them that are quite right.
    const double needed = std::max(options_.rare_ratio, options_.rare_ratio_share * all) * documents;
    const double frequency = vocabulary_.Frequency(candidates.front().number);
    if (frequency >= needed) return Take(leaf, candidates);
    if (frequency >= needed * options_.offer_share)
      Replace(leaf, vocabulary_.Written(candidates.front().number));
  }

  void Take(Node& leaf, const std::vector<Candidate>& candidates) {
    const double best = candidates.front().score;
    for (const Candidate& candidate : candidates) {
      if (leaf.alternatives.size() == options_.most) break;
      const double relative = std::exp(candidate.score - best);
      if (relative < options_.least_relative) break;
      std::vector<Word> words = read_(vocabulary_.Written(candidate.number));
      if (words.size() != 1 || IsTaken(leaf, words.front())) continue;
      const double share = options_.share - options_.share_decay * candidate.cost * candidate.cost;
      leaf.alternatives.push_back(
          {.words = std::move(words), .share = std::max(0.05, share) * std::sqrt(relative)});
    }
    if (leaf.alternatives.empty()) return;
    applied_ = true;
    Replace(leaf, vocabulary_.Written(candidates.front().number));
  }

  // Forms of one word find the same documents.
  static bool IsTaken(const Node& leaf, const Word& word) {
    if (ShareStem(leaf.words.front(), word)) return true;
    return std::any_of(leaf.alternatives.begin(), leaf.alternatives.end(),
                       [&](const Alternative& taken) { return ShareStem(taken.words.front(), word); });
  }

  void Replace(const Node& leaf, const std::string& text) {
    const std::string_view typed = query_.substr(leaf.begin, leaf.end - leaf.begin);
    replacements_.push_back({.begin = leaf.begin, .end = leaf.end, .text = text::MatchCase(text, typed)});
  }

  // ---- words parted and joined ----

  bool TrySplit(Node& leaf) {
    const std::string& folded = leaf.words.front().folded;
    const std::u16string letters = LettersOf(folded);
    if (letters.size() < kShortestSplit) return false;
    struct Split {
      Vocabulary::Number left, right;
      std::uint32_t frequency;
    };
    std::vector<Split> splits;
    for (std::size_t at = 1, count = 1; at < folded.size(); ++at) {
      if ((static_cast<unsigned char>(folded[at]) & 0xC0) == 0x80) continue;
      const std::size_t left_letters = count++;
      if (left_letters < kShortestPart || letters.size() - left_letters < kShortestPart) continue;
      const auto left = vocabulary_.Find(std::string_view(folded).substr(0, at));
      const auto right = left ? vocabulary_.Find(std::string_view(folded).substr(at)) : std::nullopt;
      if (!right) continue;
      splits.push_back(
          {*left, *right, std::min(vocabulary_.Frequency(*left), vocabulary_.Frequency(*right))});
    }
    std::stable_sort(splits.begin(), splits.end(),
                     [](const Split& a, const Split& b) { return a.frequency > b.frequency; });
    if (splits.size() > kSplitsTried) splits.resize(kSplitsTried);
    for (const Split& split : splits) {
      if (!statistics_.StandTogether(vocabulary_.Word(split.left), vocabulary_.Word(split.right))) continue;
      const std::string text = vocabulary_.Written(split.left) + ' ' + vocabulary_.Written(split.right);
      leaf.alternatives.push_back({.words = read_(text), .share = options_.share});
      applied_ = true;
      Replace(leaf, text);
      return true;
    }
    return false;
  }

  // "human rights" for "humanrights" or the other way round: only if the words as typed never stand together.
  bool TryJoin(Node& left, Node& right) {
    if (!MayCorrect(left) || !MayCorrect(right) || left.occur != right.occur || right.words.front().joined)
      return false;
    const std::string joined = left.words.front().folded + right.words.front().folded;
    const auto number = vocabulary_.Find(joined);
    if (!number || IsBeginning(right)) return false;
    const Word& a = left.words.front();
    const Word& b = right.words.front();
    const std::size_t shorter = std::min(LettersOf(a.folded).size(), LettersOf(b.folded).size());
    // "cual es" is not "cuales", even where the two never stand together.
    if (shorter < kShortestJoined) return false;
    if (Documents(a) > 0 && Documents(b) > 0 && statistics_.StandTogether(a.folded, b.folded)) return false;
    const std::vector<Word> words = read_(vocabulary_.Written(*number));
    if (words.size() != 1) return false;
    // Both words are found where the one stands.
    left.alternatives.push_back({.words = words, .share = options_.share});
    right.alternatives.push_back({.words = words, .share = options_.share});
    applied_ = true;
    const std::string_view typed = query_.substr(left.begin, left.end - left.begin);
    replacements_.push_back({.begin = left.begin,
                             .end = right.end,
                             .text = text::MatchCase(vocabulary_.Written(*number), typed)});
    return true;
  }

  std::string_view query_;
  const Vocabulary& vocabulary_;
  TermStatistics& statistics_;
  const ReadWords& read_;
  const CorrectionOptions& options_;
  std::vector<Replacement> replacements_;
  std::size_t corrected_ = 0;
  bool applied_ = false;
};

}  // namespace

std::optional<Correction> CorrectQuery(Node& root, std::string_view query, const Vocabulary& vocabulary,
                                       TermStatistics& statistics, const ReadWords& read,
                                       const CorrectionOptions& options) {
  if (vocabulary.size() == 0) return std::nullopt;
  return Corrector(query, vocabulary, statistics, read, options).Run(root);
}

}  // namespace quipu::query
