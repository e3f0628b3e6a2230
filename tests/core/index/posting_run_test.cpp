// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/posting_run.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string_view>

#include "core/index/glass_merge.h"
#include "tests/core/index/random_entries.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

using namespace std::string_view_literals;

/// The same documents in a run and in a database that Xapian wrote.
class PostingRunTest : public ::testing::Test {
 protected:
  void Add(OwnedEntry document) {
    OwnedEntry& kept = documents_.emplace_back(std::move(document));
    run_.Add(kept.Entry());
  }

  void SetMetadata(const std::string& key, const std::string& value) {
    metadata_[key] = value;
    run_.SetMetadata(key, value);
  }

  void WriteBoth() {
    run_.Write(dir_ / "run");
    Xapian::WritableDatabase written((dir_ / "xapian").string(), Xapian::DB_CREATE);
    for (OwnedEntry& document : documents_) written.add_document(ToXapian(document.Entry()));
    for (const auto& [key, value] : metadata_) written.set_metadata(key, value);
    written.commit();
  }

  void ExpectTheSame() {
    EXPECT_EQ(Xapian::Database::check((dir_ / "run").string(), 0, nullptr), 0U);
    Xapian::Database ours((dir_ / "run").string());
    const Xapian::Database theirs((dir_ / "xapian").string());
    index::ExpectTheSame(ours, theirs);
    ours.compact((dir_ / "compacted").string(), 0);
    MergeDatabases({dir_ / "run"}, dir_ / "merged");
    for (const char* name : {"compacted", "merged"}) {
      EXPECT_EQ(Xapian::Database::check((dir_ / name).string(), 0, nullptr), 0U) << name;
      index::ExpectTheSame(Xapian::Database((dir_ / name).string()), theirs);
    }
  }

  quipu::testing::TempDir dir_;
  RandomEntries random_;
  PostingRun run_;
  std::deque<OwnedEntry> documents_;
  std::map<std::string, std::string> metadata_;
};

TEST_F(PostingRunTest, IsWhatXapianWouldHaveWritten) {
  for (int i = 0; i < 1500; ++i) Add(random_.Document());
  for (int i = 0; i < 2000; ++i) SetMetadata("t" + std::to_string(i), random_.Text(1 + random_.Random(3000)));
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, OneWordIsEnough) {
  OwnedEntry document;
  document.terms["word"] = {1, {1}};
  Add(document);
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, NothingInADocumentIsEnough) {
  Add({});
  Add({});
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, NumbersOfDocumentsMayNeedThreeBytes) {
  for (int i = 0; i < 33500; ++i) {
    OwnedEntry document;
    document.terms["all"] = {1, {2, 3}};
    document.terms["Q" + std::to_string(i)];
    Add(document);
  }
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, TagsMayBeLongerThanManyBlocks) {
  OwnedEntry document;
  document.terms["word"].count = 70000;
  for (std::uint32_t i = 0; i < 70000; ++i)
    document.terms["word"].positions.push_back(i * 3 + 1 + random_.Random(3));
  document.data = random_.Text(200000);
  Add(document);
  SetMetadata("long", random_.Text(100000));
  for (std::size_t size = 1980; size < 2060; ++size)
    SetMetadata("m" + std::to_string(size), random_.Text(size));
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, LongKeysMakeATreeOfManyLevels) {
  OwnedEntry document;
  for (int i = 0; i < 60000; ++i) document.terms[std::string(220, 'x') + std::to_string(i)] = {1, {1}};
  Add(document);
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, TermsMayHaveZeroBytes) {
  OwnedEntry document;
  for (const std::string_view text : {"a"sv, "a\0"sv, "a\0b"sv, "a\0\0"sv, "a\xFF"sv, "b"sv})
    document.terms[std::string(text)] = {2, {1, 2}};
  document.terms[std::string(100, '\0')] = {1, {7}};
  Add(document);
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, XapianGoesOnWithIt) {
  for (int i = 0; i < 300; ++i) Add(random_.Document());
  WriteBoth();
  Xapian::WritableDatabase ours((dir_ / "run").string(), Xapian::DB_OPEN);
  Xapian::WritableDatabase theirs((dir_ / "xapian").string(), Xapian::DB_OPEN);
  for (Xapian::docid docid = 1; docid < 300; docid += 3) {
    OwnedEntry document = random_.Document();
    for (Xapian::WritableDatabase* database : {&ours, &theirs}) {
      database->replace_document(docid, ToXapian(document.Entry()));
      database->delete_document(docid + 1);
      database->add_document(ToXapian(document.Entry()));
    }
  }
  ours.commit();
  theirs.commit();
  EXPECT_EQ(Xapian::Database::check((dir_ / "run").string(), 0, nullptr), 0U);
  EXPECT_EQ(ours.get_doccount(), theirs.get_doccount());
  for (auto term = theirs.allterms_begin(); term != theirs.allterms_end(); ++term)
    ExpectTheSamePostings(ours, theirs, *term);
}

TEST_F(PostingRunTest, IsEmptyAfterItWasWritten) {
  for (int i = 0; i < 50; ++i) Add(random_.Document());
  run_.Write(dir_ / "first");
  EXPECT_TRUE(run_.empty());
  EXPECT_LT(run_.bytes(), 1000U);
  documents_.clear();
  metadata_.clear();
  for (int i = 0; i < 50; ++i) Add(random_.Document());
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, SaysIfItCannotWrite) {
  Add(random_.Document());
  EXPECT_THROW(run_.Write(dir_ / "missing" / "run"), std::system_error);
}

}  // namespace
}  // namespace quipu::index
