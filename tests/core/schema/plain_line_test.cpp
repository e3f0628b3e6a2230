// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/plain_line.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "core/schema/document_json.h"

namespace quipu::schema {
namespace {

const std::vector<std::string> kPlain = {
    R"({"id":"a"})",
    R"( { "id" : "a/b.html" , "title" : "A title" , "body" : "some\n\"text\" \u00e9 \/ é" } )",
    R"({"title":"","id":"a","year":2023,"low":-1,"zero":0,"draft":false,"seen":true,"none":null})",
    R"({"text":"ab","id":"1","html":"<p>","type":"x","url":"http://a","author":"é"})",
};

TEST(IdOfPlainLine, GivesTheIdOfAPlainDocument) {
  const std::vector<std::string> ids = {"a", "a/b.html", "a", "1"};
  for (std::size_t i = 0; i < kPlain.size(); ++i) EXPECT_EQ(IdOfPlainLine(kPlain[i]), ids[i]) << kPlain[i];
}

TEST(IdOfPlainLine, LeavesWhatIsNotPlainToTheParser) {
  for (const char* line : {"",
                           "{}",
                           "[]",
                           R"({"id":""})",
                           R"({"id":1})",
                           R"({"id":"a","id":"b"})",
                           R"({"id":"a"}x)",
                           R"({"id":"a",})",
                           R"({"id":"\u0061"})",
                           R"({"id":"é"})",
                           R"({"id":"a","date":"2023"})",
                           R"({"id":"a","boost":1})",
                           R"({"id":"a","language":"en"})",
                           R"({"id":"a","title":1})",
                           R"({"id":"a","title":null})",
                           R"({"id":"a","list":[1]})",
                           R"({"id":"a","in":{"a":1}})",
                           R"({"id":"a","n":01})",
                           R"({"id":"a","n":1e5})",
                           R"({"id":"a","n":1.5})",
                           R"({"id":"a","n":-})",
                           R"({"id":"a","n":1234567890123456})",
                           R"({"id":"a","":1})",
                           R"({"id":"a","b":"\ud800"})",
                           R"({"id":"a","b":"\x"})",
                           R"({"id":"a","b":"\u12"})",
                           "{\"id\":\"a\",\"b\":\"\t\"}",
                           R"({"id":"a","b":"})",
                           R"({"id":"a" "b":1})",
                           R"({"title":"a"})",
                           R"({"id":"a","b":nul})"}) {
    EXPECT_EQ(IdOfPlainLine(line), std::nullopt) << line;
  }
  EXPECT_EQ(IdOfPlainLine(R"({"id":")" + std::string(300, 'x') + R"("})"), std::nullopt);
}

TEST(IdOfPlainLine, NeverSaysWhatTheParserDoesNot) {
  std::mt19937 random(20231125);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  const std::string signs = "{}[]\":,\\ud8 \t\n\x01\xC3\xA9-0.1eidtrue";
  int plain = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string line = kPlain[below(kPlain.size())];
    for (std::size_t edits = below(4); edits > 0; --edits) {
      const std::size_t at = below(line.size());
      switch (below(3)) {
        case 0: line[at] = signs[below(signs.size())]; break;
        case 1: line.insert(at, 1, signs[below(signs.size())]); break;
        default: line.erase(at, 1);
      }
    }
    const auto id = IdOfPlainLine(line);
    if (!id) continue;
    ++plain;
    const auto parsed = FromJsonLine(line);
    ASSERT_TRUE(parsed.ok()) << line;
    ASSERT_EQ(parsed->document.id, *id) << line;
  }
  EXPECT_GT(plain, 20000);
}

}  // namespace
}  // namespace quipu::schema
