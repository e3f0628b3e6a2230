// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "core/index/index_directory.h"
#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

schema::Document Text(const std::string& id, const std::string& body = "tea and bread") {
  schema::Document document;
  document.id = id;
  document.title = "Title of " + id;
  document.body = body;
  document.language = "en";
  return document;
}

ManifestEntry Entry(const std::string& id, std::int64_t mtime = 1) {
  ManifestEntry entry;
  entry.id = id;
  entry.source = "folder:a";
  entry.state = "indexed";
  entry.stamp.mtime_ns = mtime;
  return entry;
}

class IndexJobTest : public ::testing::Test {
 protected:
  std::unique_ptr<IndexJob> Begin(const JobOptions& options = {}) {
    auto job = IndexJob::Begin(root_, options);
    EXPECT_TRUE(job.ok()) << (job.ok() ? "" : job.error().message);
    return job.ok() ? std::move(*job) : nullptr;
  }
  Code BeginError(const JobOptions& options = {}) {
    auto job = IndexJob::Begin(root_, options);
    EXPECT_FALSE(job.ok());
    return job.ok() ? Code::kInternal : job.error().code;
  }
  static void Put(IndexJob& job, const std::string& id, const std::string& body = "tea and bread") {
    job.Put(Text(id, body), Entry(id));
  }
  JobCounts Index(const std::vector<std::string>& ids, const JobOptions& options = {}) {
    auto job = Begin(options);
    for (const auto& id : ids) Put(*job, id);
    return job->Publish();
  }
  /// Big enough to be a new generation.
  void ExpectMany(IndexJob& job) { job.Expect(1'000'000); }

  IndexReader Reader() {
    auto reader = IndexReader::Open(root_);
    if (!reader) throw std::runtime_error(reader.error().message);
    return std::move(*reader);
  }
  std::vector<std::string> Ids() {
    std::vector<std::string> ids;
    for (const auto& entry : Reader().Manifest()) ids.push_back(entry.id);
    return ids;
  }
  std::string Body(const std::string& id) {
    auto reader = Reader();
    return ReadText(reader.database(), reader.TextNumber(reader.FindDocument(id)));
  }

  quipu::testing::TempDir dir_;
  std::filesystem::path root_ = dir_ / "index";
};

TEST_F(IndexJobTest, AFirstJobMakesAnIndexThatCanBeRead) {
  const JobCounts counts = Index({"a", "b"}, {.title = "Tea", .languages = {"en", "es"}});
  EXPECT_EQ(counts.added, 2U);
  EXPECT_EQ(counts.documents, 2U);
  auto reader = Reader();
  const IndexFacts facts = reader.Facts();
  EXPECT_EQ(facts.title, "Tea");
  EXPECT_THAT(facts.languages, ElementsAre("en", "es"));
  EXPECT_EQ(facts.documents, 2U);
  EXPECT_EQ(facts.generation, counts.generation);
  EXPECT_FALSE(facts.created_at.empty());
  EXPECT_EQ(reader.StoredDocument(reader.FindDocument("b")).title, "Title of b");
  EXPECT_EQ(Body("a"), "tea and bread");
}

TEST_F(IndexJobTest, AJobWithoutDocumentsMakesAnEmptyIndex) {
  EXPECT_EQ(Index({}).documents, 0U);
  EXPECT_EQ(Reader().Facts().documents, 0U);
}

TEST_F(IndexJobTest, LanguagesThatAreNotConfiguredAreThoseOfTheDocuments) {
  auto job = Begin();
  for (const char* id : {"a", "b", "c"}) {
    auto document = Text(id);
    document.language = std::string(id) == "b" ? "en" : "es";
    job->Put(document, Entry(id));
  }
  job->Publish();
  EXPECT_THAT(Reader().Facts().languages, ElementsAre("es", "en"));
  EXPECT_EQ(Reader().Facts().language_counts.at("es"), 2U);
}

TEST_F(IndexJobTest, AFewChangesStayInTheSameGeneration) {
  const auto first = Index({"a", "b"});
  const auto revision = Reader().Facts().revision;
  auto job = Begin();
  job->Expect(2);
  Put(*job, "a", "changed");
  job->Delete("b");
  const auto second = job->Publish();
  EXPECT_EQ(second.generation, first.generation);
  EXPECT_EQ(second.replaced, 1U);
  EXPECT_EQ(second.deleted, 1U);
  EXPECT_EQ(second.documents, 1U);
  EXPECT_GT(Reader().Facts().revision, revision);
  EXPECT_EQ(Body("a"), "changed");
  EXPECT_THAT(Ids(), ElementsAre("a"));
}

TEST_F(IndexJobTest, ManyChangesMakeANewGenerationThatKeepsTheRest) {
  const auto first = Index({"a", "b", "c"});
  auto job = Begin();
  ExpectMany(*job);
  Put(*job, "a", "changed");
  Put(*job, "d");
  job->Delete("b");
  const auto second = job->Publish();
  EXPECT_GT(second.generation, first.generation);
  EXPECT_EQ(second.added, 1U);
  EXPECT_EQ(second.replaced, 1U);
  EXPECT_EQ(second.deleted, 1U);
  EXPECT_EQ(second.documents, 3U);
  EXPECT_THAT(Ids(), UnorderedElementsAre("a", "c", "d"));
  EXPECT_EQ(Body("a"), "changed");
  EXPECT_EQ(Body("c"), "tea and bread");
  EXPECT_FALSE(std::filesystem::exists(root_ / "building"));
}

TEST_F(IndexJobTest, ARebuildStartsFromNothing) {
  Index({"a", "b"});
  auto job = Begin({.rebuild = true});
  EXPECT_THAT(job->Manifest(), IsEmpty());
  Put(*job, "c");
  EXPECT_EQ(job->Publish().documents, 1U);
  EXPECT_THAT(Ids(), ElementsAre("c"));
}

TEST_F(IndexJobTest, WhenTheIndexWasCreatedSurvivesARebuild) {
  Index({"a"});
  const auto created = Reader().Facts().created_at;
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  Index({"a"}, {.rebuild = true});
  EXPECT_EQ(Reader().Facts().created_at, created);
  EXPECT_NE(Reader().Facts().updated_at, created);
}

TEST_F(IndexJobTest, AnUnpublishedJobChangesNothing) {
  Index({"a"});
  for (const bool many : {false, true}) {
    auto job = Begin();
    if (many) ExpectMany(*job);
    job->Delete("a");
    Put(*job, "b");
    job.reset();
    EXPECT_THAT(Ids(), ElementsAre("a"));
  }
}

TEST_F(IndexJobTest, AJobWithoutChangesCommitsNothing) {
  const auto first = Index({"a"});
  const auto revision = Reader().Facts().revision;
  auto job = Begin();
  job->Expect(0);
  EXPECT_EQ(job->Publish().generation, first.generation);
  EXPECT_EQ(Reader().Facts().revision, revision);
}

TEST_F(IndexJobTest, AChangedTitleIsPublishedWithoutAnyDocument) {
  Index({"a"}, {.title = "Old"});
  Begin({.title = "New"})->Publish();
  EXPECT_EQ(Reader().Facts().title, "New");
}

TEST_F(IndexJobTest, ASecondJobIsToldThatTheIndexIsLocked) {
  auto job = Begin();
  EXPECT_EQ(BeginError(), Code::kIndexLocked);
  job.reset();
  EXPECT_NE(Begin(), nullptr);
}

TEST_F(IndexJobTest, FilesWithoutDocumentsAreRememberedInEveryKindOfJob) {
  auto failed = Entry("broken.pdf");
  failed.state = "failed";
  failed.reason = "damaged";
  auto job = Begin();
  Put(*job, "a");
  job->Record(failed);
  job->Publish();
  EXPECT_THAT(Reader().Manifest(), UnorderedElementsAre(Entry("a"), failed));

  job.reset();

  job = Begin();
  ExpectMany(*job);
  failed.stamp.size = 7;
  job->Touch(failed);
  job->Touch(Entry("a", 5));
  job->Publish();
  EXPECT_THAT(Reader().Manifest(), UnorderedElementsAre(Entry("a", 5), failed));

  job.reset();

  job = Begin();
  ExpectMany(*job);
  job->Record(Entry("a"));
  Put(*job, "broken.pdf");
  const auto counts = job->Publish();
  EXPECT_EQ(counts.deleted, 1U);
  EXPECT_EQ(counts.documents, 1U);
  EXPECT_EQ(Body("broken.pdf"), "tea and bread");
}

TEST_F(IndexJobTest, TheSameIdTwiceIsOneDocumentAndTheLaterWins) {
  auto job = Begin();
  for (int i = 0; i < 50; ++i) Put(*job, "same", "version " + std::to_string(i));
  const auto counts = job->Publish();
  EXPECT_EQ(counts.documents, 1U);
  EXPECT_EQ(counts.added, 1U);
  EXPECT_EQ(counts.replaced, 49U);
  EXPECT_EQ(Body("same"), "version 49");
}

TEST_F(IndexJobTest, TouchRenewsStampsInPlace) {
  Index({"a", "b"});
  auto job = Begin();
  job->Touch(Entry("b", 9));
  job->Touch(Entry("unknown"));
  job->Publish();
  EXPECT_THAT(Reader().Manifest(), UnorderedElementsAre(Entry("a"), Entry("b", 9)));
}

TEST_F(IndexJobTest, AReaderKeepsItsGenerationWhileANewOneIsPublished) {
  Index({"a"});
  auto reader = Reader();
  Index({"b"}, {.rebuild = true});
  EXPECT_NE(reader.FindDocument("a"), 0U);
  EXPECT_EQ(ReadText(reader.database(), reader.TextNumber(reader.FindDocument("a"))), "tea and bread");
  EXPECT_THAT(Ids(), ElementsAre("b"));
}

TEST_F(IndexJobTest, AReaderFollowsChangesInPlace) {
  Index({"a"});
  auto reader = Reader();
  EXPECT_FALSE(reader.Reopen());
  Index({"b"});
  EXPECT_TRUE(reader.Reopen());
  EXPECT_NE(reader.FindDocument("b"), 0U);
}

TEST_F(IndexJobTest, OnlyTheCurrentGenerationIsKept) {
  for (int i = 0; i < 3; ++i) Index({"a"}, {.rebuild = true});
  int generations = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root_)) {
    generations += entry.path().filename().string().starts_with("gen-") ? 1 : 0;
  }
  EXPECT_EQ(generations, 1);
}

TEST_F(IndexJobTest, ASuspendedJobIsResumed) {
  Index({"old", "replaced"});
  auto job = Begin({.fingerprint = "f"});
  ExpectMany(*job);
  for (int i = 0; i < 100; ++i) Put(*job, "new" + std::to_string(i));
  Put(*job, "replaced", "changed");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  job->Suspend();
  job.reset();
  EXPECT_EQ(Reader().Facts().documents, 2U);

  job.reset();

  job = Begin({.fingerprint = "f"});
  EXPECT_TRUE(job->Resumed());
  const auto manifest = job->Manifest();
  EXPECT_GT(manifest.size(), 2U) << "something was kept";
  EXPECT_LE(manifest.size(), 102U) << "nothing is there twice";
  EXPECT_EQ(job->Publish().documents, manifest.size());
}

TEST_F(IndexJobTest, UnfinishedShardsOfAnotherConfigurationAreThrownAway) {
  for (const bool published : {false, true}) {
    if (published) Index({"old"});
    auto job = Begin({.fingerprint = "f"});
    ExpectMany(*job);
    Put(*job, "new");
    job->Suspend();
    job.reset();
    job = Begin({.fingerprint = "g"});
    EXPECT_FALSE(job->Resumed());
    EXPECT_EQ(job->Manifest().size(), published ? 1U : 0U);
  }
}

TEST_F(IndexJobTest, ASmallChangeLeavesAnUnfinishedGenerationOutOfIt) {
  Index({"old"});
  auto job = Begin();
  ExpectMany(*job);
  Put(*job, "half-done");
  job->Suspend();
  job.reset();
  Index({"added"}, {.small_change = true});
  EXPECT_THAT(Ids(), UnorderedElementsAre("old", "added"));
  // The unfinished one knows nothing of the added document, so it cannot go on.
  job = Begin();
  EXPECT_FALSE(job->Resumed());
}

TEST_F(IndexJobTest, DiscardLeavesNothingToResume) {
  Index({"old"});
  auto job = Begin();
  ExpectMany(*job);
  Put(*job, "refused");
  job->Discard();
  job.reset();
  job = Begin();
  EXPECT_FALSE(job->Resumed());
  EXPECT_THAT(Ids(), ElementsAre("old"));
}

TEST_F(IndexJobTest, BuildingWithoutStateIsThrownAway) {
  std::filesystem::create_directories(root_ / "building" / "shard-0");
  std::ofstream(root_ / "building" / "shard-0" / "iamglass") << "nonsense";
  EXPECT_EQ(Index({"a"}).documents, 1U);
}

TEST_F(IndexJobTest, AnIndexOfAnotherFormatIsRefusedUntilARebuild) {
  Index({"a"});
  {
    Xapian::WritableDatabase database(IndexDirectory(root_).GenerationPath(1).string(), Xapian::DB_OPEN);
    database.set_metadata("format", "99");
    database.commit();
  }
  EXPECT_EQ(BeginError(), Code::kIndexVersion);
  auto reader = IndexReader::Open(root_);
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kIndexVersion);
  EXPECT_THAT(reader.error().message, HasSubstr("quipu-indexer run --rebuild"));
  EXPECT_EQ(Index({"b"}, {.rebuild = true}).documents, 1U);
}

TEST_F(IndexJobTest, AMalformedCurrentIsToldAndMendedByARebuild) {
  Index({"a"});
  std::ofstream(root_ / "CURRENT") << "gen-x\n";
  EXPECT_EQ(BeginError(), Code::kIndexUnavailable);
  auto reader = IndexReader::Open(root_);
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kIndexUnavailable);
  EXPECT_EQ(Index({"b"}, {.rebuild = true}).documents, 1U);
  EXPECT_THAT(Ids(), ElementsAre("b"));
}

TEST_F(IndexJobTest, AMissingGenerationIsToldAndMendedByARebuild) {
  Index({"a"});
  std::filesystem::remove_all(IndexDirectory(root_).GenerationPath(1));
  EXPECT_EQ(BeginError(), Code::kIndexUnavailable);
  EXPECT_EQ(Index({"b"}, {.rebuild = true}).documents, 1U);
}

TEST_F(IndexJobTest, AnIndexThatWasNeverPublishedSaysSo) {
  auto reader = IndexReader::Open(root_);
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kIndexUnavailable);
  EXPECT_THAT(reader.error().message, HasSubstr("quipu-indexer run"));
}

TEST_F(IndexJobTest, AFolderThatCannotBeMadeIsAnError) {
  std::ofstream(dir_ / "file") << "x";
  root_ = dir_ / "file" / "index";
  EXPECT_EQ(BeginError(), Code::kIo);
}

TEST_F(IndexJobTest, ManyThreadsMayPutAtOnce) {
  auto job = Begin();
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&job, t] {
        for (int i = 0; i < 100; ++i)
          Put(*job, std::to_string(t) + "-" + std::to_string(i), "tea " + std::to_string(i));
      });
    }
  }
  EXPECT_EQ(job->Publish().documents, 400U);
  EXPECT_EQ(Body("3-99"), "tea 99");
}

TEST_F(IndexJobTest, MoreThanMemoryShouldHoldBecomesANewGeneration) {
  const auto first = Index({"a"});
  auto job = Begin();
  job->Expect(3);
  const std::string large(9U << 20, 'x');
  for (const char* id : {"x", "y", "z"}) Put(*job, id, large);
  const auto second = job->Publish();
  EXPECT_GT(second.generation, first.generation);
  EXPECT_EQ(second.documents, 4U);
}

TEST_F(IndexJobTest, UserFieldsKeepTheirSlotsAndDeclaredTypesWin) {
  auto job = Begin();
  auto document = Text("a");
  document.fields["year"] = std::string("2023");
  document.fields["place"] = std::string("Lima");
  job->Put(document, Entry("a"));
  job->Publish();
  const auto before = Reader().UserFields();
  EXPECT_EQ(before.at("year").type, schema::ValueType::kString);

  job.reset();

  job = Begin({.field_types = {{"year", schema::ValueType::kNumber}}});
  document.id = "b";
  document.fields["another"] = 1.0;
  job->Put(document, Entry("b"));
  job->Publish();
  const auto after = Reader().UserFields();
  EXPECT_EQ(after.at("year").slot, before.at("year").slot);
  EXPECT_EQ(after.at("place").slot, before.at("place").slot);
  EXPECT_EQ(after.at("year").type, schema::ValueType::kNumber);
  EXPECT_TRUE(after.at("year").declared);
  auto reader = Reader();
  EXPECT_EQ(reader.FieldCounts().at("place"), 2U);
  EXPECT_EQ(reader.FieldCounts().at("another"), 1U);
  const auto slot = static_cast<Xapian::valueno>(after.at("year").slot);
  const auto value = reader.database().get_document(reader.FindDocument("b")).get_value(slot);
  EXPECT_THAT(schema::DecodeSlot(value).numbers, ElementsAre(2023));
}

}  // namespace
}  // namespace quipu::index
