// SPDX-License-Identifier: GPL-2.0-or-later
// Groups of copies and translations as jobs keep them: in new generations and in place, through every change.
#include "core/index/group_update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/index/index_job.h"
#include "core/index/index_reader.h"
#include "core/schema/field.h"
#include "tests/core/index/sample_text.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

using quipu::testing::Edited;
using quipu::testing::Joined;
using quipu::testing::SampleWords;

/// Whether jobs make new generations or change the published one in place.
class Groups : public ::testing::TestWithParam<bool> {
 protected:
  Groups() {
    Do([](IndexJob&) {});
  }

  template <typename Work>
  void Do(const Work& work) {
    auto job = IndexJob::Begin(root_, {});
    ASSERT_TRUE(job.ok());
    (*job)->Expect(GetParam() ? 1'000'000 : 1);
    work(**job);
    (*job)->Publish();
  }
  static void Put(IndexJob& job, const std::string& id, const std::string& body) {
    schema::Document document;
    document.id = id;
    document.body = body;
    ManifestEntry entry;
    entry.id = id;
    entry.state = "indexed";
    job.Put(std::move(document), std::move(entry));
  }
  std::string Key(const std::string& id, int slot) const {
    auto reader = IndexReader::Open(root_);
    const auto docid = reader->FindDocument(id);
    return docid == 0 ? "missing"
                      : reader->database().get_document(docid).get_value(static_cast<Xapian::valueno>(slot));
  }
  std::string Copies(const std::string& id) const { return Key(id, schema::kDuplicateSlot); }
  std::string Translations(const std::string& id) const { return Key(id, schema::kTranslationSlot); }

  quipu::testing::TempDir dir_;
  std::filesystem::path root_ = dir_ / "index";
};

TEST_P(Groups, ACopyJoinsLeavesAndAGroupOfOneIsNone) {
  const auto words = SampleWords(1, 200);
  Do([&](IndexJob& job) {
    Put(job, "a", Joined(words));
    Put(job, "other", Joined(SampleWords(2, 200)));
  });
  EXPECT_EQ(Copies("a"), "");
  Do([&](IndexJob& job) { Put(job, "b", Joined(Edited(words, 150, 1))); });
  EXPECT_EQ(Copies("a").size(), 16U);
  EXPECT_EQ(Copies("a"), Copies("b"));
  EXPECT_EQ(Copies("other"), "");
  Do([&](IndexJob& job) { Put(job, "c", Joined(words)); });
  EXPECT_EQ(Copies("c"), Copies("b"));
  EXPECT_NE(Copies("c"), "");
  Do([&](IndexJob& job) { Put(job, "c", Joined(SampleWords(3, 200))); });
  EXPECT_EQ(Copies("c"), "");
  EXPECT_EQ(Copies("a"), Copies("b"));
  Do([&](IndexJob& job) { job.Delete("b"); });
  EXPECT_EQ(Copies("a"), "");
}

TEST_P(Groups, AnUnrelatedChangeKeepsThem) {
  const auto words = SampleWords(1, 200);
  Do([&](IndexJob& job) {
    Put(job, "a", Joined(words));
    Put(job, "b", Joined(words));
  });
  const std::string key = Copies("a");
  Do([&](IndexJob& job) { Put(job, "c", "short"); });
  Do([&](IndexJob& job) { Put(job, "a", Joined(words)); });
  EXPECT_EQ(Copies("a"), key);
  EXPECT_EQ(Copies("b"), key);
}

TEST_P(Groups, ShortTextsAreNeverCopies) {
  Do([&](IndexJob& job) {
    Put(job, "a", "Closed on Mondays.");
    Put(job, "b", "Closed on Mondays.");
  });
  EXPECT_EQ(Copies("a"), "");
}

TEST_P(Groups, TranslationsComeAndGo) {
  Do([&](IndexJob& job) { Put(job, "notes.en.html", "tea"); });
  EXPECT_EQ(Translations("notes.en.html"), "");
  Do([&](IndexJob& job) { Put(job, "notes.es.html", "mate"); });
  EXPECT_EQ(Translations("notes.en.html").size(), 8U);
  EXPECT_EQ(Translations("notes.en.html"), Translations("notes.es.html"));
  Do([&](IndexJob& job) { job.Delete("notes.en.html"); });
  EXPECT_EQ(Translations("notes.es.html"), "");
}

INSTANTIATE_TEST_SUITE_P(Jobs, Groups, ::testing::Values(false, true), [](const auto& generation) {
  return generation.param ? "NewGeneration" : "InPlace";
});

/// What a job makes it see, and what it answers.
TEST(PublishIf, ARefusedChangeInPlaceLeavesTheIndexAsItWas) {
  const quipu::testing::TempDir dir;
  const auto root = dir / "index";
  (*IndexJob::Begin(root, {}))->Publish();
  const auto before = IndexReader::Open(root)->revision();
  for (const std::uint64_t expected : {std::uint64_t{1}, std::uint64_t{1'000'000}}) {
    auto job = IndexJob::Begin(root, {});
    (*job)->Expect(expected);
    schema::Document document;
    document.id = "new";
    document.body = "tea";
    (*job)->Put(document, {.id = "new", .state = "indexed"});
    std::uint64_t seen = 0;
    const auto result = (*job)->PublishIf([&](IndexReader& reader) -> Status {
      seen = reader.Facts().documents;
      EXPECT_NE(reader.FindDocument("new"), 0U);
      return Error{Code::kGuardRefused, "no"};
    });
    EXPECT_EQ(seen, 1U);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().message, "no");
    EXPECT_EQ(IndexReader::Open(root)->Facts().documents, 0U);
    EXPECT_EQ(IndexReader::Open(root)->revision(), before);
    EXPECT_FALSE(std::filesystem::exists(root / "building"));
    EXPECT_FALSE(std::filesystem::exists(root / "gen-000002"));
  }
}

}  // namespace
}  // namespace quipu::index
