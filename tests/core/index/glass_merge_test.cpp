// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_merge.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/index/posting_run.h"
#include "tests/core/index/random_entries.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

class GlassMerge : public ::testing::Test {
 protected:
  void AddRun(int documents) {
    PostingRun run;
    for (int i = 0; i < documents; ++i) {
      OwnedEntry document = random_.Document();
      run.Add(document.Entry());
    }
    run.SetMetadata("run " + std::to_string(parts_.size()), random_.Text(3000));
    run.Write(NextPart());
  }
  Xapian::WritableDatabase AddDatabase(int documents) {
    Xapian::WritableDatabase database(NextPart().string(), Xapian::DB_CREATE);
    for (int i = 0; i < documents; ++i) {
      OwnedEntry document = random_.Document();
      database.add_document(ToXapian(document.Entry()));
    }
    return database;
  }
  void ExpectWhatXapianMakesOfThem() {
    MergeDatabases(parts_, dir_ / "ours");
    Xapian::Database all;
    for (const fs::path& part : parts_) all.add_database(Xapian::Database(part.string()));
    all.compact((dir_ / "theirs").string(), 0);
    EXPECT_EQ(Xapian::Database::check((dir_ / "ours").string(), 0, nullptr), 0U);
    ExpectTheSame(Xapian::Database((dir_ / "ours").string()), Xapian::Database((dir_ / "theirs").string()));
  }
  fs::path NextPart() { return parts_.emplace_back(dir_ / ("part-" + std::to_string(parts_.size()))); }

  testing::TempDir dir_;
  RandomEntries random_;
  std::vector<fs::path> parts_;
};

TEST_F(GlassMerge, OfManyParts) {
  for (const int documents : {300, 1, 700, 20, 150}) AddRun(documents);
  ExpectWhatXapianMakesOfThem();
}

TEST_F(GlassMerge, OfWhatXapianWroteAndChanged) {
  AddRun(100);
  {
    Xapian::WritableDatabase changed = AddDatabase(400);
    // The first and the last go, and so do some between; blocks are left free.
    for (Xapian::docid docid = 1; docid < 150; ++docid) changed.delete_document(docid);
    for (Xapian::docid docid = 350; docid <= 400; ++docid) changed.delete_document(docid);
    changed.commit();
    for (Xapian::docid docid = 160; docid < 300; docid += 7) changed.delete_document(docid);
    changed.set_metadata("long", random_.Text(50000));
    changed.commit();
  }
  { Xapian::WritableDatabase(parts_.front().string(), Xapian::DB_OPEN).delete_document(3); }
  { AddDatabase(0).set_metadata("no documents", "here"); }
  AddRun(50);
  ExpectWhatXapianMakesOfThem();
}

TEST_F(GlassMerge, OfNothing) {
  AddDatabase(0);
  AddDatabase(0).set_metadata("but", "this");
  ExpectWhatXapianMakesOfThem();
}

TEST_F(GlassMerge, OfBlocksOfAnotherSize) {
  {
    Xapian::WritableDatabase large(NextPart().string(), Xapian::DB_CREATE, 32768);
    for (int i = 0; i < 200; ++i) {
      OwnedEntry document = random_.Document();
      large.add_document(ToXapian(document.Entry()));
    }
  }
  AddRun(50);
  ExpectWhatXapianMakesOfThem();
}

TEST_F(GlassMerge, WhatIsNotKnownHereIsLeftToXapian) {
  AddRun(50);
  AddDatabase(20).add_spelling("tea");
  ExpectWhatXapianMakesOfThem();
  EXPECT_EQ(Xapian::Database((dir_ / "ours").string()).get_spelling_suggestion("teq"), "tea");
}

TEST_F(GlassMerge, ADamagedTableIsAnError) {
  AddRun(300);
  {
    std::fstream table(parts_.front() / "postlist.glass", std::ios::in | std::ios::out | std::ios::binary);
    table.seekp(0);
    table << std::string(30000, 'x');
  }
  EXPECT_THROW(MergeDatabases(parts_, dir_ / "ours"), Xapian::DatabaseCorruptError);
}

}  // namespace
}  // namespace quipu::index
