// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/relevance_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/index/index_job.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::job {
namespace {

using quipu::testing::TempDir;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RelevanceFile, HasQueriesIdsAndDepths) {
  const auto check =
      RelevanceCheck::Parse("tea\ta.html\n\n# a remark\ncoffee in lima\tb c.html\t3\r\n", "r.tsv");
  ASSERT_TRUE(check.ok());
  EXPECT_EQ(check->size(), 2U);
}

struct Wrong {
  const char* text;
  const char* message;
};

class WrongRelevanceFile : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongRelevanceFile, IsToldWithItsLine) {
  const auto check = RelevanceCheck::Parse(GetParam().text, "r.tsv");
  ASSERT_FALSE(check.ok());
  EXPECT_EQ(check.error().code, Code::kConfig);
  EXPECT_THAT(check.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(Faults, WrongRelevanceFile,
                         ::testing::Values(Wrong{"tea", "r.tsv:1: 1 parts"},
                                           Wrong{"a\tb\nx\ty\t1\tz", "r.tsv:2: 4"},
                                           Wrong{"tea\t", "a part is empty"}, Wrong{"tea\ta\t0", "`0`"},
                                           Wrong{"tea\ta\t1001", "`1001`"}, Wrong{"tea\ta\tten", "`ten`"},
                                           Wrong{"tea\ta\t-1", "`-1`"}, Wrong{"tea\ta\t", "``"}));

TEST(RelevanceFile, HasAtMostSoManyLines) {
  std::string text;
  for (std::size_t i = 0; i <= RelevanceCheck::kMaxLines; ++i) text += "q\tid\n";
  EXPECT_FALSE(RelevanceCheck::Parse(text, "r.tsv").ok());
}

TEST(RelevanceFile, ThatIsMissingIsAFaultOfTheConfiguration) {
  const auto check = RelevanceCheck::Load("/nowhere/r.tsv");
  ASSERT_FALSE(check.ok());
  EXPECT_EQ(check.error().code, Code::kConfig);
}

class Relevance : public ::testing::Test {
 protected:
  Relevance() {
    auto job = index::IndexJob::Begin(root_, {});
    for (int i = 0; i < 120; ++i) {
      std::string body = "the tea";
      for (int more = 0; more < i; ++more) body += " filler" + std::to_string(more);
      Put(**job, "tea-" + std::to_string(i), body);
    }
    Put(**job, "coffee", "coffee only");
    (*job)->Publish();
  }
  static void Put(index::IndexJob& job, const std::string& id, const std::string& body) {
    schema::Document document;
    document.id = id;
    document.body = body;
    document.language = "en";
    job.Put(std::move(document), {.id = id, .state = "indexed"});
  }
  Status Check(std::string_view file) {
    auto reader = index::IndexReader::Open(root_);
    return RelevanceCheck::Parse(file, "r.tsv")->Run(*reader, {"en"});
  }

  TempDir dir_;
  std::filesystem::path root_ = dir_ / "index";
};

TEST_F(Relevance, HoldsWhenEveryDocumentStandsWhereItMust) {
  EXPECT_TRUE(Check("tea\ttea-0\t1\ntea\ttea-3\ncoffee\tcoffee\t1\n").ok());
  EXPECT_TRUE(Check("").ok());
}

TEST_F(Relevance, SaysWhichQueriesWhichDocumentsAndWhereTheyStand) {
  const Status status = Check("tea\ttea-0\ntea\ttea-30\t10\ntea\tgone\ntea\tcoffee\ncoffee\tcoffee\n");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kGuardRefused);
  EXPECT_THAT(status.error().message,
              AllOf(HasSubstr("3 of 5 relevance checks failed (r.tsv)"),
                    HasSubstr("`tea`: `tea-30` must be among the first 10 and is number "),
                    HasSubstr("`gone` must be among the first 10 and is not in the index"),
                    HasSubstr("`coffee` must be among the first 10 and is not among the 100 found"),
                    Not(HasSubstr("tea-0`"))));
}

}  // namespace
}  // namespace quipu::job
