// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/search_index.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

TEST(SearchIndex, AnIndexThatIsNotThereYetSaysSoAndAppearsLater) {
  const SmallIndex files;
  SearchIndex index({}, files.root());
  ASSERT_TRUE(index.Unavailable());
  EXPECT_EQ(index.Unavailable()->code, Code::kIndexUnavailable);
  EXPECT_FALSE(index.Search({}));
  EXPECT_FALSE(index.Facts());
  files.Put({Text("a", "A", "tea")}, true);
  EXPECT_TRUE(index.Refresh());
  EXPECT_FALSE(index.Unavailable());
  EXPECT_EQ(Ids(Ask(index, "tea")), "a");
}

TEST(SearchIndex, NobodyWaitsForTheWordsOfAnIndexThatCannotBeOpened) {
  const SmallIndex files;
  const SearchIndex index({}, files.root());
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(index.AwaitWords(std::chrono::seconds(60)));
  EXPECT_FALSE(index.AwaitSuggestions(std::chrono::seconds(60)));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
}

TEST(SearchIndex, CommitsAndGenerationsAreTakenUp) {
  const SmallIndex files;
  files.Put({Text("a", "A", "tea")}, true);
  SearchIndex index({}, files.root());
  EXPECT_FALSE(index.Refresh());
  files.Put({Text("b", "B", "tea")});
  EXPECT_TRUE(index.Refresh());
  EXPECT_EQ(Ask(index, "tea").total, 2U);
  files.Put({Text("c", "C", "tea")}, true);
  EXPECT_TRUE(index.Refresh());
  EXPECT_EQ(Ids(Ask(index, "tea")), "c");
  EXPECT_EQ(index.Facts()->documents, 1U);
  EXPECT_GT(index.SizeBytes(), 0U);
}

TEST(SearchIndex, WhatIsOpenIsServedEvenIfItsFolderIsRemoved) {
  const SmallIndex files;
  files.Put({Text("a", "A", "tea")}, true);
  SearchIndex index({}, files.root());
  ASSERT_EQ(Ask(index, "tea").total, 1U);
  std::filesystem::remove_all(files.root());
  index.Refresh();
  EXPECT_FALSE(index.Unavailable());
  EXPECT_EQ(Ids(Ask(index, "tea")), "a");
}

TEST(SearchIndex, AnotherIndexInTheFolderIsNoCommitOfThisOne) {
  const SmallIndex files;
  files.Put({Text("a", "A", "tea")}, true);
  SearchIndex index({}, files.root());
  index.Refresh();
  EXPECT_FALSE(index.WasReplaced());
  std::filesystem::remove_all(files.root());
  std::filesystem::create_directories(files.root());
  files.Put({Text("b", "B", "tea")}, true);
  EXPECT_FALSE(index.Refresh());
  EXPECT_TRUE(index.WasReplaced());
  EXPECT_EQ(Ids(Ask(index, "tea")), "a");
  EXPECT_EQ(Ids(Ask(SearchIndex({}, files.root()), "tea")), "b");
}

TEST(SearchIndex, GivesDocumentsById) {
  const SmallIndex files;
  files.Put({Text("a/b c.pdf", "A", "the body")}, true);
  const SearchIndex index({}, files.root());
  EXPECT_EQ(index.GetDocument("a/b c.pdf", true)->body, "the body");
  EXPECT_EQ(index.GetDocument("a/b c.pdf", false)->body, "");
  const auto missing = index.GetDocument("z", false);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kDocumentNotFound);
}

TEST(SearchIndex, CountsFields) {
  const SmallIndex files;
  schema::Document document = Text("a", "A", "x");
  document.fields["section"] = std::string("s");
  files.Put({document, Text("b", "B", "y")}, true);
  const SearchIndex index({}, files.root());
  const auto counts = index.FieldDistribution();
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->at("title"), 2U);
  EXPECT_EQ(counts->at("section"), 1U);
}

// What a search must never do: fail, or see half of a commit, because a writer is at work.
TEST(SearchIndex, NoSearchFailsWhileAWriterCommitsWithoutPause) {
  const SmallIndex files;
  files.Put({Text("a", "A", "tea")}, true);
  SearchIndex index({}, files.root());
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> failures = 0;
  std::atomic<std::uint64_t> searches = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      std::uint64_t last_total = 0;
      while (!done) {
        SearchRequest request;
        request.q = "tea";
        const auto result = index.Search(request);
        const bool found =
            result && result->total >= 1 && result->hits.size() == std::min<std::uint64_t>(result->total, 20);
        if (!found || index.Unavailable()) ++failures;
        if (result) last_total = std::max(last_total, result->total);
        ++searches;
      }
    });
  }
  threads.emplace_back([&] {
    while (!done) index.Refresh();
  });
  for (int i = 0; i < 40; ++i) {
    files.Put({Text("n" + std::to_string(i), "N", "tea number " + std::to_string(i))}, i == 20);
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures.load(), 0U);
  EXPECT_GT(searches.load(), 50U);
  index.Refresh();
  EXPECT_EQ(Ask(index, "tea").total, 20U);
}

}  // namespace
}  // namespace quipu::search
