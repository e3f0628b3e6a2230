// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "core/config/key_table.h"
#include "indexer/options.h"
#include "packaging/reference/completion.h"
#include "packaging/reference/manual_page.h"
#include "packaging/reference/roff.h"
#include "searchd/options.h"

namespace quipu::reference {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Edition kEdition = {.version = "1.2.3", .date = "2026-11-30"};

class EachProgram : public testing::TestWithParam<const config::Program*> {
 protected:
  const config::Program& program() const { return *GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(Each, EachProgram, testing::Values(&IndexerProgram(), &searchd::SearchdProgram()),
                         [](const auto& test) {
                           const std::string name(test.param->name);
                           return name.substr(name.find('-') + 1);
                         });

TEST_P(EachProgram, HasEveryCommandAndOptionInItsPage) {
  const std::string page = ManualPage(program(), kEdition);
  for (const config::Command& command : program().commands) {
    EXPECT_THAT(page, HasSubstr("\n.SS " + Roff(command.name))) << command.name;
    EXPECT_THAT(page, HasSubstr(RoffSentence(command.meaning))) << command.name;
  }
  for (const config::Option& option : AllOptions(program())) {
    const std::string shown = RoffBold("--" + std::string(option.name)) +
                              (option.value.empty() ? "" : " " + RoffItalic(option.value));
    EXPECT_THAT(page, HasSubstr(shown + "\n" + RoffSentence(option.meaning))) << option.name;
    if (option.short_name != 0) {
      EXPECT_THAT(page, HasSubstr(RoffBold(std::string("-") + option.short_name) + ", " + shown));
    }
  }
  for (const config::ExitCode& code : program().exit_codes) {
    EXPECT_THAT(page,
                HasSubstr(".TP\n\\fB" + std::to_string(code.code) + "\\fR\n" + RoffSentence(code.meaning)));
  }
}

TEST_P(EachProgram, ShowsAnOptionUnderTheCommandsThatItAppliesTo) {
  const std::string page = ManualPage(program(), kEdition);
  for (const config::Command& command : program().commands) {
    const std::size_t begin = page.find("\n.SS " + Roff(command.name)) + 1;
    const std::string section = page.substr(begin, page.find("\n.S", begin) - begin);
    for (const config::Option& option : program().options) {
      const bool shown = section.find(RoffBold("--" + std::string(option.name))) != std::string::npos;
      EXPECT_EQ(shown, !option.commands.empty() && config::AppliesTo(option, command.name))
          << command.name << " --" << option.name;
    }
  }
}

TEST_P(EachProgram, HasEveryCommandOptionAndChoiceInTheCompletionsOfEachShell) {
  for (const std::string& text :
       {BashCompletion(program()), ZshCompletion(program()), FishCompletion(program())}) {
    const bool fish = text.starts_with("# fish");
    for (const config::Command& command : program().commands)
      EXPECT_THAT(text, HasSubstr(std::string(command.name)));
    for (const config::Option& option : AllOptions(program())) {
      EXPECT_THAT(text, HasSubstr((fish ? " -l " : "--") + std::string(option.name)));
      if (option.short_name != 0) {
        EXPECT_THAT(text, HasSubstr((fish ? " -s " : "-") + std::string(1, option.short_name)));
      }
      for (const std::string_view choice : config::Choices(option))
        EXPECT_THAT(text, HasSubstr(std::string(choice)));
    }
  }
}

TEST_P(EachProgram, ReadsItsOwnExamples) {
  EXPECT_FALSE(program().examples.empty());
  for (const config::Example& example : program().examples) {
    std::istringstream in{std::string(example.words)};
    std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    std::vector<const char*> argv;
    for (const std::string& word : words) argv.push_back(word.c_str());
    const auto line = config::ParseCommandLine(program(), argv);
    EXPECT_TRUE(line.ok()) << example.words << ": " << (line.ok() ? "" : line.error().message);
  }
}

TEST(ConfigurationPage, HasEveryKeyWithItsDefaultAndMeaning) {
  const std::string page = ConfigurationPage(kEdition);
  for (const config::Key& key : config::Keys()) {
    const std::string_view name = key.path.substr(key.path.rfind('.') + 1);
    EXPECT_THAT(page, HasSubstr(".TP\n" + RoffBold(name) + " = " + RoffItalic(config::ShowDefault(key)) +
                                "\n" + RoffSentence(key.meaning)))
        << key.path;
  }
  for (const std::string_view table :
       {"[searchd]", "[[filters]]", "[indexes.NAME]", "[indexes.NAME.fields.FIELD]"}) {
    EXPECT_THAT(page, HasSubstr("\n.SS " + Roff(table) + "\n"));
  }
  EXPECT_THAT(page, HasSubstr("\n.SS [[indexes.NAME.sources]]\n"));
}

TEST(ManualPage, ToldOfNoDayHasNone) {
  EXPECT_THAT(ManualPage(IndexerProgram(), {.version = "1", .date = "unknown"}), Not(HasSubstr("unknown")));
  EXPECT_THAT(ManualPage(IndexerProgram(), kEdition), HasSubstr("\"2026\\-11\\-30\" \"Quipu 1.2.3\""));
}

TEST(Roff, LeavesNothingThatTroffWouldRead) {
  EXPECT_EQ(Roff(".x"), "\\&.x");
  EXPECT_EQ(Roff("'x'"), "\\&\\(aqx\\(aq");
  EXPECT_EQ(Roff("a\\b-c"), "a\\eb\\-c");
  EXPECT_EQ(Roff("INDEX… ñ 語"), "INDEX... \\[u00F1] \\[u8A9E]");
}

TEST(Roff, MakesSentencesWithCodeInBold) {
  EXPECT_EQ(RoffSentence("what `page_key` opens"), "What \\fBpage_key\\fR opens.");
  EXPECT_EQ(RoffSentence("Is it right?"), "Is it right?");
}

}  // namespace
}  // namespace quipu::reference
