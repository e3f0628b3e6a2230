// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/field_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace quipu::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Scalar> List(std::initializer_list<Scalar> values) { return values; }

TEST(EncodeNumber, ByteOrderIsTheOrderOfTheNumbers) {
  const std::vector<double> numbers = {
      -std::numeric_limits<double>::infinity(), -1e300, -2, -1, -1e-300, 0, 1e-300, 0.5, 1, 2023, 1e300,
      std::numeric_limits<double>::infinity()};
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
    EXPECT_LT(EncodeNumber(numbers[i]), EncodeNumber(numbers[i + 1])) << numbers[i];
  }
  for (const double number : numbers) EXPECT_EQ(DecodeNumber(EncodeNumber(number)), number);
}

TEST(EncodeNumber, HasOneZeroAndPutsNanLast) {
  EXPECT_EQ(EncodeNumber(-0.0), EncodeNumber(0.0));
  EXPECT_GT(EncodeNumber(std::nan("")), EncodeNumber(std::numeric_limits<double>::infinity()));
  EXPECT_EQ(EncodeNumber(-std::nan("")), EncodeNumber(std::nan("")));
}

TEST(EncodeSlot, GivesBackNumbersAndStrings) {
  for (const SlotValues& values :
       {SlotValues{}, SlotValues{.numbers = {1, -2.5}, .strings = {}},
        SlotValues{.numbers = {}, .strings = {"", "Perú", std::string(200, 'x')}}}) {
    EXPECT_EQ(DecodeSlot(EncodeSlot(values)), values);
  }
}

TEST(EncodeSlot, CutsLongStringsBetweenCharacters) {
  std::string accents;
  for (int i = 0; i < 150; ++i) accents += "é";
  const auto decoded = DecodeSlot(EncodeSlot({.numbers = {}, .strings = {"x" + accents}}));
  ASSERT_EQ(decoded.strings.size(), 1U);
  EXPECT_EQ(decoded.strings[0].size(), 199U);
}

TEST(DecodeSlot, StopsAtMalformedBytes) {
  EXPECT_THAT(DecodeSlot("x123").strings, IsEmpty());
  EXPECT_THAT(DecodeSlot(std::string("s\x01"
                                     "a\x05xy"))
                  .strings,
              ElementsAre("a"));
  EXPECT_THAT(DecodeSlot("n1234567").numbers, IsEmpty());
}

TEST(InferType, TellsTheTypeThatAllValuesHave) {
  EXPECT_EQ(InferType(true), ValueType::kBoolean);
  EXPECT_EQ(InferType(1.0), ValueType::kNumber);
  EXPECT_EQ(InferType(std::string("2023-01-17")), ValueType::kDate);
  EXPECT_EQ(InferType(std::string("2023")), ValueType::kString) << "a year alone may be any code";
  EXPECT_EQ(InferType(List({1.0, 2.0})), ValueType::kNumber);
  EXPECT_EQ(InferType(List({1.0, std::string("x")})), ValueType::kString);
  EXPECT_EQ(InferType(List({})), ValueType::kString);
  EXPECT_EQ(InferType(std::monostate{}), ValueType::kString);
}

TEST(ToSlotValues, ReadsValuesAsTheTypeOfTheField) {
  EXPECT_THAT(ToSlotValues(std::string("2023"), ValueType::kNumber).numbers, ElementsAre(2023));
  EXPECT_THAT(ToSlotValues(List({1.0, std::string("0.5")}), ValueType::kNumber).numbers, ElementsAre(1, 0.5));
  EXPECT_THAT(ToSlotValues(2023.0, ValueType::kString).strings, ElementsAre("2023"));
  EXPECT_THAT(ToSlotValues(std::monostate{}, ValueType::kNumber), SlotValues{});
}

TEST(ToSlotValues, KeepsDatesAndBooleansAsTheyWereWritten) {
  EXPECT_THAT(ToSlotValues(std::string("2023-1"), ValueType::kDate).strings, ElementsAre("2023-1"));
  EXPECT_THAT(ToSlotValues(std::string("2023-01-17T10:20Z"), ValueType::kDate).strings,
              ElementsAre("2023-01-17T10:20Z"));
  EXPECT_THAT(ToSlotValues(List({true, false}), ValueType::kBoolean).strings, ElementsAre("true", "false"));
}

TEST(ToSlotValues, OneMisfitMakesStringsOfAll) {
  const auto values = ToSlotValues(List({1.0, std::string("many")}), ValueType::kNumber);
  EXPECT_THAT(values.numbers, IsEmpty());
  EXPECT_THAT(values.strings, ElementsAre("1", "many"));
}

TEST(NumberText, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(NumberText(2023), "2023");
  EXPECT_EQ(NumberText(100000), "100000");
  EXPECT_EQ(NumberText(-0.0), "0");
  EXPECT_EQ(NumberText(0.5), "0.5");
  EXPECT_EQ(NumberText(-1e300), "-1e+300");
}

}  // namespace
}  // namespace quipu::schema
