// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/match_case.h"

#include <gtest/gtest.h>

namespace quipu::text {
namespace {

TEST(MatchCase, TakesTheCapitalsOfThePattern) {
  EXPECT_EQ(MatchCase("perú", "peru"), "perú");
  EXPECT_EQ(MatchCase("perú", "Preu"), "Perú");
  EXPECT_EQ(MatchCase("ávila", "Avlia"), "Ávila");
  EXPECT_EQ(MatchCase("onu", "UNO"), "ONU");
  EXPECT_EQ(MatchCase("human rights", "Humanrights"), "Human rights");
  EXPECT_EQ(MatchCase("word", ""), "word");
  EXPECT_EQ(MatchCase("москва", "Мосвка"), "Москва");
}

}  // namespace
}  // namespace quipu::text
