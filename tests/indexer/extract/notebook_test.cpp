// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"

namespace quipu::extract {
namespace {

Reading Read(const std::string& text) { return ReadNotebook({.bytes = text, .name = "a.ipynb"}); }

TEST(Notebook, GivesItsCellsAndWhatTheyPrint) {
  const Reading reading = Read(R"json({"nbformat":4,"metadata":{"authors":[{"name":"Ana"}]},"cells":[
    {"cell_type":"markdown","source":["# On *tea*\n","Leaves."]},
    {"cell_type":"code","source":"x = '```'\nprint(x)","outputs":[{"output_type":"stream","text":["printed\n"]},
      {"data":{"image/png":"iVBORw0KGgo=","text/plain":["<Figure>"]}},{"ename":"ValueError","evalue":"bad"}]},
    {"cell_type":"raw","source":"hidden"},
    {"cell_type":"markdown","source":"## Next Part"}]})json");
  EXPECT_EQ(reading.body,
            "On tea\n\nLeaves.\n\nx = '```'\nprint(x)\n\nprinted\n\n<Figure>\nValueError: bad\n\nNext Part");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[1].anchor, "Next-Part");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana");
}

TEST(Notebook, KeepsOnlyTheBeginningOfLongOutputs) {
  const std::string out(100000, 'x');
  const Reading reading =
      Read(R"({"cells":[{"cell_type":"code","source":"a","outputs":[{"text":")" + out + R"("}]}]})");
  EXPECT_LT(reading.body.size(), 5000U);
}

TEST(Notebook, SurvivesWhatIsNone) {
  EXPECT_EQ(Read("{\"cells\":1}").state, State::kFailed);
  EXPECT_EQ(Read("{\"cells\": [").body, "{\"cells\": [") << "read as the text that it is";
  EXPECT_EQ(Read("{\"cells\":[1,{\"cell_type\":2,\"source\":{}}]}").body, "");
  Read("{\"cells\":" + std::string(100000, '[') + std::string(100000, ']') + "}");
}

}  // namespace
}  // namespace quipu::extract
