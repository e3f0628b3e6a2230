// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/formatted_text.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace quipu::search {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string typed;
  bool prefix = false;
  std::string shown;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class MarkedTest : public testing::TestWithParam<Case> {};

// Marks one sought word in an English text.
TEST_P(MarkedTest, MarksWhatWasFound) {
  const Case& c = GetParam();
  text::Analyzer analyzer;
  std::vector<query::SoughtWord> sought;
  analyzer.Analyze(c.typed, {.language = "en"}, [&](const text::Token& token) {
    query::SoughtWord word;
    word.word.folded = token.folded;
    word.word.stems = {std::string(token.stem)};
    word.prefix = c.prefix;
    sought.push_back(word);
  });
  WordMatcher matcher(analyzer, sought);
  const auto ranges = RangesOf(c.text, matcher.Find(c.text, "en"), sought);
  const TextRange whole{0, static_cast<std::uint32_t>(c.text.size())};
  EXPECT_EQ(FormatText(c.text, whole, ranges, {.before = "[", .after = "]"}), c.shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, MarkedTest,
    testing::Values(Case{"Word", "Green tea.", "tea", false, "Green [tea]."},
                    Case{"Stem", "He runs, they run", "running", false, "He [runs], they [run]"},
                    Case{"Accents", "un café", "cafe", false, "un [café]"},
                    Case{"Decomposed", "un cafe\u0301!", "café", false, "un [cafe\u0301]!"},
                    Case{"Prefix", "winter", "wint", true, "[wint]er"},
                    Case{"PrefixWithAccents", "une éléphante", "elé", true, "une [élé]phante"},
                    Case{"PrefixDecomposed", "e\u0301le\u0301phant", "ele", true, "[e\u0301le\u0301]phant"},
                    Case{"PrefixOfALigature", "\uFB01nger", "f", true, "[\uFB01nger]"},
                    Case{"PrefixThatIsTheWord", "tea", "tea", true, "[tea]"},
                    Case{"PairsOfIdeographs", "私は東京大学です", "東京大学", false, "私は[東京大学]です"},
                    Case{"Markup", "<b>tea</b> & \"x\" 'y'", "tea", false,
                         "&lt;b&gt;[tea]&lt;/b&gt; &amp; &quot;x&quot; &#39;y&#39;"},
                    Case{"WhiteSpaceStays", "a\t\n  tea", "tea", false, "a\t\n  [tea]"},
                    Case{"Malformed", "tea \xff", "tea", false, "[tea] \uFFFD"}),
    [](const auto& tested) { return tested.param.name; });

TEST(FormatText, LeavesTextAloneWhereNothingIsHtml) {
  EXPECT_EQ(FormatText("a < b & c", {0, 9}, std::vector<TextRange>{{4, 5}},
                       {.before = "__", .after = "__", .escape = false}),
            "a < __b__ & c");
}

TEST(FormatText, ShowsAPart) {
  const std::vector<TextRange> ranges = {{0, 1}, {4, 5}, {8, 9}};
  EXPECT_EQ(FormatText("a b c d e", {2, 7}, ranges, {.before = "[", .after = "]"}), "b [c] d");
  EXPECT_EQ(FormatText("abc", {2, 99}, {}, {}), "c");
  EXPECT_EQ(FormatText("abc", {9, 3}, {}, {}), "");
}

}  // namespace
}  // namespace quipu::search
