// SPDX-License-Identifier: GPL-2.0-or-later
// Random documents and random lists of words against Xapian's own match of the same query, made to look at
// every document.
#include "core/search/word_list_match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/query/query_analysis.h"
#include "core/query/query_parser.h"
#include "core/schema/field.h"
#include "core/search/ranking.h"
#include "core/search/searcher.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

constexpr int kWords = 40;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int Below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
  bool Chance(int percent) { return Below(100) < percent; }
  /// The first words are the frequent ones.
  std::string Word() {
    const int number = Below(kWords) * Below(kWords) / kWords;
    static const std::vector<std::string> endings = {"o", "ar", "ando", "ó"};
    return "pal" + std::string(1, static_cast<char>('b' + number % 20)) + (number < 20 ? "i" : "u") +
           endings[static_cast<std::size_t>(Below(4))];
  }
  std::string Text(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += (i > 0 ? " " : "") + Word();
    return text;
  }

 private:
  std::mt19937 engine_;
};

std::vector<schema::Document> RandomDocuments(int count, Dice& dice) {
  std::vector<schema::Document> documents;
  for (int i = 0; i < count; ++i) {
    const bool copy = i > 0 && dice.Chance(15);
    const std::string& body = copy ? documents[static_cast<std::size_t>(dice.Below(i))].body : dice.Text(80);
    documents.push_back(Text("d" + std::to_string(i), dice.Text(3),
                             copy || dice.Chance(60) ? body : dice.Text(1 + dice.Below(30)), "es"));
    if (dice.Chance(10)) documents.back().boost = dice.Below(20);
  }
  return documents;
}

std::string RandomQuery(Dice& dice) {
  std::string query;
  for (int words = 1 + dice.Below(5); words > 0; --words) {
    if (!query.empty()) query += ' ';
    if (dice.Chance(8)) query += dice.Chance(50) ? "+" : "-";
    if (dice.Chance(8)) query += "title:";
    query += dice.Word();
    if (dice.Chance(5)) query += " language:es";
    if (dice.Chance(8)) query += " palabraquefalta";
  }
  return query;
}

/// What Xapian finds if it must look at everything; by docid.
std::vector<Candidate> ByXapian(const Xapian::Database& database, const Xapian::Query& query) {
  std::vector<Candidate> all;
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(query::TermWeight(kRanking.shape));
  enquire.set_query(query);
  const Xapian::MSet found = enquire.get_mset(0, database.get_doccount(), database.get_doccount());
  for (auto hit = found.begin(); hit != found.end(); ++hit) all.push_back({*hit, hit.get_weight()});
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.docid < b.docid; });
  return all;
}

/// The best by weight, one of each group of copies.
std::vector<Candidate> BestOf(std::vector<Candidate> all, std::size_t keep, const GroupTable* copies) {
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.docid < b.docid;
  });
  std::set<std::uint32_t> met;
  std::erase_if(all, [&](const Candidate& one) {
    return copies != nullptr && copies->Has(one.docid) && !met.insert(copies->GroupOf(one.docid)).second;
  });
  all.resize(std::min(all.size(), keep));
  return all;
}

constexpr double kRounding = 1e-9;

// Sums in another order: documents that weigh the same but for that may have changed places.
void ExpectSameWeights(const std::vector<Candidate>& got, const std::vector<Candidate>& wanted) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) ASSERT_NEAR(got[i].weight, wanted[i].weight, kRounding) << i;
}

class WordListMatchTest : public ::testing::Test {
 protected:
  query::CompiledQuery Compile(const Xapian::Database& database, const std::string& text,
                               query::Needed needed) {
    query::Node tree = query::ParseQuery(text);
    query::AnalyzeQuery(tree, analyzer_, std::vector<std::string>{"es", "en"});
    query::TermStatistics statistics(database);
    query::CompileOptions options = CompileOptionsOf(kRanking);
    options.needed = needed;
    if (database.get_value_freq(schema::kBoostSlot) > 0) options.rank.boost_share = kRanking.boost_share;
    return query::CompileQuery(tree, statistics, options);
  }

  text::Analyzer analyzer_;
};

TEST_F(WordListMatchTest, FindsWhatXapianFindsWhenItLooksAtEverything) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    Dice dice(seed);
    const SmallIndex index;
    index.Put(RandomDocuments(300, dice));
    auto reader = index::IndexReader::Open(index.root());
    ASSERT_TRUE(reader);
    const Xapian::Database& database = reader->database();
    const GroupTable groups(database, schema::kDuplicateSlot);
    ASSERT_GT(groups.groups(), 10U);
    DocSet even(database.get_lastdocid());
    for (Xapian::docid docid = 2; docid <= database.get_lastdocid(); docid += 2) even.Add(docid);
    int tried = 0;
    for (int i = 0; i < 250; ++i) {
      const std::string text = RandomQuery(dice);
      const auto needed = static_cast<query::Needed>(dice.Below(4));
      SCOPED_TRACE("seed " + std::to_string(seed) + ", " + text + ", " +
                   std::to_string(static_cast<int>(needed)));
      const query::CompiledQuery compiled = Compile(database, text, needed);
      if (!WordListMatch::Suits(compiled)) continue;
      ++tried;
      const std::vector<Candidate> wanted = ByXapian(database, compiled.query);
      const auto match = [&] { return WordListMatch(database, *compiled.list, kRanking.shape); };

      std::vector<Candidate> all;
      ASSERT_TRUE(match().All(nullptr, Instant::max(), all));
      ASSERT_EQ(all.size(), wanted.size());
      for (std::size_t at = 0; at < all.size(); ++at) ASSERT_EQ(all[at].docid, wanted[at].docid);
      ExpectSameWeights(all, wanted);

      const std::size_t keep = static_cast<std::size_t>(dice.Below(30));
      for (const GroupTable* copies : {static_cast<const GroupTable*>(nullptr), &groups}) {
        const auto best = BestOf(wanted, keep, copies);
        const ListFound counted = match().Best({.keep = keep, .count = true, .copies = copies});
        ExpectSameWeights(counted.best, best);
        EXPECT_EQ(counted.matches, BestOf(wanted, wanted.size(), copies).size());
        ExpectSameWeights(match().Best({.keep = keep, .count = false, .copies = copies}).best, best);
      }

      std::vector<Candidate> wanted_even = wanted;
      std::erase_if(wanted_even, [](const Candidate& one) { return one.docid % 2 != 0; });
      const ListFound found_even = match().Best({.keep = keep, .count = true, .among = &even});
      ExpectSameWeights(found_even.best, BestOf(wanted_even, keep, nullptr));
      EXPECT_EQ(found_even.matches, wanted_even.size());
      ExpectSameWeights(match().Best({.keep = keep, .count = false, .among = &even}).best,
                        BestOf(wanted_even, keep, nullptr));

      if (compiled.all_words.empty()) continue;
      auto with_all = ByXapian(database, compiled.all_words);
      for (Candidate& one : with_all) one.weight += compiled.boost;
      ExpectSameWeights(match().BestWithAllWords({.keep = keep, .count = false}).best,
                        BestOf(with_all, keep, nullptr));
    }
    EXPECT_GT(tried, 150);
  }
}

TEST_F(WordListMatchTest, EndsAtTheDeadlineWithTheBestSoFar) {
  Dice dice(7);
  const SmallIndex index;
  index.Put(RandomDocuments(300, dice));
  auto reader = index::IndexReader::Open(index.root());
  ASSERT_TRUE(reader);
  const auto compiled = Compile(reader->database(), "palbio palcio paldio", query::Needed::kEnough);
  ASSERT_TRUE(WordListMatch::Suits(compiled));
  const auto match = [&] { return WordListMatch(reader->database(), *compiled.list, kRanking.shape); };
  const auto past = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  EXPECT_FALSE(match().Best({.keep = 10, .count = true, .deadline = past}).complete);
  EXPECT_TRUE(match().Best({.keep = 10, .count = true}).complete);
  std::vector<Candidate> all;
  EXPECT_FALSE(match().All(nullptr, past, all));
}

TEST_F(WordListMatchTest, LeavesWhatIsNoListOfWordsToXapian) {
  Dice dice(8);
  const SmallIndex index;
  index.Put(RandomDocuments(20, dice));
  auto reader = index::IndexReader::Open(index.root());
  ASSERT_TRUE(reader);
  const auto suits = [&](const std::string& text) {
    return WordListMatch::Suits(Compile(reader->database(), text, query::Needed::kEnough));
  };
  EXPECT_TRUE(suits("palbio palcio"));
  EXPECT_TRUE(suits("+palbio -palcio title:paldio"));
  EXPECT_FALSE(suits("\"palbio palcio\""));
  EXPECT_FALSE(suits("palbio (palcio OR paldio)"));
  EXPECT_FALSE(suits("palbio NEAR palcio"));
  EXPECT_FALSE(suits(""));
}

}  // namespace
}  // namespace quipu::search
