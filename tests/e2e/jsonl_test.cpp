// SPDX-License-Identifier: GPL-2.0-or-later
// `quipu-indexer run` over a file of JSON lines, or standard input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;
using States = std::map<std::string, std::string>;

class Jsonl : public ::testing::Test {
 protected:
  Jsonl() { archive_.UseSource("type = \"jsonl\"\npath = \"lines.jsonl\""); }

  States Run(std::string_view lines) const {
    WriteFile(archive_.root() / "lines.jsonl", lines);
    return archive_.Run();
  }
  std::string ReasonOf(const std::string& id) const {
    for (const auto& line : archive_.Report()) {
      if (line["id"] == id && line.contains("reason")) return line["reason"];
    }
    return "";
  }

  Archive archive_;
};

TEST_F(Jsonl, ReadsEveryField) {
  EXPECT_EQ(Run("{\"id\":\"a\",\"url\":\"https://e.org/a\",\"title\":\"Tea\",\"text\":\"All about "
                "tea\",\"language\":\"en-GB\","
                "\"date\":\"2026-11-24\",\"boost\":2,\"year\":2026,\"tags\":[\"x\",\"y\"],\"deep\":{\"er\":"
                "true}}\n"),
            (States{{"a", "indexed"}}));
  const schema::Document document = archive_.Stored("a");
  EXPECT_EQ(document.url, "https://e.org/a");
  EXPECT_EQ(document.title, "Tea");
  EXPECT_EQ(document.language, "en");
  EXPECT_EQ(document.date, "2026-11-24");
  EXPECT_EQ(document.boost, 2);
  EXPECT_EQ(document.fields.at("year"), schema::FieldValue(2026.0));
  EXPECT_EQ(document.fields.at("deep.er"), schema::FieldValue(true));
  EXPECT_EQ(archive_.Body("a"), "All about tea");
}

TEST_F(Jsonl, FindsTheLanguageWhereNoneIsGiven) {
  Run("{\"id\":\"a\",\"title\":\"Informe anual\",\"body\":\"La policía hizo uso de la fuerza contra los "
      "manifestantes en la ciudad.\"}\n{\"id\":\"b\",\"body\":\"The police used force against the "
      "demonstrators in the city.\",\"language\":\"es\"}\n{\"id\":\"c\",\"body\":\"x\"}\n");
  EXPECT_EQ(archive_.Stored("a").language, "es");
  EXPECT_EQ(archive_.Stored("b").language, "es") << "what the line says stands";
  EXPECT_EQ(archive_.Stored("c").language, "") << "too short to say";
}

TEST_F(Jsonl, ReadsHtmlAsAPage) {
  Run("{\"id\":\"a\",\"html\":\"<title>T</title><nav>menu</nav><main><p>All about "
      "<b>tea</b></p></main>\"}\n");
  EXPECT_EQ(archive_.Body("a"), "All about tea");
  EXPECT_EQ(archive_.Stored("a").type, "html");
}

TEST_F(Jsonl, TakesLinesAsTheyCome) {
  EXPECT_EQ(Run("\xEF\xBB\xBF{\"id\":\"a\",\"body\":\"x\"}\r\n\r\n   \n{\"id\":\"b\",\"body\":\"last line "
                "without an end\"}"),
            (States{{"a", "indexed"}, {"b", "indexed"}}));
  EXPECT_EQ(archive_.Body("a"), "x");
}

TEST_F(Jsonl, TellsWrongLinesByNumberAndReadsTheRest) {
  const States states =
      Run("{\"id\":\"a\",\"body\":\"x\"}\n[1]\n{\"id\":\"\"}\n{\"id\":\"b\",\"date\":\"soon\"}\n{\"id\":\"" +
          std::string(600, 'x') + "\"}\n{\"id\":\"c\",\"body\":\"y\"}\n");
  EXPECT_EQ(states, (States{{"a", "indexed"},
                            {"c", "indexed"},
                            {"lines.jsonl:2", "failed"},
                            {"lines.jsonl:3", "failed"},
                            {"lines.jsonl:4", "failed"},
                            {"lines.jsonl:5", "failed"}}));
  EXPECT_THAT(ReasonOf("lines.jsonl:4"), HasSubstr("date"));
}

TEST_F(Jsonl, KeepsADocumentWithAStrayByte) {
  EXPECT_EQ(Run("{\"id\":\"a\",\"body\":\"a\xFF z\"}\n").at("a"), "indexed");
  EXPECT_THAT(archive_.Body("a"), HasSubstr("a\xEF\xBF\xBD z"));
}

TEST_F(Jsonl, LetsTheLastLineOfAnIdWinAndSaysSo) {
  Run("{\"id\":\"a\",\"body\":\"old\"}\n{\"id\":\"b\",\"body\":\"x\"}\n{\"id\":\"a\",\"body\":\"new\"}\n");
  EXPECT_EQ(archive_.Body("a"), "new");
  EXPECT_EQ(archive_.Documents(), 2U);
  EXPECT_THAT(ReasonOf("a"), HasSubstr("line 3 has the same id"));
}

TEST_F(Jsonl, ReadsOnlyLinesThatChanged) {
  Run("{\"id\":\"a\",\"body\":\"x\"}\n{\"id\":\"b\",\"body\":\"y\"}\n{\"id\":\"c\",\"body\":\"z\"}\n");
  EXPECT_EQ(Run("{\"id\":\"b\",\"body\":\"new\"}\n{\"id\":\"a\",\"body\":\"x\"}\n"),
            (States{{"a", "unchanged"}, {"b", "indexed"}, {"c", "deleted"}}));
}

TEST_F(Jsonl, PassesOverALineThatIsTooLong) {
  const std::string long_line = "{\"id\":\"long\",\"body\":\"" + std::string(65U << 20, 'x') + "\"}\n";
  EXPECT_EQ(Run(long_line + "{\"id\":\"a\",\"body\":\"x\"}\n"),
            (States{{"a", "indexed"}, {"lines.jsonl:1", "failed"}}));
}

TEST_F(Jsonl, ReadsStandardInput) {
  archive_.UseSource("type = \"jsonl\"\npath = \"-\"");
  const ProgramResult result =
      archive_.Indexer({"run", "--quiet"}, "{\"id\":\"a\",\"body\":\"x\"}\n{\"id\":\"b\",\"body\":\"y\"}\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(archive_.Documents(), 2U);
}

TEST_F(Jsonl, SaysThatAPackedFileIsPacked) {
  WriteFile(archive_.root() / "lines.jsonl", "\x1f\x8b\x08 and so on");
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("packed with gzip"));
}

TEST_F(Jsonl, FailsWithoutItsFileAndKeepsTheIndex) {
  Run("{\"id\":\"a\",\"body\":\"x\"}\n");
  std::filesystem::remove(archive_.root() / "lines.jsonl");
  EXPECT_EQ(archive_.Indexer({"run"}).exit_code, 1);
  EXPECT_EQ(archive_.Documents(), 1U);
}

}  // namespace
}  // namespace quipu::testing
