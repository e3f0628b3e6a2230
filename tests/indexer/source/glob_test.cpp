// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/glob.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace quipu::source {
namespace {

struct GlobCase {
  const char* name;
  const char* pattern;
  const char* path;
  bool matches;
};

class GlobMatching : public ::testing::TestWithParam<GlobCase> {};

TEST_P(GlobMatching, SaysWhetherTheFileIsMeant) {
  const auto glob = Glob::Parse(GetParam().pattern, Glob::Hidden::kNeedsDot);
  ASSERT_TRUE(glob) << glob.error().message;
  EXPECT_EQ(glob->Matches(GetParam().path), GetParam().matches);
}

constexpr GlobCase kCases[] = {
    {"StarMatchesAName", "*.txt", "a.txt", true},
    {"StarMatchesNothingToo", "a*.txt", "a.txt", true},
    {"StarStaysInItsFolder", "*.txt", "b/a.txt", false},
    {"TwoStarsMatchAnyDepth", "**", "a/b/c.txt", true},
    {"TwoStarsMatchTheTop", "**/*.txt", "a.txt", true},
    {"TwoStarsMatchDeep", "**/*.txt", "x/y/z/a.txt", true},
    {"TwoStarsInTheMiddleMatchNoFolder", "a/**/b", "a/b", true},
    {"TwoStarsInTheMiddleMatchFolders", "a/**/b", "a/x/y/b", true},
    {"TwoStarsInTheMiddleKeepTheEnd", "a/**/b", "a/x/y/c", false},
    {"TwoStarsTwice", "**/x/**/y", "a/x/b/x/c/y", true},
    {"TwoStarsInsideANameAreOne", "a**.txt", "a/b.txt", false},
    {"EverythingInAFolder", "docs/**", "docs/a/b.md", true},
    {"EverythingInAFolderOnly", "docs/**", "other/a.md", false},
    {"DraftsAnywhere", "**/draft-*", "a/b/draft-1.txt", true},
    {"DraftsNotOthers", "**/draft-*", "a/b/final-1.txt", false},
    {"QuestionMarkIsOneCharacter", "a?c", "abc", true},
    {"QuestionMarkIsOneLetterOfManyBytes", "a?c", "añc", true},
    {"QuestionMarkIsOneBrokenByte", "a?c",
     "a\xF1"
     "c",
     true},
    {"QuestionMarkIsNotNothing", "a?c", "ac", false},
    {"QuestionMarkIsNoSlash", "a?c", "a/c", false},
    {"ClassHasRange", "[a-c]x", "bx", true},
    {"ClassLacks", "[a-c]x", "dx", false},
    {"ClassIsNegated", "[!a-c]x", "dx", true},
    {"ClassIsNegatedTheOtherWay", "[^a-c]x", "ax", false},
    {"ClassHasAccents", "[àé]x", "éx", true},
    {"ClassMayHoldABracket", "[]]x", "]x", true},
    {"ClassMayEndWithADash", "[a-]x", "-x", true},
    {"BracesChoose", "*.{html,htm}", "a.htm", true},
    {"BracesChooseOnlyThose", "*.{html,htm}", "a.txt", false},
    {"BracesAcrossFolders", "{docs/**,README.md}", "docs/a.md", true},
    {"BracesNested", "{a,b{c,d}}.txt", "bd.txt", true},
    {"BracesMayBeEmpty", "a{,.bak}", "a", true},
    {"EscapedStarIsAStar", "a\\*", "a*", true},
    {"EscapedStarIsNoWildcard", "a\\*", "ab", false},
    {"EscapedBrace", "\\{a\\}", "{a}", true},
    {"CaseDiffers", "*.TXT", "a.txt", false},
    {"NamedFolderIsMeantWhole", "docs", "docs/a/b.md", true},
    {"NamedFolderWithSlash", "docs/", "docs/a/b.md", true},
    {"NamedFileIsMeant", "README.md", "README.md", true},
    {"NamedFileOnlyThere", "README.md", "sub/README.md", false},
    {"WildFolderIsNotMeantWhole", "*", "docs/a.md", false},
    {"WildFolderWithSlashIs", "draft-*/", "draft-1/a.md", true},
    {"LeadingSlashIsTheRoot", "/docs/**", "docs/a.md", true},
    {"LeadingDotSlashIsTheRoot", "./docs/**", "docs/a.md", true},
    {"HiddenFileNeedsItsDot", "**", ".env", false},
    {"HiddenFolderNeedsItsDot", "**/config", ".git/config", false},
    {"HiddenFolderBelow", "**", "a/.git/config", false},
    {"HiddenFileIsSpelled", "**/.htaccess", "a/.htaccess", true},
    {"HiddenFolderIsSpelled", ".well-known/**", ".well-known/a.txt", true},
    {"HiddenInSpelledFolderIsNot", ".well-known/**", ".well-known/.a", false},
    {"HiddenByWildcardAfterDot", ".*", ".env", true},
    {"HiddenFolderInTheMiddle", "**/.github/*.md", "a/.github/x.md", true},
};

INSTANTIATE_TEST_SUITE_P(Table, GlobMatching, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Glob, MatchesHiddenFilesWhenItExcludes) {
  const auto glob = Glob::Parse("**/config", Glob::Hidden::kMatchesAny);
  ASSERT_TRUE(glob);
  EXPECT_TRUE(glob->Matches(".git/config"));
}

TEST(Glob, RefusesWhatCannotBeMeant) {
  for (const char* pattern : {"", "/", "a[b", "a{b", "{a,[b}", "a[/]c"}) {
    EXPECT_FALSE(Glob::Parse(pattern, Glob::Hidden::kNeedsDot)) << pattern;
  }
}

TEST(Glob, RefusesBracesThatMultiplyWithoutEnd) {
  std::string pattern;
  for (int i = 0; i < 40; ++i) pattern += "{a,b}";
  const auto glob = Glob::Parse(pattern, Glob::Hidden::kNeedsDot);
  ASSERT_FALSE(glob);
  EXPECT_NE(glob.error().message.find("256"), std::string::npos);
}

TEST(Glob, TakesNoExponentialTime) {
  std::string stars;
  std::string folders;
  for (int i = 0; i < 60; ++i) {
    stars += "*a";
    folders += "**/a/";
  }
  const auto in_name = Glob::Parse(stars + "b", Glob::Hidden::kNeedsDot);
  const auto in_path = Glob::Parse(folders + "b", Glob::Hidden::kNeedsDot);
  ASSERT_TRUE(in_name && in_path);
  std::string path;
  for (int i = 0; i < 500; ++i) path += "a/";
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(in_name->Matches(std::string(2000, 'a')));
  EXPECT_FALSE(in_path->Matches(path + "c"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST(Glob, KnowsWhichFoldersItNeedNotEnter) {
  const auto docs = Glob::Parse("docs/**/*.md", Glob::Hidden::kNeedsDot);
  const auto any = Glob::Parse("**/*.md", Glob::Hidden::kNeedsDot);
  const auto hidden = Glob::Parse("**/.github/*.md", Glob::Hidden::kNeedsDot);
  const auto named = Glob::Parse("docs", Glob::Hidden::kNeedsDot);
  ASSERT_TRUE(docs && any && hidden && named);
  EXPECT_TRUE(docs->CanMatchBelow("docs"));
  EXPECT_TRUE(docs->CanMatchBelow("docs/a/b"));
  EXPECT_FALSE(docs->CanMatchBelow("build"));
  EXPECT_TRUE(any->CanMatchBelow("build"));
  EXPECT_FALSE(any->CanMatchBelow(".git"));
  EXPECT_FALSE(any->CanMatchBelow("a/.git/objects"));
  EXPECT_TRUE(hidden->CanMatchBelow("a/.github"));
  EXPECT_TRUE(named->CanMatchBelow("docs/deep/er"));
}

TEST(Glob, KnowsWhichFoldersItTakesWhole) {
  const auto modules = Glob::Parse("**/node_modules", Glob::Hidden::kMatchesAny);
  const auto drafts = Glob::Parse("drafts/**", Glob::Hidden::kMatchesAny);
  const auto files = Glob::Parse("**/draft-*", Glob::Hidden::kMatchesAny);
  ASSERT_TRUE(modules && drafts && files);
  EXPECT_TRUE(modules->MatchesAllBelow("a/node_modules"));
  EXPECT_TRUE(modules->MatchesAllBelow("a/node_modules/b"));
  EXPECT_FALSE(modules->MatchesAllBelow("a"));
  EXPECT_TRUE(drafts->MatchesAllBelow("drafts"));
  EXPECT_FALSE(files->MatchesAllBelow("draft-1"));
}

}  // namespace
}  // namespace quipu::source
