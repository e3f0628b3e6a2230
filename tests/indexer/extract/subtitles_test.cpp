// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"

namespace quipu::extract {
namespace {

std::string Body(std::string_view text) { return ReadSubtitles({.bytes = text, .name = "a.srt"}).body; }

TEST(Subtitles, AreWhatIsSpoken) {
  EXPECT_EQ(
      Body(
          "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Hello,</i>\r\nAna &amp; Bo.\r\n\r\n2\r\n00:00:03,000 --> "
          "00:00:04,000\r\n{\\an8}Well I <3 it\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n2023\r\n"),
      "Hello,\nAna & Bo.\nWell I <3 it\n2023");
}

TEST(Subtitles, LeaveOutWhatOfWebVttIsNotSpoken) {
  const Reading reading = ReadSubtitles(
      {.bytes =
           "WEBVTT - The talk\nLanguage: es\n\nNOTE hidden\n\nSTYLE\n::cue { color: red "
           "}\n\nintro\n00:01.000 --> 00:02.000 "
           "align:start\n<v Ana>Hola <c.loud>a todos</c>\n\n00:02.000 --> 00:03.000\nHola a todos\ny todas\n",
       .name = "a.vtt"});
  EXPECT_EQ(reading.body, "Hola a todos\ny todas");
  EXPECT_EQ(reading.title, "The talk");
  EXPECT_EQ(reading.language, "es");
}

TEST(Subtitles, AreKnownByTheirBeginning) {
  EXPECT_TRUE(LooksLikeSubtitles("\n1\n00:00:01,000 --> 00:00:02,000\nx"));
  EXPECT_TRUE(LooksLikeSubtitles("webvtt\n"));
  EXPECT_FALSE(LooksLikeSubtitles("1\n2 -> 3"));
}

}  // namespace
}  // namespace quipu::extract
