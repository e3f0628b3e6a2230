// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/field_table.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "core/schema/field.h"

namespace quipu::index {
namespace {

using schema::ValueType;

TEST(FieldTable, GivesEachNameASlotOfItsOwnForGood) {
  FieldTable table;
  const auto year = table.Use("year", 2023.0);
  const auto place = table.Use("place", std::string("Lima"));
  ASSERT_TRUE(year && place);
  EXPECT_GE(year->slot, schema::kFirstUserSlot);
  EXPECT_NE(year->slot, place->slot);
  EXPECT_EQ(table.Use("year", 1.0)->slot, year->slot);
}

TEST(FieldTable, TheFirstValueTellsTheTypeAndAMisfitMakesItAString) {
  FieldTable table;
  EXPECT_EQ(table.Use("n", 1.0)->type, ValueType::kNumber);
  EXPECT_EQ(table.Use("n", std::monostate{})->type, ValueType::kNumber) << "null fits every type";
  EXPECT_EQ(table.Use("n", std::string("one"))->type, ValueType::kString);
  EXPECT_EQ(table.Use("n", 1.0)->type, ValueType::kString);
}

TEST(FieldTable, ADateOfLessPrecisionFitsAFieldOfDates) {
  FieldTable table;
  EXPECT_EQ(table.Use("d", std::string("2023-01-17"))->type, ValueType::kDate);
  EXPECT_EQ(table.Use("d", std::string("2023"))->type, ValueType::kDate);
  EXPECT_EQ(table.Use("d", std::vector<schema::Scalar>{std::string("2023-01")})->type, ValueType::kDate);
  EXPECT_EQ(table.Use("d", std::string("soon"))->type, ValueType::kString);
}

TEST(FieldTable, ADeclaredTypeStaysWhateverTheValues) {
  FieldTable table;
  table.Use("n", std::string("one"));
  table.Declare({{"n", ValueType::kNumber}});
  EXPECT_EQ(table.Use("n", std::string("one"))->type, ValueType::kNumber);
}

TEST(FieldTable, IsBounded) {
  FieldTable table;
  for (int i = 0; i < schema::kMaxUserFields; ++i) ASSERT_TRUE(table.Use("f" + std::to_string(i), true));
  EXPECT_FALSE(table.Use("one more", true));
  EXPECT_TRUE(table.Use("f7", true));
}

TEST(FieldTable, SurvivesEncodingWithAnyName) {
  FieldTable table;
  table.Use("año", 1.0);
  table.Use("tab\tline\nback\\slash\\n", std::string("x"));
  table.Declare({{"declared", ValueType::kDate}});
  EXPECT_EQ(FieldTable::Decode(table.Encode()), table.columns());
}

TEST(FieldTable, LeavesOutMalformedLines) {
  EXPECT_TRUE(
      FieldTable::Decode("nonsense\n\n100\tstring\n7\tstring\tinferred\tlow slot\n100\tcolour\tinferred\tx\n")
          .empty());
}

TEST(FieldTable, IsSafeToShareBetweenThreads) {
  FieldTable table;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&table] {
        for (int i = 0; i < 100; ++i) table.Use("f" + std::to_string(i), 1.0);
      });
    }
  }
  std::set<int> slots;
  for (const auto& [name, column] : table.columns()) slots.insert(column.slot);
  EXPECT_EQ(slots.size(), 100U);
}

}  // namespace
}  // namespace quipu::index
