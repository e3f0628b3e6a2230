// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace quipu::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(SplitTarget, SeparatesPathAndQuery) {
  EXPECT_EQ(SplitTarget("/a/b?c=d?e")->path, "/a/b");
  EXPECT_EQ(SplitTarget("/a/b?c=d?e")->query, "c=d?e");
  EXPECT_EQ(SplitTarget("/a")->query, "");
}

TEST(SplitTarget, TakesTheAbsoluteForm) {
  EXPECT_EQ(SplitTarget("http://h:80/a?b")->path, "/a");
  EXPECT_EQ(SplitTarget("HTTPS://h?b")->path, "/");
  EXPECT_EQ(SplitTarget("HTTPS://h?b")->query, "b");
  EXPECT_EQ(SplitTarget("http://h")->path, "/");
}

TEST(SplitTarget, RefusesOtherForms) {
  for (const char* target : {"*", "h:80", "ftp://h/", "http:///a", "a/b", "://h/"})
    EXPECT_FALSE(SplitTarget(target)) << target;
}

TEST(DecodeEscapes, DecodesOnceOnly) {
  EXPECT_EQ(DecodeEscapes("caf%C3%A9"), "caf\xc3\xa9");
  EXPECT_EQ(DecodeEscapes("a%2Fb%2fc"), "a/b/c");
  EXPECT_EQ(DecodeEscapes("%252F"), "%2F");
  EXPECT_EQ(DecodeEscapes("a+b"), "a+b");
}

TEST(DecodeEscapes, RefusesWhatIsNoEscape) {
  for (const char* text : {"%", "%2", "a%zz", "%%20", "%u0041", "%00", "%-1", "% 1"})
    EXPECT_FALSE(DecodeEscapes(text)) << text;
}

TEST(DecodeQuery, KeepsOrderAndRepeats) {
  EXPECT_THAT(DecodeQuery("b=1&a=2&b=3"), ElementsAre(Pair("b", "1"), Pair("a", "2"), Pair("b", "3")));
}

TEST(DecodeQuery, ReadsPlusAsABlankAndEscapesOnce) {
  EXPECT_THAT(DecodeQuery("q=a+b%2Bc%26d%253D&x%3Dy=%C3%A9"),
              ElementsAre(Pair("q", "a b+c&d%3D"), Pair("x=y", "\xc3\xa9")));
}

TEST(DecodeQuery, TakesWhatPeopleTypeIntoAddressBars) {
  EXPECT_THAT(DecodeQuery("q=50%&r=%zz&s=a%2"),
              ElementsAre(Pair("q", "50%"), Pair("r", "%zz"), Pair("s", "a%2")));
}

TEST(DecodeQuery, TakesPairsWithoutValueOrName) {
  EXPECT_THAT(DecodeQuery("&a&&b=&=c&d=e=f"),
              ElementsAre(Pair("a", ""), Pair("b", ""), Pair("", "c"), Pair("d", "e=f")));
}

}  // namespace
}  // namespace quipu::http
