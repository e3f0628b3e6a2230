// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/run_set.h"

#include <gtest/gtest.h>

#include <set>

#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

class RunSetTest : public ::testing::Test {
 protected:
  RunSetTest() { Open(); }
  void Open() {
    runs_.reset();  // of which each run is locked
    runs_ = std::make_unique<RunSet>(dir_ / "run-0", state_);
  }

  void Add(const std::string& id, const std::string& body = "some words") {
    schema::Document document;
    document.id = id;
    document.body = body;
    runs_->Add(document,
               {.id = id, .source = "", .container = "", .state = "indexed", .reason = "", .stamp = {}});
  }
  void AddRun(const std::string& id) {
    Add(id);
    runs_->Write();
  }

  std::multiset<std::string> Ids() {
    std::multiset<std::string> ids;
    for (const Xapian::Database& database : runs_->Databases())
      for (const ManifestEntry& entry : ReadManifest(database)) ids.insert(entry.id);
    return ids;
  }
  std::set<std::string> Folders() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(dir_.path()))
      names.insert(entry.path().filename().string());
    return names;
  }

  testing::TempDir dir_;
  SharedState state_;
  std::unique_ptr<RunSet> runs_;
};

TEST_F(RunSetTest, FindsADocumentInTheRunThatHasIt) {
  Add("first", "acusación");
  EXPECT_TRUE(runs_->MayBeInMemory("first"));
  EXPECT_EQ(runs_->Find("first"), nullptr);
  runs_->Write();
  Add("second");
  runs_->Write();
  EXPECT_FALSE(runs_->MayBeInMemory("first"));
  DocumentStore* store = runs_->Find("first");
  ASSERT_NE(store, nullptr);
  const auto document = store->database().get_document(store->Find("first"));
  EXPECT_EQ(ReadText(store->database(), IndexReader::TextNumber(document)), "acusación");
  EXPECT_NE(runs_->Find("second"), store);
  EXPECT_EQ(runs_->Find("third"), nullptr);
}

TEST_F(RunSetTest, WhatIsChangedInARunStaysThere) {
  Add("first");
  Add("second");
  runs_->Write();
  runs_->Find("first")->Delete("first");
  runs_->Find("second")->Record(
      {.id = "second", .source = "", .container = "", .state = "empty", .reason = "", .stamp = {}});
  EXPECT_EQ(runs_->Find("first"), nullptr);
  EXPECT_NE(runs_->Find("second"), nullptr) << "the memory of its file is there";
  runs_->Commit();
  Open();
  EXPECT_EQ(runs_->Find("first"), nullptr);
  EXPECT_NE(runs_->Find("second"), nullptr) << "it is there still";
  EXPECT_EQ(Ids(), std::multiset<std::string>{"second"});
}

TEST_F(RunSetTest, MemoryGrowsWithDocumentsAndIsGivenBack) {
  const std::size_t empty = runs_->bytes();
  Add("first", std::string(100000, 'x') + " words");
  EXPECT_GT(runs_->bytes(), empty);
  runs_->Write();
  EXPECT_EQ(runs_->bytes(), empty);
}

TEST_F(RunSetTest, ManyRunsBecomeFew) {
  std::multiset<std::string> ids;
  for (int i = 0; i < 300; ++i) {
    ids.insert(std::to_string(i));
    AddRun(std::to_string(i));
    ASSERT_LT(Folders().size(), 33U);
  }
  EXPECT_EQ(Folders().size(), 1U + 2 + 12) << "300 is 256 + 2 * 16 + 12";
  EXPECT_TRUE(Folders().contains("run-0-0-255"));
  EXPECT_EQ(Ids(), ids);
  ASSERT_NE(runs_->Find("17"), nullptr);
  Open();
  EXPECT_EQ(Ids(), ids);
  ASSERT_NE(runs_->Find("17"), nullptr);
  AddRun("one more");
  EXPECT_TRUE(Folders().contains("run-0-300-300"));
}

TEST_F(RunSetTest, WhatADeadProcessLeftIsCleared) {
  for (int i = 0; i < 3; ++i) AddRun(std::to_string(i));
  runs_.reset();
  // It had merged the first two and not yet removed them, and was writing another.
  Xapian::Database all((dir_ / "run-0-0-0").string());
  all.add_database(Xapian::Database((dir_ / "run-0-1-1").string()));
  all.compact((dir_ / "run-0-0-1").string(), 0);
  fs::create_directory(dir_ / "run-0-new");
  fs::create_directory(dir_ / "run-1-0-0");
  Open();
  EXPECT_EQ(Folders(), (std::set<std::string>{"run-0-0-1", "run-0-2-2", "run-1-0-0"}))
      << "run-1 is another's";
  EXPECT_EQ(Ids(), (std::multiset<std::string>{"0", "1", "2"}));
}

TEST_F(RunSetTest, TextNumbersAreNeverUsedTwice) {
  AddRun("first");
  AddRun("second");
  std::set<std::uint64_t> numbers;
  for (const Xapian::Database& database : runs_->Databases())
    numbers.insert(IndexReader::TextNumber(database.get_document(1)));
  EXPECT_EQ(numbers.size(), 2U);
}

}  // namespace
}  // namespace quipu::index
