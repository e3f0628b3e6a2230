// SPDX-License-Identifier: GPL-2.0-or-later
// Synonyms, pins and stop words, from their files to the hits.
#include "core/search/query_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/search/rule_book.h"
#include "tests/core/search/small_index.h"
#include "tests/support/temp_dir.h"

namespace quipu::search {
namespace {

class QueryRulesTest : public ::testing::Test {
 protected:
  QueryRulesTest() {
    settings_.synonyms_file = folder_ / "synonyms.txt";
    settings_.pins_file = folder_ / "pins.toml";
    settings_.stopwords_file = folder_ / "stop.txt";
    Write("synonyms.txt",
          "car, automobile, motor vehicle\n"
          "hr => human rights\n"
          "human rights => derechos humanos\n");
    Write("pins.toml", "[[pin]]\nquery = \"visa form\"\nids = [\"form\", \"gone\", \"office\"]\n");
    Write("stop.txt", "please the\n");
    files_.Put(
        {Text("car", "Cars", "A car on the road."), Text("auto", "Automobiles", "An automobile."),
         Text("motor", "Motors", "Any motor vehicle."),
         Text("parted", "Vehicles", "A vehicle without motor."),
         Text("rights", "Rights", "All human rights."), Text("derechos", "Derechos", "Los derechos humanos."),
         Text("form", "Form", "Fill it in."), Text("office", "Office", "Where a visa is given, with a form."),
         Text("visa", "Visa form", "The visa form of another country; a visa, a form."),
         Text("please", "Please", "Please wait.")},
        true);
    index_ = std::make_unique<SearchIndex>(settings_, files_.root());
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::string Found(const std::string& q) const { return Ids(Ask(*index_, q)); }

  quipu::testing::TempDir folder_;
  config::Index settings_;
  SmallIndex files_;
  std::unique_ptr<SearchIndex> index_;
};

TEST_F(QueryRulesTest, AGroupFindsAllItsWordsTheTypedOneFirst) {
  EXPECT_EQ(Found("car ").substr(0, 3), "car");
  EXPECT_EQ(Ask(*index_, "car ").total, 3U);
  EXPECT_EQ(Found("automobile ").substr(0, 4), "auto");
  EXPECT_EQ(Ask(*index_, "cars ").total, 3U) << "in any inflected form";
}

TEST_F(QueryRulesTest, SeveralWordsAreFoundOnlyTogetherAndStandForTheirSynonym) {
  EXPECT_EQ(Found("car ").find("parted"), std::string::npos);
  EXPECT_NE(Found("motor vehicle ").find("auto"), std::string::npos);
  EXPECT_EQ(Found("motor ").find("auto"), std::string::npos);
}

TEST_F(QueryRulesTest, OneWayIsOneWay) {
  EXPECT_EQ(Found("hr "), "rights");
  EXPECT_EQ(Ask(*index_, "human rights ").total, 2U);
  EXPECT_EQ(Found("derechos humanos "), "derechos");
}

TEST_F(QueryRulesTest, SynonymsAreMarked) {
  const SearchResult result = Ask(*index_, "hr ");
  EXPECT_EQ(result.hits[0].passages[0].html, "All <mark>human</mark> <mark>rights</mark>.");
  EXPECT_FALSE(result.corrected) << "a word with synonyms is a known word";
}

TEST_F(QueryRulesTest, QuotedAndExcludedWordsHaveNoSynonyms) {
  EXPECT_EQ(Found("\"car\" "), "car");
  EXPECT_EQ(Ask(*index_, "vehicle -car ").hits.size(), 2U);
}

TEST_F(QueryRulesTest, PinnedDocumentsComeFirstInTheirOrder) {
  EXPECT_EQ(Found("visa form "), "form office visa");
  EXPECT_EQ(Found("Visa forms "), "form office visa") << "in any inflected form";
  EXPECT_EQ(Ask(*index_, "visa form ").total, 3U);
  EXPECT_NE(Found("visa form country ").substr(0, 4), "form") << "other queries are not touched";
  SearchRequest second;
  second.q = "visa form ";
  second.offset = 1;
  second.limit = 1;
  EXPECT_EQ(Ids(Ask(*index_, second)), "office");
}

TEST_F(QueryRulesTest, StopWordsAreLeftOutBesideOthers) {
  EXPECT_EQ(Found("please car ").find("please"), std::string::npos);
  EXPECT_EQ(Found("please "), "please");
  EXPECT_NE(Found("+please car ").find("please"), std::string::npos);
}

TEST_F(QueryRulesTest, ChangedFilesAreReadAgainAndFaultsKeepWhatWas) {
  EXPECT_EQ(index_->TakeRuleNews().size(), 3U);
  const std::string before = index_->AidsTag();
  Write("synonyms.txt", "car, office # changed\n");
  index_->Refresh();
  EXPECT_NE(Found("car ").find("office"), std::string::npos);
  EXPECT_NE(index_->AidsTag(), before);
  auto news = index_->TakeRuleNews();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_TRUE(news[0].taken_up);

  Write("synonyms.txt", "car, form\n\nlonely\n");
  const std::string right = index_->AidsTag();
  index_->Refresh();
  EXPECT_NE(Found("car ").find("office"), std::string::npos) << "the old stays in force";
  EXPECT_EQ(index_->AidsTag(), right);
  news = index_->TakeRuleNews();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_FALSE(news[0].taken_up);
  EXPECT_EQ(news[0].faults.at(0).line, 3);
  index_->Refresh();
  EXPECT_TRUE(index_->TakeRuleNews().empty()) << "a fault is told once";

  std::filesystem::remove(folder_ / "synonyms.txt");
  index_->Refresh();
  EXPECT_NE(Found("car ").find("office"), std::string::npos);
  EXPECT_EQ(index_->TakeRuleNews().size(), 1U);
}

}  // namespace
}  // namespace quipu::search
