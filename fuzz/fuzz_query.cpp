// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes are a query: they parse, within bounds, and what comes out runs.
#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query_analysis.h"
#include "core/query/query_compiler.h"
#include "core/query/query_parser.h"

namespace {

using namespace quipu;

struct Shape {
  int depth = 0;
  std::size_t leaves = 0;
  std::size_t nears = 0;
};

void Demand(bool condition) {
  if (!condition) std::abort();
}

void Measure(const query::Node& node, int depth, Shape& shape) {
  shape.depth = std::max(shape.depth, depth);
  const bool leaf = node.kind == query::NodeKind::kWord || node.kind == query::NodeKind::kPhrase;
  Demand(!leaf || node.children.empty());
  if (leaf) ++shape.leaves;
  if (node.kind == query::NodeKind::kNear) ++shape.nears;
  for (const query::Node& child : node.children) Measure(child, depth + 1, shape);
}

void CheckAnalysed(const query::Node& node) {
  if (node.kind == query::NodeKind::kWord) Demand(node.words.size() == 1);
  if (node.kind == query::NodeKind::kPhrase) Demand(!node.words.empty());
  for (const query::Node& child : node.children) CheckAnalysed(child);
}

// Three documents are enough for every kind of Xapian query to be built and run.
Xapian::Database& SmallDatabase() {
  static Xapian::Database database = [] {
    Xapian::WritableDatabase writable("", Xapian::DB_BACKEND_INMEMORY);
    for (const char* text : {"a b c", "a tea b", "tea tees"}) {
      Xapian::Document document;
      Xapian::termpos position = 1;
      for (std::string_view rest = text; !rest.empty();) {
        const std::string word(rest.substr(0, rest.find(' ')));
        document.add_posting(word, position);
        document.add_posting("S" + word, position++);
        document.add_term("Z" + word);
        document.add_term("ZS" + word);
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
      writable.add_document(document);
    }
    return Xapian::Database(writable);
  }();
  return database;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  query::Node tree = query::ParseQuery(text);
  Shape shape;
  Measure(tree, 0, shape);
  Demand(shape.depth <= 4 * query::kMaxNesting + 8);
  Demand(shape.leaves <= std::min(size, query::kMaxQueryBytes));
  Demand(shape.nears <= query::kMaxNears);
  query::Print(tree);

  static text::Analyzer analyzer;
  static const std::vector<std::string> kLanguages = {"en", "es"};
  query::AnalyzeQuery(tree, analyzer, kLanguages);
  CheckAnalysed(tree);
  query::Print(tree);

  query::TermStatistics statistics(SmallDatabase());
  query::CompileOptions options;
  options.folded_bonus = options.exact_bonus = options.prefix_share = options.title_bonus = 0.2;
  options.enough_share = 0.2;
  options.all_words_boost = 1;
  options.typing_walk = options.typing_keep = options.prefix_walk = options.prefix_keep = 10;
  options.needed = static_cast<query::Needed>(size % 4);
  const query::CompiledQuery compiled = query::CompileQuery(tree, statistics, options);
  Demand(compiled.words.size() <= 2 * query::kMaxWords);
  Xapian::Enquire enquire(SmallDatabase());
  enquire.set_weighting_scheme(query::TermWeight({}));
  enquire.set_query(compiled.query);
  const Xapian::MSet found = enquire.get_mset(0, 10);
  for (auto hit = found.begin(); hit != found.end(); ++hit) {
    Demand(hit.get_weight() >= 0 && hit.get_weight() <= compiled.best_weight * 1.0001 + 0.01);
  }
  return 0;
}
