// SPDX-License-Identifier: GPL-2.0-or-later
// A phrase was compiled with a scaled weight inside OP_PHRASE, which Xapian refuses when the query is made:
// every query with quotes was answered 500.
#include <gtest/gtest.h>

#include <string>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

class QuotedPhrase : public testing::TestWithParam<std::string> {
 protected:
  QuotedPhrase() {
    files_.Put(
        {Text("tea", "Green tea", "Green tea is made from leaves, and the leaves of black tea are the same."),
         Text("other", "Coffee", "Beans are no leaves.")},
        true);
  }
  SmallIndex files_;
};

TEST_P(QuotedPhrase, FindsTheOneDocument) {
  const SearchIndex index({}, files_.root());
  EXPECT_EQ(Ids(Ask(index, GetParam())), "tea");
}

INSTANTIATE_TEST_SUITE_P(Queries, QuotedPhrase,
                         testing::Values("\"green tea\"", "\"green\" \"black tea\"", "\"leaves of bl*\"",
                                         "+\"made from leaves\" tea", "title:\"green tea\"",
                                         "tea -\"no leaves\"", "\"green tea\" NEAR/20 leaves"));

}  // namespace
}  // namespace quipu::search
