// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/progress_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace quipu::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ProgressState Halfway() {
  ProgressState state;
  state.index = "seeds";
  state.stage = "reading";
  state.done = 512;
  state.total = 1024;
  state.bytes = 31'000'000;
  state.seconds = 10;
  return state;
}

TEST(ProgressLine, ShowsBarFiguresAndTimeLeft) {
  const std::string bar = RenderBar(Halfway(), 100);
  EXPECT_THAT(bar, HasSubstr("seeds ["));
  EXPECT_THAT(bar, HasSubstr("512/1024  51 docs/s  3.1 MB/s  0:10 left"));
}

TEST(ProgressLine, NeverTakesMoreColumnsThanThereAre) {
  ProgressState state = Halfway();
  state.current = "informes/año/人権状況報告書二〇二三年版最終稿.pdf";
  for (int width = 1; width < 160; ++width) EXPECT_LE(Columns(RenderBar(state, width)), width) << width;
}

TEST(ProgressLine, ShowsTheCurrentDocumentWhereThereIsRoom) {
  ProgressState state = Halfway();
  state.current = "a/b.pdf";
  EXPECT_THAT(RenderBar(state, 120), HasSubstr("a/b.pdf"));
  EXPECT_THAT(RenderBar(state, 60), Not(HasSubstr("a/b.pdf")));
}

TEST(ProgressLine, GuessesNoTimeFromNothing) {
  ProgressState state = Halfway();
  state.done = 0;
  EXPECT_THAT(RenderBar(state, 100), Not(HasSubstr("left")));
}

TEST(ProgressLine, IsJsonForPrograms) {
  const auto json = nlohmann::json::parse(RenderJson(Halfway()));
  EXPECT_EQ(json["event"], "progress");
  EXPECT_EQ(json["index"], "seeds");
  EXPECT_EQ(json["done"], 512);
  EXPECT_EQ(json["total"], 1024);
  EXPECT_EQ(json["secondsLeft"], 10);
}

TEST(ProgressLine, IsJsonWithNullWhereNothingIsKnown) {
  ProgressState state;
  state.stage = "scanning";
  const auto json = nlohmann::json::parse(RenderJson(state));
  EXPECT_TRUE(json["total"].is_null());
  EXPECT_TRUE(json["secondsLeft"].is_null());
}

TEST(Columns, CountsWideAndCombiningCharacters) {
  EXPECT_EQ(Columns("abc"), 3);
  EXPECT_EQ(Columns("人権"), 4);
  EXPECT_EQ(Columns("e\xCC\x81"), 1);
  EXPECT_EQ(Columns("\xFF"), 1);
}

TEST(Fit, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(Fit("añade", 5), "añade");
  EXPECT_EQ(Fit("añade", 4), "aña…");
  EXPECT_EQ(Fit("人権状況", 5), "人権…");
  EXPECT_EQ(Fit("人権状況", 4), "人…");
  EXPECT_EQ(Fit("abc", 0), "");
}

TEST(Fit, LetsNoNameDriveTheTerminal) {
  EXPECT_EQ(Fit("a\x1b[2Jb\nc", 20),
            "a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD"
            "c");
  EXPECT_EQ(Fit("a\xE2\x80\xAE"
                "b",
                20),
            "ab");
}

TEST(RenderDuration, ShowsHoursOnlyWhenThereAreAny) {
  EXPECT_EQ(RenderDuration(7.4), "0:07");
  EXPECT_EQ(RenderDuration(750), "12:30");
  EXPECT_EQ(RenderDuration(10931), "3:02:11");
}

TEST(RenderBytes, UsesDecimalUnits) {
  EXPECT_EQ(RenderBytes(512), "512 B");
  EXPECT_EQ(RenderBytes(3'100'000), "3.1 MB");
}

}  // namespace
}  // namespace quipu::report
