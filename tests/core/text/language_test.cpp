// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/language.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::text {
namespace {

struct TagCase {
  std::string_view tag;
  std::string_view primary;
};

class Tags : public testing::TestWithParam<TagCase> {};

TEST_P(Tags, AreBroughtToTheirShortestCode) {
  EXPECT_EQ(PrimaryLanguage(GetParam().tag), GetParam().primary);
}

INSTANTIATE_TEST_SUITE_P(Table, Tags,
                         testing::Values(TagCase{"es", "es"}, TagCase{"pt-BR", "pt"}, TagCase{"PT_br", "pt"},
                                         TagCase{"por", "pt"}, TagCase{"spa", "es"}, TagCase{"eng", "en"},
                                         TagCase{"fra", "fr"}, TagCase{"fre", "fr"}, TagCase{"ger", "de"},
                                         TagCase{"que", "qu"}, TagCase{"quz", "qu"}, TagCase{"aym", "ay"},
                                         TagCase{"iw", "he"}, TagCase{"zh-Hant", "zh"},
                                         TagCase{"nb-NO", "no"}, TagCase{"nn", "no"},
                                         TagCase{"en_US.UTF-8", "en"}, TagCase{"fil", "fil"}, TagCase{"", ""},
                                         TagCase{"C", ""}, TagCase{"und", ""}, TagCase{"xx", ""},
                                         TagCase{"Spanish", ""}, TagCase{"e1", ""}, TagCase{"mul", ""}));

TEST(DetectLanguage, KnowsALanguageByAParagraph) {
  EXPECT_EQ(
      DetectLanguage("La comisión investigó los hechos ocurridos durante la protesta y publicó un informe."),
      "es");
  EXPECT_EQ(
      DetectLanguage("The commission looked into what happened during the protest and published a report."),
      "en");
  EXPECT_EQ(
      DetectLanguage("A comissão investigou os fatos ocorridos durante o protesto e publicou um relatório."),
      "pt");
  EXPECT_EQ(DetectLanguage("La commission a enquêté sur les faits survenus pendant la manifestation."), "fr");
  EXPECT_EQ(DetectLanguage("הוועדה חקרה את האירועים שהתרחשו במהלך ההפגנה ופרסמה דוח."), "he");
  EXPECT_EQ(DetectLanguage("委員會調查了抗議期間發生的事件並發表了報告。"), "zh");
}

TEST(DetectLanguage, SaysNothingAboutWhatIsTooShortOrNoLanguage) {
  EXPECT_EQ(DetectLanguage(""), "");
  EXPECT_EQ(DetectLanguage("Lima"), "");
  EXPECT_EQ(DetectLanguage("2023-01-17 1,000.5 %%% 44 55"), "");
}

TEST(DetectLanguage, ReadsPastBytesThatAreNotUtf8) {
  EXPECT_EQ(DetectLanguage(
                "\xFF\xC3 La comisión investigó los hechos ocurridos durante la protesta \xF1 y publicó."),
            "es");
}

}  // namespace
}  // namespace quipu::text
