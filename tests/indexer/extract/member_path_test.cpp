// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/member_path.h"

#include <gtest/gtest.h>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

using namespace std::string_view_literals;

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string_view path;
  const char* safe;
};
class MemberPath : public ::testing::TestWithParam<Case> {};
TEST_P(MemberPath, IsSafeAsPartOfAnId) { EXPECT_EQ(SafeMemberPath(GetParam().path), GetParam().safe); }
INSTANTIATE_TEST_SUITE_P(
    Table, MemberPath,
    ::testing::Values(Case{"Plain", "a/b c.txt", "a/b c.txt"},
                      Case{"Climbing", "../../etc/passwd", "etc/passwd"},
                      Case{"Absolute", "/etc/passwd", "etc/passwd"}, Case{"Dots", "./a/./b/../c", "a/b/c"},
                      Case{"Doubled", "a//b/", "a/b"}, Case{"Windows", "C:\\dir\\x.txt", "C:/dir/x.txt"},
                      Case{"Nul", "a\0b.txt"sv, "ab.txt"}, Case{"Control", "a\x1B[31m.txt", "a[31m.txt"},
                      Case{"LineEnd", "a\nb.txt", "a b.txt"},
                      Case{"Latin1", "informaci\xF3n del a\xF1o.txt", "información del año.txt"},
                      Case{"Nothing", "../..", "unnamed"}, Case{"Empty", "", "unnamed"}),
    [](const auto& tested) { return tested.param.name; });

TEST(MemberPath, KeepsTheEndOfALongOne) {
  std::string path;
  for (int i = 0; i < 200; ++i) path += "señor/";
  const std::string safe = SafeMemberPath(path + "end.txt");
  EXPECT_LE(safe.size(), 400U);
  EXPECT_TRUE(IsValidUtf8(safe));
  EXPECT_NE(safe.front(), '/');
  EXPECT_TRUE(safe.ends_with("/end.txt"));
}

}  // namespace
}  // namespace quipu::extract
