// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/charset.h"

#include <gtest/gtest.h>

#include <iconv.h>
#include <ostream>

#include <string>

namespace quipu::extract {
namespace {

constexpr std::string_view kSpanish =
    "La comisión señaló que el año pasado hubo ejecuciones extrajudiciales; «ninguna acusación prosperó», "
    "añadió.";
constexpr std::string_view kRussian =
    "Организация потребовала провести независимое расследование всех случаев насилия в стране.";
constexpr std::string_view kGreek =
    "Η οργάνωση ζήτησε ανεξάρτητη έρευνα για όλα τα περιστατικά βίας στη χώρα.";
constexpr std::string_view kJapanese =
    "この団体は、国内のすべての暴力事件について独立した調査を求めた。東京都の天気は晴れです。";
constexpr std::string_view kChinese =
    "該組織要求對國內所有暴力事件進行獨立調查，政府尚未作出回應。繁體中文文件。";
constexpr std::string_view kHebrew = "הארגון דרש חקירה עצמאית של כל מקרי האלימות במדינה ושל האחראים להם.";

std::string In(const char* charset, std::string_view utf8) {
  const iconv_t converter = iconv_open(charset, "UTF-8");
  std::string out(utf8.size() * 4 + 8, '\0');
  char* from = const_cast<char*>(utf8.data());
  char* to = out.data();
  std::size_t left = utf8.size();
  std::size_t room = out.size();
  EXPECT_EQ(iconv(converter, &from, &left, &to, &room), 0U) << charset;
  iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.charset; }
  const char* charset;
  std::string_view text;
};
class DecodeTextFrom : public ::testing::TestWithParam<Case> {};

TEST_P(DecodeTextFrom, GivesTheSameTextInUtf8) {
  EXPECT_EQ(DecodeText(In(GetParam().charset, GetParam().text)).text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Charsets, DecodeTextFrom,
    ::testing::Values(Case{"UTF-8", kSpanish}, Case{"UTF-16", kSpanish}, Case{"UTF-16LE", kSpanish},
                      Case{"UTF-16BE", kSpanish}, Case{"UTF-32", kSpanish}, Case{"UTF-32LE", kSpanish},
                      Case{"UTF-32BE", kSpanish}, Case{"WINDOWS-1252", kSpanish},
                      Case{"ISO-8859-1", kSpanish}, Case{"ISO-8859-15", kSpanish},
                      Case{"WINDOWS-1251", kRussian}, Case{"KOI8-R", kRussian}, Case{"ISO-8859-7", kGreek},
                      Case{"SHIFT_JIS", kJapanese}, Case{"EUC-JP", kJapanese}, Case{"ISO-2022-JP", kJapanese},
                      Case{"BIG5", kChinese}, Case{"GB18030", kChinese}, Case{"WINDOWS-1255", kHebrew}),
    [](const auto& tested) {
      std::string name = std::string(tested.param.charset);
      std::erase(name, '-');
      return name;
    });

TEST(DecodeText, TakesOffTheByteOrderMark) { EXPECT_EQ(DecodeText("\xEF\xBB\xBFhola").text, "hola"); }

TEST(DecodeText, KeepsUtf8WithAStrayByte) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += kSpanish;
  const DecodedText decoded = DecodeText(text + " \xF3 " + text);
  EXPECT_EQ(decoded.charset, "UTF-8");
  EXPECT_EQ(decoded.text, text + " \xEF\xBF\xBD " + text);
}

TEST(DecodeText, BelievesADeclarationThatFits) {
  EXPECT_EQ(DecodeText("caf\xE9", "iso-8859-1").text, "café");
  EXPECT_EQ(DecodeText("\xEF\xE5\xF2", "windows-1251").text, "пет");
}

TEST(DecodeText, DoesNotBelieveADeclarationThatTheBytesContradict) {
  EXPECT_EQ(DecodeText(kSpanish, "iso-8859-1").text, kSpanish);
  EXPECT_EQ(DecodeText("caf\xE9 con leche y az\xFA"
                       "car",
                       "no-such-charset")
                .text,
            "café con leche y azúcar");
  EXPECT_EQ(DecodeText("caf\xE9 con leche y az\xFA"
                       "car",
                       "utf-16")
                .text,
            "café con leche y azúcar");
}

TEST(DecodeText, ReplacesHalfASurrogatePair) {
  const std::string_view bytes(
      "\xFF\xFE"
      "a\0\x00\xD8"
      "b\0",
      8);
  EXPECT_EQ(DecodeText(bytes).text,
            "a\xEF\xBF\xBD"
            "b");
}

TEST(LooksLikeText, TellsWritingFromOtherBytes) {
  EXPECT_TRUE(LooksLikeText(kSpanish));
  EXPECT_TRUE(LooksLikeText("one\ttwo\r\nthree\f"));
  EXPECT_TRUE(LooksLikeText(""));
  EXPECT_FALSE(LooksLikeText(std::string_view("ab\0cd", 5)));
  EXPECT_FALSE(LooksLikeText("a\x01\x02\x03 b\x04\x05"));
  EXPECT_FALSE(LooksLikeText("\xEF\xBF\xBD\xEF\xBF\xBD bytes \xEF\xBF\xBD"));
}

}  // namespace
}  // namespace quipu::extract
