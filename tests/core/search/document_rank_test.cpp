// SPDX-License-Identifier: GPL-2.0-or-later
// What a document weighs whatever the words are: its boost, and how new it is.
#include "core/query/document_rank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

schema::Document Dated(const std::string& id, const std::string& date, double boost = 1) {
  schema::Document document = Text(id, "Report " + id, "The report is about water in the valley.");
  document.date = date;
  document.boost = boost;
  return document;
}

double PartsOf(const Hit& hit) {
  double sum = 0;
  for (const ScorePart& part : hit.score_parts) sum += part.score;
  return sum;
}

TEST(DocumentRank, PartsGrowFromNothingToAll) {
  EXPECT_EQ(query::BoostPart(0), 0);
  EXPECT_EQ(query::BoostPart(1), 0.5);
  EXPECT_GT(query::BoostPart(1e6), 0.999);
  EXPECT_EQ(query::RecencyPart(0), 1);
  EXPECT_EQ(query::RecencyPart(-3), 1);
  EXPECT_EQ(query::RecencyPart(2), 0.25);
}

TEST(DocumentRank, ABoostLiftsADocumentAndLessThanOneLowersIt) {
  const SmallIndex files;
  files.Put({Dated("a", ""), Dated("b", "", 0.1), Dated("c", "", 5), Dated("d", "", 2)}, true);
  const SearchIndex index({}, files.root());
  EXPECT_EQ(Ids(Ask(index, "water")), "c d a b");
  EXPECT_EQ(Ids(Ask(index, "report valley")), "c d a b");
  for (const Hit& hit : Ask(index, "water valley").hits) EXPECT_LE(hit.score, 1);
}

TEST(DocumentRank, ADocumentWithAllTheWordsStaysFirstWhateverTheBoost) {
  const SmallIndex files;
  files.Put({Text("all", "Water", "Clean water in the valley, and much else about many other things."),
             Dated("some", "", 1000), Text("other", "Other", "Nothing of that.")},
            true);
  const SearchIndex index({}, files.root());
  EXPECT_EQ(Ids(Ask(index, "clean water valley ")), "all some");
}

TEST(DocumentRank, NewerDocumentsComeFirstOnlyWhereAHalfLifeIsSet) {
  const SmallIndex files;
  files.Put({Dated("none", ""), Dated("old", "2001-05-05"), Dated("new", "2024-01-01"),
             Dated("future", "2999-01-01")},
            true);
  const SearchIndex plain({}, files.root());
  EXPECT_EQ(Ids(Ask(plain, "water")), "none old new future");
  config::Index settings;
  settings.recency_half_life = 365;
  const SearchIndex index(settings, files.root());
  EXPECT_EQ(Ids(Ask(index, "water")), "future new old none");
  EXPECT_EQ(Ask(index, "water").total, 4U);
}

TEST(DocumentRank, IsAPartOfTheExplainedScore) {
  const SmallIndex files;
  files.Put({Dated("a", "2020-01-01", 3), Dated("b", "2021-01-01")}, true);
  config::Index settings;
  settings.recency_half_life = 1000;
  const SearchIndex index(settings, files.root());
  SearchRequest request;
  request.q = "water valley";
  request.score_details = true;
  for (const Hit& hit : Ask(index, request).hits) {
    EXPECT_NEAR(PartsOf(hit), hit.score, 1e-9) << hit.document.id;
    EXPECT_EQ(std::count_if(hit.score_parts.begin(), hit.score_parts.end(),
                            [](const ScorePart& part) { return part.kind == "document"; }),
              1);
  }
}

}  // namespace
}  // namespace quipu::search
