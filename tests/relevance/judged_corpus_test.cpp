// SPDX-License-Identifier: GPL-2.0-or-later
// How good the answers are, on small documents in two languages that are easily taken for each other. The
// floors are a little below what is reached: who changes ranking for the worse learns it here.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/index/index_job.h"
#include "core/schema/document_json.h"
#include "core/search/judgment_file.h"
#include "core/search/relevance_measures.h"
#include "core/search/search_index.h"
#include "core/text/language.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::search {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = QUIPU_SOURCE_DIR;
const fs::path kData = kRoot / "tests/relevance/data";

schema::Document TextFile(const fs::path& file) {
  schema::Document document;
  document.id = fs::relative(file, kRoot).generic_string();
  document.body = testing::ReadFile(file);
  document.title = document.body.substr(0, document.body.find('\n'));
  if (document.title.starts_with("# ")) document.title.erase(0, 2);
  document.language = text::DetectLanguage(document.body);
  document.type = "text";
  return document;
}

std::vector<schema::Document> AllDocuments() {
  std::vector<schema::Document> documents;
  std::ifstream lines(kData / "corpus.jsonl");
  for (std::string line; std::getline(lines, line);)
    documents.push_back(schema::FromJsonLine(line)->document);
  for (const auto& file : fs::directory_iterator(kRoot / "seeds")) {
    if (file.is_regular_file()) documents.push_back(TextFile(file.path()));
  }
  return documents;
}

class JudgedCorpus : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new testing::TempDir;
    auto job = index::IndexJob::Begin(*folder_ / "index", {});
    ASSERT_TRUE(job);
    for (schema::Document& document : AllDocuments()) {
      index::ManifestEntry entry;
      entry.id = document.id;
      entry.state = "indexed";
      (*job)->Put(std::move(document), std::move(entry));
    }
    (*job)->Publish();
    index_ = new SearchIndex({}, *folder_ / "index");
  }
  static void TearDownTestSuite() {
    delete index_;
    delete folder_;
  }

  static std::vector<std::string> Answer(const std::string& query) {
    SearchRequest request;
    request.q = query;
    request.limit = 100;
    request.passages = 0;
    std::vector<std::string> order;
    const auto result = index_->Search(request);
    EXPECT_TRUE(result);
    for (const Hit& hit : result->hits) order.push_back(hit.document.id);
    return order;
  }

  static testing::TempDir* folder_;
  static SearchIndex* index_;
};
testing::TempDir* JudgedCorpus::folder_ = nullptr;
SearchIndex* JudgedCorpus::index_ = nullptr;

TEST_F(JudgedCorpus, TheAnswersAreNotWorseThanTheyWere) {
  const auto qrels = ParseJudgments(testing::ReadFile(kData / "corpus.tsv"));
  ASSERT_TRUE(qrels) << qrels.error().message;
  search::Run run;
  for (const auto& [query, judged] : *qrels) {
    run[query] = Answer(query);
    const Measures one = EvaluateQuery(judged, run[query]);
    if (one.ndcg_10 < 0.8) std::printf("%.3f  %s\n", one.ndcg_10, query.c_str());
  }
  const Measures mean = Evaluate(*qrels, run);
  std::printf("nDCG@10 %.4f  MRR %.4f  recall %.4f  queries %zu\n", mean.ndcg_10, mean.mrr, mean.recall_100,
              mean.queries);
  EXPECT_GE(mean.queries, 25U);
  EXPECT_GE(mean.ndcg_10, 0.98);
  EXPECT_GE(mean.mrr, 0.99);
  EXPECT_GE(mean.recall_100, 0.98);
}

TEST_F(JudgedCorpus, EveryDocumentIsFoundFirstByItsOwnTitle) {
  for (const schema::Document& document : AllDocuments()) {
    const std::vector<std::string> order = Answer(document.title);
    ASSERT_FALSE(order.empty()) << document.title;
    EXPECT_EQ(order[0], document.id) << document.title;
  }
}

TEST_F(JudgedCorpus, EveryJudgedDocumentIsThere) {
  const auto qrels = ParseJudgments(testing::ReadFile(kData / "corpus.tsv"));
  ASSERT_TRUE(qrels);
  for (const auto& [query, judged] : *qrels) {
    for (const auto& [id, grade] : judged) EXPECT_TRUE(index_->GetDocument(id, false)) << id;
  }
}

}  // namespace
}  // namespace quipu::search
