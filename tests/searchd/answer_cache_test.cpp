// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/answer_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "searchd/json/answer_key.h"

namespace quipu::searchd {
namespace {

std::shared_ptr<const RenderedAnswer> AnswerOf(const std::string& text) {
  return std::make_shared<const RenderedAnswer>(RenderedAnswer{.head = text, .tail = ""});
}

TEST(AnswerCache, GivesBackWhatItKeepsAndCounts) {
  AnswerCache cache(1 << 20);
  EXPECT_EQ(cache.Find("a"), nullptr);
  cache.Keep("a", AnswerOf("one"));
  ASSERT_NE(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.Find("a")->head, "one");
  EXPECT_EQ(cache.counts().hits, 2U);
  EXPECT_EQ(cache.counts().misses, 1U);
  EXPECT_GT(cache.counts().bytes, 0U);
}

TEST(AnswerCache, ForgetsTheLongestUnusedAndStaysInItsBounds) {
  constexpr std::size_t kBytes = 100'000;
  AnswerCache cache(kBytes);
  const std::string text(2000, 'x');
  for (int i = 0; i < 200; ++i) {
    cache.Keep(std::to_string(i), AnswerOf(text));
    cache.Find("0");
    EXPECT_LE(cache.counts().bytes, kBytes);
  }
  EXPECT_NE(cache.Find("0"), nullptr);
  EXPECT_EQ(cache.Find("1"), nullptr);
  EXPECT_NE(cache.Find("199"), nullptr);
}

TEST(AnswerCache, KeepsNothingTooLargeAndNothingAtAllWithoutRoom) {
  AnswerCache cache(100'000);
  cache.Keep("large", AnswerOf(std::string(50'000, 'x')));
  EXPECT_EQ(cache.Find("large"), nullptr);
  AnswerCache none(0);
  EXPECT_FALSE(none.keeps());
  none.Keep("a", AnswerOf("one"));
  EXPECT_EQ(none.Find("a"), nullptr);
}

TEST(AnswerCache, MayBeUsedByManyThreads) {
  AnswerCache cache(40'000);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 2000; ++i) {
        const std::string key = std::to_string((i * (thread + 1)) % 97);
        if (const auto answer = cache.Find(key); answer == nullptr) {
          cache.Keep(key, AnswerOf(key + std::string(500, 'x')));
        } else if (!answer->head.starts_with(key + 'x')) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_LE(cache.counts().bytes, 40'000U);
}

std::string KeyOf(const SearchParameterSet& search, std::uint64_t revision = 1, std::string_view uid = "a",
                  std::string_view aids = "") {
  index::IndexFacts facts;
  facts.revision = revision;
  return AnswerKey({uid, facts, aids}, search);
}

TEST(AnswerKey, DiffersWithEverythingThatAnAnswerDependsOn) {
  std::set<std::string> keys = {KeyOf({}), KeyOf({}, 2), KeyOf({}, 1, "b"), KeyOf({}, 1, "a", "rules")};
  std::size_t made = 4;
  const auto change = [&](auto&& make) {
    SearchParameterSet search;
    make(search);
    keys.insert(KeyOf(search));
    EXPECT_EQ(keys.size(), ++made);
  };
  change([](SearchParameterSet& s) { s.request.q = "a"; });
  change([](SearchParameterSet& s) { s.request.locales = {"a"}; });
  change([](SearchParameterSet& s) { s.request.sort = {"a"}; });
  change([](SearchParameterSet& s) { s.request.facets = {"a"}; });
  change([](SearchParameterSet& s) { s.request.facets = {"a", ""}; });
  change([](SearchParameterSet& s) { s.request.filter.field = "a"; });
  change([](SearchParameterSet& s) { s.request.filter.values = {{.text = "a", .place = {}}}; });
  change([](SearchParameterSet& s) { s.request.filter.children.emplace_back(); });
  change([](SearchParameterSet& s) { s.request.format.pre_tag = "<b>"; });
  change([](SearchParameterSet& s) { s.request.format.crop = {{"a", 3}}; });
  change([](SearchParameterSet& s) { s.request.facet_query = ""; });
  change([](SearchParameterSet& s) { s.request.score_threshold = 0.5; });
  change([](SearchParameterSet& s) { s.request.fold_duplicates = false; });
  change([](SearchParameterSet& s) { s.fields = FieldSelection({"id"}); });
  change([](SearchParameterSet& s) { s.show_ranking_score = true; });
  change([](SearchParameterSet& s) { s.numbered_pages = true; });
  EXPECT_EQ(KeyOf({}), KeyOf({}));
}

TEST(AnswerKey, WhatTellsTimesOrDependsOnTheClockIsNotKept) {
  EXPECT_TRUE(MayBeKept({}));
  SearchParameterSet timed;
  timed.show_performance_details = true;
  EXPECT_FALSE(MayBeKept(timed));
  SearchParameterSet relative;
  relative.request.filter.kind = query::FilterKind::kGreater;
  relative.request.filter.field = "date";
  relative.request.filter.values = {{.text = "now-1y", .place = {}}};
  EXPECT_FALSE(MayBeKept(relative));
  relative.request.now = 0;
  EXPECT_TRUE(MayBeKept(relative));
}

}  // namespace
}  // namespace quipu::searchd
