// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/posting_run.h"

#include <gtest/gtest.h>
#include <xxhash.h>

#include <deque>
#include <map>
#include <random>

#include "core/index/glass_merge.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

/// A document that owns its terms.
struct OwnedEntry {
  struct Term {
    std::uint32_t count = 0;
    std::vector<std::uint32_t> positions;
  };
  std::map<std::string, Term> terms;
  std::map<Xapian::valueno, std::string> values;
  std::string data;
  std::vector<EntryTerm> views;

  DocumentEntry Entry() {
    views.clear();
    for (const auto& [text, term] : terms)
      views.push_back({text, XXH3_64bits(text.data(), text.size()), term.count, term.positions});
    DocumentEntry entry;
    entry.terms = views;
    entry.values.assign(values.begin(), values.end());
    entry.data = data;
    return entry;
  }
};

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
    ExpectTheSame(ours, theirs);
    ours.compact((dir_ / "compacted").string(), 0);
    MergeDatabases({dir_ / "run"}, dir_ / "merged");
    for (const char* name : {"compacted", "merged"}) {
      EXPECT_EQ(Xapian::Database::check((dir_ / name).string(), 0, nullptr), 0U) << name;
      ExpectTheSame(Xapian::Database((dir_ / name).string()), theirs);
    }
  }

  static void ExpectTheSame(const Xapian::Database& ours, const Xapian::Database& theirs) {
    EXPECT_EQ(ours.get_doccount(), theirs.get_doccount());
    EXPECT_EQ(ours.get_lastdocid(), theirs.get_lastdocid());
    EXPECT_EQ(ours.get_total_length(), theirs.get_total_length());
    EXPECT_EQ(ours.get_doclength_lower_bound(), theirs.get_doclength_lower_bound());
    EXPECT_EQ(ours.get_doclength_upper_bound(), theirs.get_doclength_upper_bound());
    EXPECT_EQ(ours.has_positions(), theirs.has_positions());
    EXPECT_TRUE(std::equal(ours.metadata_keys_begin(), ours.metadata_keys_end(), theirs.metadata_keys_begin(),
                           theirs.metadata_keys_end()));
    for (auto key = theirs.metadata_keys_begin(); key != theirs.metadata_keys_end(); ++key)
      EXPECT_EQ(ours.get_metadata(*key), theirs.get_metadata(*key));
    ASSERT_TRUE(std::equal(ours.allterms_begin(), ours.allterms_end(), theirs.allterms_begin(),
                           theirs.allterms_end()));
    for (auto term = theirs.allterms_begin(); term != theirs.allterms_end(); ++term)
      ExpectTheSamePostings(ours, theirs, *term);
    for (Xapian::docid docid = 1; docid <= theirs.get_lastdocid(); ++docid)
      ExpectTheSameDocument(ours, theirs, docid);
    for (Xapian::valueno slot = 0; slot < 600; ++slot) {
      EXPECT_EQ(ours.get_value_freq(slot), theirs.get_value_freq(slot));
      EXPECT_EQ(ours.get_value_lower_bound(slot), theirs.get_value_lower_bound(slot));
      EXPECT_EQ(ours.get_value_upper_bound(slot), theirs.get_value_upper_bound(slot));
      EXPECT_TRUE(std::equal(ours.valuestream_begin(slot), ours.valuestream_end(slot),
                             theirs.valuestream_begin(slot), theirs.valuestream_end(slot)));
    }
  }

  static void ExpectTheSamePostings(const Xapian::Database& ours, const Xapian::Database& theirs,
                                    const std::string& term) {
    EXPECT_EQ(ours.get_termfreq(term), theirs.get_termfreq(term));
    EXPECT_EQ(ours.get_collection_freq(term), theirs.get_collection_freq(term));
    auto our = ours.postlist_begin(term);
    for (auto their = theirs.postlist_begin(term); their != theirs.postlist_end(term); ++their, ++our) {
      ASSERT_NE(our, ours.postlist_end(term)) << term;
      ASSERT_EQ(*our, *their);
      EXPECT_EQ(our.get_wdf(), their.get_wdf());
      EXPECT_TRUE(std::equal(our.positionlist_begin(), our.positionlist_end(), their.positionlist_begin(),
                             their.positionlist_end()))
          << term << " in " << *their;
    }
    EXPECT_EQ(our, ours.postlist_end(term));
  }

  static void ExpectTheSameDocument(const Xapian::Database& ours, const Xapian::Database& theirs,
                                    Xapian::docid docid) {
    EXPECT_EQ(ours.get_doclength(docid), theirs.get_doclength(docid));
    EXPECT_EQ(ours.get_document(docid).get_data(), theirs.get_document(docid).get_data());
    EXPECT_EQ(ours.get_document(docid).values_count(), theirs.get_document(docid).values_count());
    auto our = ours.termlist_begin(docid);
    for (auto their = theirs.termlist_begin(docid); their != theirs.termlist_end(docid); ++their, ++our) {
      ASSERT_NE(our, ours.termlist_end(docid));
      ASSERT_EQ(*our, *their);
      EXPECT_EQ(our.get_wdf(), their.get_wdf());
    }
    EXPECT_EQ(our, ours.termlist_end(docid));
  }

  std::uint32_t Random(std::uint32_t below) { return std::uniform_int_distribution(0U, below - 1)(random_); }
  std::string RandomText(std::size_t size) {
    std::string text;
    while (text.size() < size) text += static_cast<char>(Random(256));
    return text;
  }
  OwnedEntry RandomDocument() {
    OwnedEntry document;
    std::uint32_t position = 1;
    for (std::uint32_t words = Random(400); words > 0; --words) {
      // Few words are frequent and many are not, as in a language.
      auto& word = document.terms["w" + std::to_string(Random(1U << Random(14)))];
      ++word.count;
      word.positions.push_back(position);
      position += Random(10) == 0 ? 1 + Random(1U << Random(20)) : 1;
    }
    document.terms["all"].count = Random(3) == 0 ? 1000 : Random(200);
    document.terms["Q" + std::to_string(documents_.size())];
    for (const Xapian::valueno slot : {0U, 3U, 100U, 300U, 512U})
      if (Random(3) > 0) document.values[slot] = RandomText(1 + Random(100));
    if (Random(4) > 0) document.data = RandomText(Random(60)) + std::string(Random(300), 'x');
    return document;
  }

  quipu::testing::TempDir dir_;
  std::mt19937 random_{20231124};
  PostingRun run_;
  std::deque<OwnedEntry> documents_;
  std::map<std::string, std::string> metadata_;
};

TEST_F(PostingRunTest, IsWhatXapianWouldHaveWritten) {
  for (int i = 0; i < 1500; ++i) Add(RandomDocument());
  for (int i = 0; i < 2000; ++i) SetMetadata("t" + std::to_string(i), RandomText(1 + Random(3000)));
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
  for (std::uint32_t i = 0; i < 70000; ++i) document.terms["word"].positions.push_back(i * 3 + 1 + Random(3));
  document.data = RandomText(200000);
  Add(document);
  SetMetadata("long", RandomText(100000));
  for (std::size_t size = 1980; size < 2060; ++size)
    SetMetadata("m" + std::to_string(size), RandomText(size));
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
  for (const char* text : {"a", "a\0", "a\0b", "a\0\0", "a\xFF", "b"})
    document.terms[std::string(text, text[1] == '\0' && text[0] == 'a' ? 3 : 1)] = {2, {1, 2}};
  document.terms[std::string(100, '\0')] = {1, {7}};
  Add(document);
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, XapianGoesOnWithIt) {
  for (int i = 0; i < 300; ++i) Add(RandomDocument());
  WriteBoth();
  Xapian::WritableDatabase ours((dir_ / "run").string(), Xapian::DB_OPEN);
  Xapian::WritableDatabase theirs((dir_ / "xapian").string(), Xapian::DB_OPEN);
  for (Xapian::docid docid = 1; docid < 300; docid += 3) {
    OwnedEntry document = RandomDocument();
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
  for (int i = 0; i < 50; ++i) Add(RandomDocument());
  run_.Write(dir_ / "first");
  EXPECT_TRUE(run_.empty());
  EXPECT_LT(run_.bytes(), 1000U);
  documents_.clear();
  metadata_.clear();
  for (int i = 0; i < 50; ++i) Add(RandomDocument());
  WriteBoth();
  ExpectTheSame();
}

TEST_F(PostingRunTest, SaysIfItCannotWrite) {
  Add(RandomDocument());
  EXPECT_THROW(run_.Write(dir_ / "missing" / "run"), std::system_error);
}

}  // namespace
}  // namespace quipu::index
