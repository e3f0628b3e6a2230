// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/extract_content.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace quipu::extract {
namespace {

using namespace std::string_view_literals;

Extracted Extract(std::string_view bytes, std::string_view name) {
  return ExtractContent({.bytes = bytes, .name = name}, "");
}

std::string Long(std::string_view sentence) {
  std::string text;
  while (text.size() < 3000) text += std::string(sentence) + " ";
  return text;
}

constexpr std::string_view kSpanish =
    "Las organizaciones exigen al gobierno una investigación independiente sobre las muertes ocurridas "
    "durante las protestas.";

TEST(ExtractContent, SaysWhatNothingReads) {
  const Extracted extracted = Extract("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv, "a.txt");
  EXPECT_EQ(extracted.state, State::kSkipped);
  EXPECT_EQ(extracted.reason, "no reader for image/png");
  EXPECT_EQ(extracted.document.type, "image/png");
}

TEST(ExtractContent, TellsEmptyFromBlank) {
  EXPECT_EQ(Extract("", "a.txt").state, State::kEmpty);
  EXPECT_EQ(Extract(" \n\t ", "a.txt").state, State::kEmpty);
  EXPECT_EQ(Extract("<html><body></body></html>", "a.html").state, State::kEmpty);
}

TEST(ExtractContent, NormalisesTheDate) {
  EXPECT_EQ(Extract("---\ndate: 17 de enero de 2023\n---\ntext", "a.md").document.date, "2023-01-17");
  EXPECT_EQ(Extract("---\ndate: someday\n---\ntext", "a.md").document.date, "");
}

TEST(ExtractContent, LeavesTheBodyAloneWhenItLooksForATitle) {
  const Extracted extracted =
      Extract("Download the report here.\n\nLand and water.\n\nDownload the report here.", "a.txt");
  EXPECT_EQ(extracted.document.title, "Land and water.");
  EXPECT_EQ(extracted.document.body,
            "Download the report here.\n\nLand and water.\n\nDownload the report here.");
}

TEST(ExtractContent, TitlesTheSeedByWhatItSays) {
  const std::ifstream file(std::string(QUIPU_SEEDS) + "/000_c3bb91dd7e040f83.txt", std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const Extracted extracted = Extract(bytes.str(), "000_c3bb91dd7e040f83.txt");
  EXPECT_EQ(extracted.document.title,
            "In just one month since the Dina Boluarte government came to power, at least 48 civilians have "
            "been killed in the context…");
  EXPECT_EQ(extracted.document.language, "en");
  EXPECT_EQ(extracted.document.body.rfind("Download Joint Statement in PDF here.", 0), 0U);
}

TEST(ChooseLanguage, ObeysTheSourceFirst) { EXPECT_EQ(ChooseLanguage("qu", "en", Long(kSpanish)), "qu"); }

TEST(ChooseLanguage, DetectsWhatIsNotDeclared) { EXPECT_EQ(ChooseLanguage("", "", Long(kSpanish)), "es"); }

TEST(ChooseLanguage, OverrulesATemplatesDeclarationOnALongText) {
  EXPECT_EQ(ChooseLanguage("", "en-US", Long(kSpanish)), "es");
}

TEST(ChooseLanguage, BelievesADeclarationOnAShortText) {
  EXPECT_EQ(ChooseLanguage("", "pt-BR", "Acta final"), "pt");
  EXPECT_EQ(ChooseLanguage("", "nonsense!", ""), "");
}

}  // namespace
}  // namespace quipu::extract
