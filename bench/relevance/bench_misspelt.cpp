// SPDX-License-Identifier: GPL-2.0-or-later
// How often the word that was meant is the first correction, or among the first five, of a real misspelling.
//
//   bench_misspelt LIST INDEX…
//
// LIST has `misspelt TAB meant` a line; the words are those of the given indexes together (folders that
// bench_relevance --work keeps). Pairs whose meant word is not among them, or whose misspelt one is, say
// nothing and are passed over. Also prints the time a look-up takes.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/index/index_reader.h"
#include "core/query/near_words.h"
#include "core/query/vocabulary.h"
#include "core/search/ranking.h"
#include "core/text/fold.h"

namespace quipu::bench {
namespace {

query::Vocabulary WordsOf(int argc, char** argv) {
  std::map<std::string, std::uint32_t> frequencies;
  for (int i = 2; i < argc; ++i) {
    const auto reader = index::IndexReader::Open(argv[i]);
    if (!reader) throw std::runtime_error(reader.error().message);
    const query::Vocabulary words = query::Vocabulary::Read(reader->database());
    for (std::uint32_t n = 0; n < words.size(); ++n) frequencies[words.Word(n)] += words.Frequency(n);
  }
  std::vector<query::Vocabulary::Entry> entries;
  for (const auto& [word, frequency] : frequencies)
    entries.push_back({.folded = word, .frequency = frequency});
  return query::Vocabulary(std::move(entries));
}

struct Scores {
  std::size_t pairs = 0, reachable = 0, first = 0, five = 0;  // reachable: within the edits allowed
};

// As core/query/correction.cpp weighs them.
std::size_t PlaceOf(const query::Vocabulary& words, const std::string& typed, query::Vocabulary::Number meant,
                    int edits) {
  const query::CorrectionOptions options = search::CorrectionOptionsOf(search::kRanking);
  const std::u16string letters = query::LettersOf(typed);
  std::vector<std::pair<double, query::Vocabulary::Number>> order;
  for (const auto& near : words.FindNear(typed, edits, 48)) {
    const double cost = query::TypingCost(letters, query::LettersOf(words.Word(near.number)));
    order.emplace_back(
        options.cost_weight * cost - options.frequency_weight * std::log(words.Frequency(near.number)),
        near.number);
  }
  std::sort(order.begin(), order.end());
  const auto place =
      std::find_if(order.begin(), order.end(), [&](const auto& one) { return one.second == meant; });
  return static_cast<std::size_t>(place - order.begin());
}

int Main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_misspelt LIST INDEX…\n");
    return 2;
  }
  std::ifstream list(argv[1]);
  if (!list) {
    fmt::print("No list of misspellings at {}: nothing measured.\n", argv[1]);
    return 0;
  }
  const query::Vocabulary words = WordsOf(argc, argv);
  std::map<int, Scores> by_edits;
  std::chrono::nanoseconds spent(0);
  std::chrono::nanoseconds longest(0);
  for (std::string line; std::getline(list, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const std::string typed = text::Fold(line.substr(0, tab));
    const auto meant = words.Find(text::Fold(line.substr(tab + 1)));
    const std::size_t letters = query::LettersOf(typed).size();
    if (!meant || words.Find(typed) || letters < 4) continue;
    const int edits = letters >= 8 ? 2 : 1;
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t place = PlaceOf(words, typed, *meant, edits);
    const auto took = std::chrono::steady_clock::now() - begin;
    spent += took;
    longest = std::max<std::chrono::nanoseconds>(longest, took);
    Scores& scores = by_edits[edits];
    ++scores.pairs;
    const auto near = words.FindNear(typed, edits, words.size());
    if (std::none_of(near.begin(), near.end(), [&](const auto& one) { return one.number == *meant; }))
      continue;
    ++scores.reachable;
    if (place == 0) ++scores.first;
    if (place < 5) ++scores.five;
  }
  std::size_t pairs = 0;
  for (const auto& [edits, scores] : by_edits) {
    const double reachable = static_cast<double>(std::max<std::size_t>(1, scores.reachable)) / 100;
    fmt::print("{} edits allowed: {} pairs, {} of them within reach: first {:.1f} %, among five {:.1f} %\n",
               edits, scores.pairs, scores.reachable, static_cast<double>(scores.first) / reachable,
               static_cast<double>(scores.five) / reachable);
    pairs += scores.pairs;
  }
  fmt::print("{} words, {} bytes; {:.3f} ms a look-up, {:.3f} ms the longest\n", words.size(), words.bytes(),
             static_cast<double>(spent.count()) / 1e6 / static_cast<double>(std::max<std::size_t>(1, pairs)),
             static_cast<double>(longest.count()) / 1e6);
  return 0;
}

}  // namespace
}  // namespace quipu::bench

int main(int argc, char** argv) {
  try {
    return quipu::bench::Main(argc, argv);
  } catch (const Xapian::Error& failure) {
    fmt::print(stderr, "bench_misspelt: {}\n", failure.get_description());
    return 1;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_misspelt: {}\n", failure.what());
    return 1;
  }
}
