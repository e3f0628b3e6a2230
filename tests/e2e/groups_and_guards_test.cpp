// SPDX-License-Identifier: GPL-2.0-or-later
// Relevance checks before publishing, and the groups of copies and translations, as the program makes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/schema/field.h"
#include "tests/core/index/sample_text.h"
#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string Value(const Archive& archive, const std::string& id, int slot) {
  const auto reader = archive.Reader();
  return reader.database()
      .get_document(reader.FindDocument(id))
      .get_value(static_cast<Xapian::valueno>(slot));
}

/// How a job publishes: options of `run` that make it work in place or as a new generation.
class RelevanceGuard : public ::testing::TestWithParam<const char*> {
 protected:
  std::vector<std::string> RunWords() const {
    if (*GetParam() == '\0') return {"run"};
    return {"run", GetParam()};
  }
};

TEST_P(RelevanceGuard, RefusesAndTheIndexIsAsItWas) {
  const Archive archive("relevance_file = \"relevance.tsv\"");
  WriteFile(archive.root() / "relevance.tsv", "mate tea\tmate.txt\t1\n");
  archive.Write("mate.txt", "All about mate tea");
  archive.Write("other.txt", "Bread and butter");
  archive.Run();
  const auto before = archive.Reader().revision();
  archive.Write("mate.txt", "Nothing any more", 2);
  archive.Write("new.txt", "mate tea and mate tea", 2);
  for (int i = 0; i < 2; ++i) {
    const ProgramResult result = archive.Indexer(RunWords());
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, AllOf(HasSubstr("`mate tea`"), HasSubstr("`mate.txt`"), HasSubstr("first 1")));
    EXPECT_EQ(archive.Reader().revision(), before);
    EXPECT_EQ(archive.Reader().generation(), 1U);
    EXPECT_FALSE(archive.Has("new.txt"));
    EXPECT_THAT(archive.Body("mate.txt"), HasSubstr("All about"));
  }
  archive.Write("mate.txt", "mate tea is here again, mate tea for all", 3);
  std::filesystem::remove(archive.files() / "new.txt");
  EXPECT_EQ(archive.Indexer(RunWords()).exit_code, 0);
  EXPECT_THAT(archive.Body("mate.txt"), HasSubstr("again"));
}

INSTANTIATE_TEST_SUITE_P(Ways, RelevanceGuard, ::testing::Values("", "--rebuild"), [](const auto& way) {
  return *way.param == '\0' ? std::string("InPlace") : std::string("NewGeneration");
});

TEST(RelevanceGuards, HoldForAddAndDeleteToo) {
  const Archive archive("relevance_file = \"relevance.tsv\"");
  WriteFile(archive.root() / "relevance.tsv", "tea\tmate.txt\n");
  archive.Write("mate.txt", "All about mate tea");
  archive.Write("other.txt", "Bread and butter");
  archive.Run();
  EXPECT_EQ(archive.Indexer({"delete", "archive", "mate.txt"}).exit_code, 3);
  EXPECT_EQ(archive.Indexer({"add", "archive", "-"}, "{\"id\":\"mate.txt\",\"body\":\"x\"}\n").exit_code, 3);
  EXPECT_TRUE(archive.Has("mate.txt"));
  EXPECT_EQ(archive.Indexer({"delete", "archive", "other.txt"}).exit_code, 0);
}

TEST(RelevanceGuards, ThatCannotBeReadAreAFaultOfTheConfiguration) {
  const Archive archive("relevance_file = \"relevance.tsv\"");
  archive.Write("mate.txt", "All about mate tea");
  for (const char* command : {"run", "check"}) EXPECT_EQ(archive.Indexer({command}).exit_code, 2) << command;
  WriteFile(archive.root() / "relevance.tsv", "mate\n");
  for (const char* command : {"run", "check"}) {
    const ProgramResult result = archive.Indexer({command});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_THAT(result.out + result.err, HasSubstr("relevance.tsv:1:")) << command;
  }
}

TEST(Groups, OfCopiesFollowTheFiles) {
  const Archive archive;
  const auto words = SampleWords(1, 200);
  archive.Write("a.txt", Joined(words));
  archive.Write("b.txt", Joined(Edited(words, 150, 1)));
  archive.Write("c.txt", Joined(SampleWords(2, 200)));
  archive.Run();
  EXPECT_EQ(Value(archive, "a.txt", schema::kDuplicateSlot).size(), 16U);
  EXPECT_EQ(Value(archive, "a.txt", schema::kDuplicateSlot), Value(archive, "b.txt", schema::kDuplicateSlot));
  EXPECT_EQ(Value(archive, "c.txt", schema::kDuplicateSlot), "");
  std::filesystem::remove(archive.files() / "b.txt");
  archive.Run();
  EXPECT_EQ(Value(archive, "a.txt", schema::kDuplicateSlot), "");
}

TEST(Groups, OfTranslationsComeFromLinksNamesAndConfiguredFolders) {
  const Archive archive("translations = \"folders\"",
                        "[[indexes.archive.sources]]\ntype = \"jsonl\"\npath = \"items.jsonl\"");
  WriteFile(archive.root() / "items.jsonl",
            R"({"id":"1","url":"https://x.org/en","body":"tea","alternates":["es https://x.org/es"]})"
            "\n"
            R"({"id":"2","url":"https://x.org/es","body":"te","alternates":["en https://x.org/en"]})"
            "\n");
  archive.Write("notes.en.txt", "tea");
  archive.Write("notes.es.txt", "te");
  archive.Write("es/menu.txt", "te");
  archive.Write("en/menu.txt", "tea");
  archive.Write("alone.txt", "tea");
  archive.Run();
  const auto key = [&](const std::string& id) { return Value(archive, id, schema::kTranslationSlot); };
  EXPECT_EQ(key("1").size(), 8U);
  EXPECT_EQ(key("1"), key("2"));
  EXPECT_EQ(key("notes.en.txt"), key("notes.es.txt"));
  EXPECT_NE(key("notes.en.txt"), "");
  EXPECT_NE(key("notes.en.txt"), key("1"));
  EXPECT_EQ(key("es/menu.txt"), key("en/menu.txt"));
  EXPECT_NE(key("es/menu.txt"), "");
  EXPECT_EQ(key("alone.txt"), "");
  const std::string toml = ReadFile(archive.root() / "quipu.toml");
  WriteFile(archive.root() / "quipu.toml", std::string(toml).replace(toml.find("folders"), 7, "names"));
  for (const auto& [id, state] : archive.Run()) EXPECT_EQ(state, "unchanged") << id;
  EXPECT_EQ(key("es/menu.txt"), "");
  EXPECT_NE(key("notes.en.txt"), "");
}

}  // namespace
}  // namespace quipu::testing
