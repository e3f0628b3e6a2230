// SPDX-License-Identifier: GPL-2.0-or-later
// Documents by hand: `add`, `delete`, and what `status` and `check` say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <csignal>

#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;

TEST(Add, PutsDocumentsFromStandardInput) {
  const Archive archive;
  const ProgramResult result = archive.Indexer({"add", "archive", "-"},
                                               "{\"id\":\"one\",\"title\":\"One\",\"body\":\"first words\"}\n"
                                               "\n"
                                               "{\"id\":\"two\",\"body\":\"second words\"}\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("added 2, wrong 0; 2 documents"));
  EXPECT_EQ(archive.Body("one"), "first words");
}

TEST(Add, PutsDocumentsFromAFileAndReplacesThem) {
  const Archive archive;
  WriteFile(archive.root() / "x.jsonl", "{\"id\":\"one\",\"body\":\"old\"}\n");
  EXPECT_EQ(archive.Indexer({"add", "archive", "x.jsonl"}).exit_code, 0);
  WriteFile(archive.root() / "x.jsonl", "{\"id\":\"one\",\"body\":\"new\"}\n");
  EXPECT_EQ(archive.Indexer({"add", "archive", "x.jsonl"}).exit_code, 0);
  EXPECT_EQ(archive.Body("one"), "new");
  EXPECT_EQ(archive.Documents(), 1U);
}

TEST(Add, TellsBadLinesByNumberAndAddsTheRest) {
  const Archive archive;
  const ProgramResult result =
      archive.Indexer({"add", "archive", "-"}, "nonsense\n{\"id\":\"one\",\"body\":\"x\"}\n");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("line 1:"));
  EXPECT_TRUE(archive.Has("one"));
}

TEST(Add, FailsWhenNoLineIsRight) {
  const Archive archive;
  EXPECT_EQ(archive.Indexer({"add", "archive", "-"}, "nonsense\n{}\n").exit_code, 1);
}

TEST(Add, ReadsHtmlAsTheExtractorDoes) {
  const Archive archive;
  const ProgramResult result =
      archive.Indexer({"add", "archive", "-"},
                      R"({"id":"h","html":"<title>Tea in Lima</title><p>words <script>no()</script></p>"})"
                      "\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(archive.Stored("h").title, "Tea in Lima");
  EXPECT_EQ(archive.Body("h").find("no()"), std::string::npos);
}

TEST(Add, IsNotUndoneByARunNorByARebuild) {
  const Archive archive;
  archive.Write("a.txt", "from the folder");
  archive.Run();
  archive.Indexer({"add", "archive", "-"}, "{\"id\":\"by hand\",\"body\":\"by hand words\",\"year\":2021}\n");
  archive.Run();
  EXPECT_TRUE(archive.Has("by hand"));
  archive.Run({"--rebuild"});
  EXPECT_EQ(archive.Body("by hand"), "by hand words");
  EXPECT_TRUE(archive.Stored("by hand").fields.contains("year"));
  EXPECT_EQ(archive.Documents(), 2U);
}

TEST(Add, YieldsToAFileOfTheSameId) {
  const Archive archive;
  archive.Indexer({"add", "archive", "-"}, "{\"id\":\"a.txt\",\"body\":\"by hand\"}\n");
  archive.Write("a.txt", "from the folder");
  archive.Run();
  EXPECT_THAT(archive.Body("a.txt"), HasSubstr("from the folder"));
  EXPECT_EQ(archive.Documents(), 1U);
}

TEST(Delete, RemovesDocumentsAndNamesThoseThatThereAreNot) {
  const Archive archive;
  archive.Indexer({"add", "archive", "-"},
                  "{\"id\":\"one\",\"body\":\"x\"}\n{\"id\":\"two\",\"body\":\"y\"}\n");
  const ProgramResult result = archive.Indexer({"delete", "archive", "one", "three"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("deleted 1, 1 document left"));
  EXPECT_THAT(result.err, HasSubstr("`three`"));
  EXPECT_FALSE(archive.Has("one"));
  EXPECT_TRUE(archive.Has("two"));
}

TEST(Status, TellsDocumentsAndLastJob) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Write("broken.pdf", "%PDF-1.4 nonsense");
  archive.Run();
  const auto json = nlohmann::json::parse(archive.Indexer({"status", "--json"}).out);
  const auto& index = json["indexes"][0];
  EXPECT_EQ(index["uid"], "archive");
  EXPECT_EQ(index["documents"], 1);
  EXPECT_EQ(index["generation"], 1);
  EXPECT_GT(index["sizeBytes"], 0);
  EXPECT_EQ(index["lastJob"]["state"], "done");
  EXPECT_EQ(index["lastJob"]["counts"]["indexed"], 1);
  EXPECT_EQ(index["lastJob"]["problems"][0]["id"], "broken.pdf");
  EXPECT_EQ(index["languages"], nlohmann::json({"en"}));
  EXPECT_TRUE(index["runningJob"].is_null());
  const std::string text = archive.Indexer({"status"}).out;
  EXPECT_THAT(text, HasSubstr("archive: 1 document, generation 1"));
  EXPECT_THAT(text, HasSubstr("failed     broken.pdf: "));
}

TEST(Status, TellsOfTheJobThatIsRunning) {
  const Archive archive;
  archive.WriteMany(4000, 300);
  ProgramOptions options;
  options.folder = archive.root();
  RunningProgram program(Archive::Words({"run", "--quiet"}), options);
  const auto running = [&] {
    return nlohmann::json::parse(archive.Indexer({"status", "--json"}).out)["indexes"][0]["runningJob"];
  };
  nlohmann::json job;
  for (int i = 0; i < 500 && program.Running(); ++i) {
    job = running();
    if (job.is_object() && job.contains("stage") && job["stage"] == "reading") break;
  }
  program.Signal(SIGSTOP);  // however fast the machine, the job waits until it has been looked at
  job = running();
  ASSERT_TRUE(job.is_object()) << job;
  EXPECT_EQ(job["pid"], program.pid());
  EXPECT_EQ(job["stage"], "reading");
  EXPECT_EQ(job["total"], 4000);
  EXPECT_LE(job["done"], 4000);
  EXPECT_THAT(archive.Indexer({"status"}).out, HasSubstr("a job is running: reading"));
  program.Kill();
  program.Wait();
  EXPECT_TRUE(
      nlohmann::json::parse(archive.Indexer({"status", "--json"}).out)["indexes"][0]["runningJob"].is_null());
}

TEST(Status, DoesNotLockAJobOut) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  ProgramOptions options;
  options.folder = archive.root();
  for (int i = 0; i < 10; ++i) {
    const RunningProgram status(Archive::Words({"status"}), options);
    EXPECT_EQ(archive.Indexer({"run"}).exit_code, 0);
  }
}

TEST(Status, Is1ForAnIndexThatCannotBeOpened) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  WriteFile(archive.data() / "archive/CURRENT", "nonsense");
  WriteFile(archive.data() / "archive/last-job.json",
            "{\"state\": 3, \"problems\": [1, {\"id\": []}], \"counts\": 1}");
  EXPECT_EQ(archive.Indexer({"status"}).exit_code, 1);
  EXPECT_EQ(archive.Indexer({"status", "--json"}).exit_code, 1);
}

TEST(Status, TellsOfARefusedJob) {
  const Archive archive;
  archive.WriteMany(20);
  archive.Run();
  std::filesystem::remove_all(archive.files() / "many");
  archive.Indexer({"run"});
  const auto json = nlohmann::json::parse(archive.Indexer({"status", "--json"}).out);
  EXPECT_EQ(json["indexes"][0]["lastJob"]["state"], "refused");
  EXPECT_EQ(json["indexes"][0]["documents"], 20);
}

TEST(Status, TellsOfAnIndexThatWasNeverBuilt) {
  const Archive archive;
  const ProgramResult result = archive.Indexer({"status"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("no job has run yet"));
  EXPECT_FALSE(std::filesystem::exists(archive.data()));
}

TEST(Check, TellsConfigurationIndexesAndSandbox) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  EXPECT_THAT(archive.Indexer({"check"}).out, HasSubstr("not built yet"));
  archive.Run();
  const ProgramResult result = archive.Indexer({"check"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("index `archive`: sound; 1 document,"));
  EXPECT_THAT(result.out, HasSubstr("sandbox: seccomp"));
}

TEST(Check, Is2WhenASourceIsMissing) {
  const Archive archive;
  std::filesystem::remove(archive.files());
  const ProgramResult result = archive.Indexer({"check"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.out, ::testing::ContainsRegex("quipu.toml:[0-9]+:1: .*sources.0..path.*no such folder"));
}

TEST(Check, FindsAnIndexThatCannotBeOpened) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  WriteFile(archive.data() / "archive/CURRENT", "nonsense");
  EXPECT_EQ(archive.Indexer({"check"}).exit_code, 1);
}

}  // namespace
}  // namespace quipu::testing
