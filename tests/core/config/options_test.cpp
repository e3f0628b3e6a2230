// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace quipu::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::array<Command, 5> kCommands = {{
    {.name = "run", .arguments = "[INDEX…]", .meaning = "bring the indexes up to date"},
    {.name = "add", .arguments = "INDEX FILE|-", .meaning = "add documents"},
    {.name = "status", .meaning = "tell how the indexes are"},
    {.name = "key new", .meaning = "make a key"},
    {.name = "key list", .meaning = "list the keys"},
}};
constexpr std::array<Option, 5> kOptions = {{
    {.name = "dry-run", .meaning = "only print the plan", .commands = "run,add"},
    {.name = "jobs",
     .short_name = 'j',
     .value = "N",
     .meaning = "processes",
     .commands = "run",
     .min = 1,
     .max = 64},
    {.name = "progress", .value = "auto|bar|none", .meaning = "how progress shows", .commands = "run"},
    {.name = "index",
     .value = "INDEX",
     .meaning = "an index the key opens; may repeat",
     .commands = "key new"},
    {.name = "quiet", .short_name = 'q', .meaning = "say less"},
}};
constexpr Program kProgram = {.name = "quipu-test",
                              .summary = "A program for tests.",
                              .commands = kCommands,
                              .options = kOptions,
                              .notes = "Exit codes: 0, 2."};

Result<CommandLine> Read(std::vector<const char*> words) { return ParseCommandLine(kProgram, words); }

std::string FaultOf(std::vector<const char*> words) {
  const Result<CommandLine> line = Read(std::move(words));
  if (line.ok()) return "none";
  EXPECT_EQ(line.error().code, Code::kUsage);
  return line.error().message;
}

TEST(CommandLine, TakesOptionsAnywhere) {
  const CommandLine line = Read({"--config", "q.toml", "run", "-q", "a", "--jobs=3", "b"}).value();
  EXPECT_EQ(line.command, "run");
  EXPECT_THAT(line.arguments, ElementsAre("a", "b"));
  EXPECT_EQ(line.Get("config"), "q.toml");
  EXPECT_EQ(line.Number("jobs", 1), 3);
  EXPECT_TRUE(line.Has("quiet"));
  EXPECT_FALSE(line.Has("dry-run"));
  EXPECT_EQ(line.Get("progress", "auto"), "auto");
}

TEST(CommandLine, TakesShortOptionsInEveryForm) {
  EXPECT_EQ(Read({"run", "-j", "4"}).value().Number("jobs", 1), 4);
  EXPECT_EQ(Read({"run", "-j4"}).value().Number("jobs", 1), 4);
  EXPECT_EQ(Read({"run", "-qj4"}).value().Number("jobs", 1), 4);
  EXPECT_TRUE(Read({"-h"}).value().help);
}

TEST(CommandLine, EndsOptionsAtTwoDashes) {
  EXPECT_THAT(Read({"add", "--", "--dry-run", "-"}).value().arguments, ElementsAre("--dry-run", "-"));
}

TEST(CommandLine, ReadsALoneDashAsAnArgument) {
  EXPECT_THAT(Read({"add", "a", "-"}).value().arguments, ElementsAre("a", "-"));
}

TEST(CommandLine, KeepsRepeatedValues) {
  const CommandLine line = Read({"key", "new", "--index", "a", "--index=b"}).value();
  EXPECT_EQ(line.command, "key new");
  EXPECT_THAT(line.options.at("index"), ElementsAre("a", "b"));
  EXPECT_EQ(line.Get("index"), "b");
}

TEST(CommandLine, FallsBackToTheDefaultCommand) {
  Program serving = kProgram;
  serving.default_command = "status";
  const std::vector<const char*> words = {"--quiet"};
  EXPECT_EQ(ParseCommandLine(serving, words).value().command, "status");
}

struct Case {
  std::string_view name;
  std::vector<const char*> words;
  std::string_view fault;
};

class CommandLineFault : public testing::TestWithParam<Case> {};

TEST_P(CommandLineFault, SaysWhatIsWrong) { EXPECT_EQ(FaultOf(GetParam().words), GetParam().fault); }

INSTANTIATE_TEST_SUITE_P(
    Each, CommandLineFault,
    testing::Values(
        Case{"NoCommand", {}, "a command is needed; see `quipu-test --help`"},
        Case{"UnknownCommand", {"rnu"}, "unknown command `rnu`; did you mean `run`?"},
        Case{"UnknownCommandFarFromAll", {"explode"}, "unknown command `explode`; see `quipu-test --help`"},
        Case{"HalfACommand", {"key"}, "`key` needs one more word: `key new`, `key list`"},
        Case{"SlipInTheSecondWord", {"key", "nwe"}, "`key` needs one more word: `key new`, `key list`"},
        Case{"UnknownOption", {"run", "--dryrun"}, "unknown option `--dryrun`; did you mean `--dry-run`?"},
        Case{"UnknownCommonOption",
             {"--confg", "x", "run"},
             "unknown option `--confg`; did you mean `--config`?"},
        Case{"UnknownShortOption", {"run", "-qx"}, "unknown option `-x`"},
        Case{"OptionOfAnotherCommand", {"status", "--dry-run"}, "`--dry-run` does not apply to `status`"},
        Case{"ValueMissing", {"run", "--jobs"}, "`--jobs` needs a value: N"},
        Case{"ValueTooMuch", {"run", "--quiet=yes"}, "`--quiet` takes no value"},
        Case{"NoNumber", {"run", "--jobs", "4x"}, "`--jobs` must be a whole number from 1 to 64, not `4x`"},
        Case{"NumberOutOfRange", {"run", "-j0"}, "`--jobs` must be a whole number from 1 to 64, not `0`"},
        Case{"NumberTooLongForAnyInteger",
             {"run", "-j99999999999999999999"},
             "`--jobs` must be a whole number from 1 to 64, not `99999999999999999999`"},
        Case{"NoneOfTheChoices",
             {"run", "--progress", "bra"},
             "`--progress` must be one of auto|bar|none, not `bra`; did you mean `bar`?"},
        Case{"ArgumentMissing", {"add", "a"}, "`add` needs INDEX FILE|-"},
        Case{"ArgumentTooMany", {"status", "a"}, "`status` has no use for `a`"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Help, IsAskedForInThreeWays) {
  for (const std::vector<const char*>& words :
       {std::vector<const char*>{"run", "--help"}, {"-h", "run"}, {"help", "run"}}) {
    const CommandLine line = Read(words).value();
    EXPECT_TRUE(line.help);
    EXPECT_EQ(line.command, "run");
  }
  EXPECT_TRUE(Read({"--version"}).value().version);
}

TEST(Help, AloneIsThatOfTheWholeProgramEvenWhereACommandIsTheDefault) {
  Program serving = kProgram;
  serving.default_command = "status";
  const std::vector<const char*> words = {"--help"};
  const CommandLine line = ParseCommandLine(serving, words).value();
  EXPECT_TRUE(line.help);
  EXPECT_EQ(line.command, "");
}

TEST(Help, NeedsNoCompleteCommandLine) { EXPECT_TRUE(Read({"add", "--help"}).value().help); }

TEST(Help, OfTheProgramListsEveryCommand) {
  EXPECT_EQ(
      HelpText(kProgram),
      "Usage: quipu-test [OPTION…] COMMAND …\n"
      "\n"
      "A program for tests.\n"
      "\n"
      "Commands:\n"
      "  run [INDEX…]      bring the indexes up to date\n"
      "  add INDEX FILE|-  add documents\n"
      "  status            tell how the indexes are\n"
      "  key new           make a key\n"
      "  key list          list the keys\n"
      "\n"
      "Options of every command:\n"
      "  -q, --quiet        say less\n"
      "      --config FILE  the configuration (else QUIPU_CONFIG, ./quipu.toml, /etc/quipu/quipu.toml)\n"
      "  -h, --help         show this help\n"
      "      --version      show the version\n"
      "\n"
      "`quipu-test COMMAND --help` shows a command's own options.\n"
      "\n"
      "Exit codes: 0, 2.\n");
}

TEST(Help, EndsWithTheExitCodes) {
  constexpr std::array<ExitCode, 2> kCodes = {{{0, "done"}, {130, "interrupted"}}};
  Program program = kProgram;
  program.exit_codes = kCodes;
  EXPECT_THAT(HelpText(program), testing::EndsWith("\nExit codes:\n  0    done\n  130  interrupted\n"));
  EXPECT_THAT(HelpText(program, "run"), Not(HasSubstr("Exit codes")));
}

TEST(Arguments, AreReadFromTheirNotation) {
  const auto of = [](std::string_view spec) {
    return ArgumentsOf({.name = "x", .arguments = spec, .meaning = ""});
  };
  EXPECT_TRUE(of("").empty());
  const std::vector<Argument> some = of("INDEX FILE|-");
  ASSERT_EQ(some.size(), 2U);
  EXPECT_EQ(some[1].what, "FILE|-");
  EXPECT_FALSE(some[1].optional || some[1].repeats);
  const std::vector<Argument> many = of("[INDEX…]");
  ASSERT_EQ(many.size(), 1U);
  EXPECT_EQ(many[0].what, "INDEX");
  EXPECT_TRUE(many[0].optional && many[0].repeats);
}

TEST(Help, OfACommandListsItsOwnOptions) {
  const std::string help = HelpText(kProgram, "run");
  EXPECT_THAT(help, HasSubstr("Usage: quipu-test run [OPTION…] [INDEX…]\n\nbring the indexes up to date\n"));
  EXPECT_THAT(help, HasSubstr("  -j, --jobs N                  processes\n"));
  EXPECT_THAT(help, Not(HasSubstr("--index")));
}

}  // namespace
}  // namespace quipu::config
