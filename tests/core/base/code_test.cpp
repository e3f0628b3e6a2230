// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace quipu {
namespace {

/// Every enumerator's name: they count up from 0, and CodeName answers "internal" after the last.
std::vector<std::string> AllNames() {
  std::vector<std::string> names = {std::string(CodeName(Code::kInternal))};
  for (int i = 1; CodeName(static_cast<Code>(i)) != "internal"; ++i) {
    names.emplace_back(CodeName(static_cast<Code>(i)));
  }
  return names;
}

std::vector<std::string> HeadingsOfTheManual() {
  std::ifstream manual(QUIPU_SOURCE_DIR "/docs/errors.md");
  std::vector<std::string> headings;
  for (std::string line; std::getline(manual, line);) {
    if (line.starts_with("### ")) headings.push_back(line.substr(4));
  }
  return headings;
}

TEST(CodeName, NamesEachCodeOnceInSnakeCase) {
  const std::vector<std::string> names = AllNames();
  EXPECT_GE(names.size(), 50U);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const std::string& name : names) {
    EXPECT_TRUE(std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || c == '_';
    })) << name;
  }
}

TEST(CodeName, KnowsTheLastEnumerator) {
  EXPECT_THAT(AllNames(), testing::Contains(CodeName(Code::kOverloaded)));
}

// The `link` of an error answer points at these headings.
TEST(CodeName, EveryNameIsAHeadingOfDocsErrorsAndNothingElseIs) {
  EXPECT_THAT(HeadingsOfTheManual(), testing::UnorderedElementsAreArray(AllNames()));
}

}  // namespace
}  // namespace quipu
