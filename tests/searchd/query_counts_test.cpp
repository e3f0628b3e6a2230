// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/metrics/query_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace quipu::searchd {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QueryCountsTest : public ::testing::Test {
 protected:
  /// `people` clients ask `q`, each once.
  void Ask(const std::string& q, int people, bool found = true, int first = 0) {
    for (int i = 0; i < people; ++i) counts_.Note("papers", q, Client(first + i), found, now_);
    Pass(seconds(20));
  }
  void Pass(std::chrono::seconds time) { now_ += time; }
  static std::string Client(int number) { return "192.0.2." + std::to_string(number); }

  std::vector<std::string> Top() { return Shown(counts_.Read(10, now_).top); }
  std::vector<std::string> WithoutHits() { return Shown(counts_.Read(10, now_).without_hits); }
  static std::vector<std::string> Shown(const std::vector<QueryCounts::Line>& lines) {
    std::vector<std::string> shown;
    for (const auto& line : lines) shown.push_back(line.query + " " + std::to_string(line.people));
    return shown;
  }

  QueryCounts::Instant now_ = QueryCounts::Clock::now();
  QueryCounts counts_;
};

TEST_F(QueryCountsTest, TellsWhatEnoughPeopleAskedTheMostFrequentFirst) {
  Ask("llamas", 5);
  Ask("alpacas", 7);
  Ask("my neighbour", 4);
  EXPECT_THAT(Top(), ElementsAre("alpacas 7", "llamas 5"));
}

TEST_F(QueryCountsTest, OnePersonIsOneHoweverOften) {
  for (int i = 0; i < 50; ++i) Ask("llamas", 1);
  EXPECT_THAT(Top(), IsEmpty());
}

TEST_F(QueryCountsTest, DaysOfTooFewPeopleDoNotAddUp) {
  for (int day = 0; day < 5; ++day) {
    Ask("llamas", 4);
    Pass(hours(24));
  }
  EXPECT_THAT(Top(), IsEmpty());
  Ask("llamas", 6);
  Pass(hours(24));
  Ask("llamas", 3);
  EXPECT_THAT(Top(), ElementsAre("llamas 6"));
}

TEST_F(QueryCountsTest, TypingLetterByLetterIsOneQuery) {
  for (int person = 0; person < 5; ++person) {
    for (const char* typed : {"l", "ll", "lla", "lal", "lala", "la", "l", "llamas"}) {
      counts_.Note("papers", typed, Client(person), true, now_);
      Pass(seconds(1));
    }
  }
  Pass(seconds(20));
  EXPECT_THAT(Top(), ElementsAre("lala 5", "lla 5", "llamas 5"));
}

TEST_F(QueryCountsTest, TellsWhatFoundNothing) {
  Ask("vicunas", 6, false);
  Ask("llamas", 5);
  EXPECT_THAT(WithoutHits(), ElementsAre("vicunas 6"));
}

TEST_F(QueryCountsTest, CapitalsAndBlanksMakeNoOtherQuery) {
  Ask("Human  Rights", 3);
  Ask(" human rights ", 3, true, 3);
  EXPECT_THAT(Top(), ElementsAre("human rights 6"));
}

TEST_F(QueryCountsTest, LongTextsAreNotCounted) {
  Ask(std::string(101, 'a'), 9);
  Ask("   ", 9);
  EXPECT_THAT(Top(), IsEmpty());
}

TEST_F(QueryCountsTest, AFloodOfQueriesTakesNoFurtherMemoryAndForgetsWhatOnePersonAsked) {
  QueryCounts::Limits limits;
  limits.queries = 50;
  QueryCounts counts(limits);
  for (int person = 0; person < 5; ++person) counts.Note("papers", "llamas", Client(person), true, now_);
  for (int i = 0; i < 1000; ++i) {
    now_ += seconds(11);
    counts.Note("papers", "noise " + std::to_string(i * 7919), Client(200), true, now_);
  }
  now_ += seconds(11);
  EXPECT_THAT(Shown(counts.Read(100, now_).top), ElementsAre("llamas 5"));
}

TEST_F(QueryCountsTest, ManyThreadsMayNote) {
  std::vector<std::thread> threads;
  for (int person = 0; person < 8; ++person) {
    threads.emplace_back([&, person] {
      for (int i = 0; i < 200; ++i) counts_.Note("papers", "llamas", Client(person), true, now_);
    });
  }
  for (std::thread& thread : threads) thread.join();
  Pass(seconds(20));
  EXPECT_THAT(Top(), ElementsAre("llamas 8"));
}

}  // namespace
}  // namespace quipu::searchd
