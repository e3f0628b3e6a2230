// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace quipu {
namespace {

Result<int> Half(int number) {
  if (number % 2 != 0) return Error{Code::kBadRequest, "odd"};
  return number / 2;
}

TEST(Result, HoldsAValue) {
  const Result<int> half = Half(8);
  ASSERT_TRUE(half.ok());
  EXPECT_EQ(*half, 4);
}

TEST(Result, HoldsAnError) {
  const Result<int> half = Half(7);
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, Code::kBadRequest);
  EXPECT_EQ(half.error().message, "odd");
}

TEST(Result, GivesAwayAValueThatCannotBeCopied) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 5);
}

}  // namespace
}  // namespace quipu
