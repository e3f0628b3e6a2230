// SPDX-License-Identifier: GPL-2.0-or-later
// How right the groups of copies in an index are: each pair of a group is compared exactly (the share of the
// runs of three words that both texts have), and so is every pair of documents, to know which copies were
// missed.
//
//     bench_duplicates DATA_DIR/INDEX
#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/index/content_sketch.h"
#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "core/schema/field.h"
#include "core/text/analyzer.h"

namespace {

using namespace quipu;

struct Text {
  std::string id;
  std::string group;
  std::vector<std::uint64_t> runs;  // sorted hashes of its runs of three words
};

std::vector<std::uint64_t> RunsOf(text::Analyzer& analyzer, std::string_view body, std::uint32_t& words) {
  std::vector<std::uint64_t> hashes;
  analyzer.Analyze(body, {}, [&](const text::Token& token) {
    if (token.kind != text::TokenKind::kCharacter)
      hashes.push_back(std::hash<std::string_view>()(token.folded));
  });
  words = static_cast<std::uint32_t>(hashes.size());
  std::vector<std::uint64_t> runs;
  for (std::size_t i = 2; i < hashes.size(); ++i)
    runs.push_back(hashes[i - 2] * 31 * 31 * 0x9E3779B97F4A7C15U + hashes[i - 1] * 0xC2B2AE3D27D4EB4FU +
                   hashes[i]);
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

double Alike(const Text& a, const Text& b) {
  std::size_t both = 0;
  for (auto i = a.runs.begin(), j = b.runs.begin(); i != a.runs.end() && j != b.runs.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      ++both;
      ++i;
      ++j;
    }
  }
  return static_cast<double>(both) / static_cast<double>(a.runs.size() + b.runs.size() - both);
}

std::vector<Text> Read(const index::IndexReader& reader) {
  std::vector<Text> texts;
  text::Analyzer analyzer;
  for (const auto& entry : reader.Manifest()) {
    const auto docid = reader.FindDocument(entry.id);
    if (docid == 0 || reader.TextNumber(docid) == 0) continue;
    std::uint32_t words = 0;
    Text text;
    text.id = entry.id;
    text.runs = RunsOf(analyzer, index::ReadText(reader.database(), reader.TextNumber(docid)), words);
    if (words < index::kMinSketchWords) continue;
    text.group = reader.database().get_document(docid).get_value(schema::kDuplicateSlot);
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "Usage: bench_duplicates DATA_DIR/INDEX\n");
    return 2;
  }
  auto reader = index::IndexReader::Open(argv[1]);
  if (!reader) {
    fmt::print(stderr, "{}\n", reader.error().message);
    return 1;
  }
  const std::vector<Text> texts = Read(*reader);
  constexpr std::array kSteps = {1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.0};
  std::array<std::uint64_t, kSteps.size()> pairs{}, grouped{};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double alike = Alike(texts[i], texts[j]);
      const auto step = static_cast<std::size_t>(
          std::find_if(kSteps.begin(), kSteps.end(), [&](double least) { return alike >= least; }) -
          kSteps.begin());
      ++pairs[step];
      const bool together = !texts[i].group.empty() && texts[i].group == texts[j].group;
      grouped[step] += together ? 1 : 0;
      if (together && alike < 0.5) fmt::print("{:.2f}  {}  {}\n", alike, texts[i].id, texts[j].id);
    }
  }
  std::map<std::string, std::size_t> groups;
  for (const Text& text : texts) {
    if (!text.group.empty()) ++groups[text.group];
  }
  fmt::print(
      "{} texts of at least {} words, {} groups\n\n| in common | pairs | in one group |\n|---|---|---|\n",
      texts.size(), index::kMinSketchWords, groups.size());
  for (std::size_t step = 0; step < kSteps.size(); ++step)
    fmt::print("| from {:.2f} | {} | {} |\n", kSteps[step], pairs[step], grouped[step]);
  return 0;
}
