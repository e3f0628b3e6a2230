// SPDX-License-Identifier: GPL-2.0-or-later
// Random documents and random filters, sorts and facets against an evaluator that looks at one document after
// the other.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/query/date_period.h"
#include "core/query/filter_parser.h"
#include "core/schema/date.h"
#include "core/text/fold.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

using query::FilterKind;
using query::FilterNode;
using schema::Scalar;

const double kNow = *schema::ParseDate("2024-02-27T12:00:00Z");

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int Below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
  bool Chance(int percent) { return Below(100) < percent; }
  template <typename T>
  const T& Of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(Below(static_cast<int>(values.size())))];
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kTags = {"Perú", "peru", "PERU", "water", "Human Rights",
                                        "a, b", "x\"y", "año",  "ano"};
const std::vector<std::string> kDates = {"2022",       "2023-01",   "2023-01-17", "2023-01-17T10:20:30Z",
                                         "2024-02-27", "1969-07-20"};
const std::vector<std::string> kLanguages = {"es", "en", "fr"};
const std::vector<std::string> kFilterDates = {"2022",  "2023-01",          "2023-01-17", "now-1y",
                                               "now/d", "2023-01-17T10:20", "1969"};

schema::Document RandomDocument(int number, Dice& dice) {
  schema::Document document = Text("d" + std::to_string(number), "title " + std::to_string(number),
                                   dice.Chance(50) ? "green tea" : "black tea tea", dice.Of(kLanguages));
  if (dice.Chance(70)) document.date = dice.Of(kDates);
  if (dice.Chance(80)) {
    std::vector<Scalar> tags;
    for (int i = dice.Below(4); i > 0; --i) tags.emplace_back(dice.Of(kTags));
    document.fields["tags"] = tags;
  }
  if (dice.Chance(10)) document.fields["tags"] = std::monostate();
  if (dice.Chance(80)) document.fields["n"] = static_cast<double>(dice.Below(20)) / 2;
  if (dice.Chance(20)) document.fields["n"] = std::vector<Scalar>{1.0, static_cast<double>(dice.Below(20))};
  if (dice.Chance(60)) document.fields["open"] = dice.Chance(50);
  return document;
}

FilterNode RandomCondition(Dice& dice) {
  FilterNode node;
  const auto value = [&](const std::string& text) { node.values.push_back({text, {}}); };
  const std::vector<FilterKind> comparisons = {FilterKind::kGreater, FilterKind::kAtLeast, FilterKind::kLess,
                                               FilterKind::kAtMost, FilterKind::kBetween};
  const std::vector<FilterKind> presences = {FilterKind::kExists, FilterKind::kIsNull, FilterKind::kIsEmpty};
  const std::vector<std::string> fields = {"tags", "n", "date", "language", "open"};
  node.field = dice.Of(fields);
  if (dice.Chance(15)) {
    node.kind = dice.Of(presences);
    return node;
  }
  const bool ordered = node.field == "n" || node.field == "date";
  const auto draw = [&] {
    if (node.field == "tags") return dice.Of(kTags);
    if (node.field == "n") return schema::NumberText(dice.Below(20) / 2.0);
    if (node.field == "date") return dice.Of(kFilterDates);
    if (node.field == "language") return dice.Of(kLanguages);
    return std::string(dice.Chance(50) ? "true" : "false");
  };
  node.kind = FilterKind::kOneOf;
  if (ordered && dice.Chance(60)) node.kind = dice.Of(comparisons);
  if (node.field == "tags" && dice.Chance(30))
    node.kind = dice.Chance(50) ? FilterKind::kStartsWith : FilterKind::kContains;
  int values = node.kind == FilterKind::kBetween ? 2 : 1;
  if (node.kind == FilterKind::kOneOf) values = dice.Below(4);
  for (int i = 0; i < values; ++i) value(draw());
  return node;
}

FilterNode RandomFilter(int depth, Dice& dice) {
  if (depth == 0 || dice.Chance(40)) return RandomCondition(dice);
  FilterNode node;
  const int kind = dice.Below(3);
  node.kind = kind == 0 ? FilterKind::kAll : kind == 1 ? FilterKind::kAny : FilterKind::kNot;
  const int children = node.kind == FilterKind::kNot ? 1 : 1 + dice.Below(3);
  for (int i = 0; i < children; ++i) node.children.push_back(RandomFilter(depth - 1, dice));
  return node;
}

// The naive evaluator, by the rules of docs/filters.md.
std::vector<std::string> ValuesOf(const schema::Document& document, const std::string& field) {
  if (field == "language") return {document.language};
  if (field == "date") return document.date.empty() ? std::vector<std::string>() : std::vector{document.date};
  const auto found = document.fields.find(field);
  return found == document.fields.end() ? std::vector<std::string>() : schema::ValueTexts(found->second);
}

bool HasPresence(const schema::Document& document, const FilterNode& node) {
  const auto found = document.fields.find(node.field);
  const bool built_in = node.field == "language" || node.field == "date";
  if (node.kind == FilterKind::kExists)
    return built_in ? !ValuesOf(document, node.field).empty() : found != document.fields.end();
  if (found == document.fields.end()) return false;
  if (node.kind == FilterKind::kIsNull) return std::holds_alternative<std::monostate>(found->second);
  const auto* list = std::get_if<std::vector<Scalar>>(&found->second);
  return list != nullptr && list->empty();
}

bool Fulfils(const std::string& value, const FilterNode& node) {
  const std::string key = text::Fold(value);
  if (node.kind == FilterKind::kStartsWith) return key.starts_with(text::Fold(node.values[0].text));
  if (node.kind == FilterKind::kContains)
    return key.find(text::Fold(node.values[0].text)) != std::string::npos;
  if (node.field != "n" && node.field != "date") {
    return std::any_of(node.values.begin(), node.values.end(),
                       [&](const query::FilterValue& v) { return text::Fold(v.text) == key; });
  }
  const double number = node.field == "date" ? *schema::ParseDate(value) : std::stod(value);
  const auto period = [&](const query::FilterValue& v) {
    if (node.field == "date") return *query::ReadDatePeriod(v.text, kNow);
    return query::DatePeriod{std::stod(v.text), std::nextafter(std::stod(v.text), 1e9)};
  };
  const auto inside = [&](const query::FilterValue& v) {
    return number >= period(v).begin && number < period(v).end;
  };
  switch (node.kind) {
    case FilterKind::kOneOf: return std::any_of(node.values.begin(), node.values.end(), inside);
    case FilterKind::kGreater: return number >= period(node.values[0]).end;
    case FilterKind::kAtLeast: return number >= period(node.values[0]).begin;
    case FilterKind::kLess: return number < period(node.values[0]).begin;
    case FilterKind::kAtMost: return number < period(node.values[0]).end;
    default: return number >= period(node.values[0]).begin && number < period(node.values[1]).end;
  }
}

bool Matches(const schema::Document& document, const FilterNode& node) {
  const auto match = [&](const FilterNode& child) { return Matches(document, child); };
  switch (node.kind) {
    case FilterKind::kAll: return std::all_of(node.children.begin(), node.children.end(), match);
    case FilterKind::kAny: return std::any_of(node.children.begin(), node.children.end(), match);
    case FilterKind::kNot: return !match(node.children.front());
    case FilterKind::kExists:
    case FilterKind::kIsNull:
    case FilterKind::kIsEmpty: return HasPresence(document, node);
    default: break;
  }
  const auto values = ValuesOf(document, node.field);
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return Fulfils(value, node); });
}

std::map<std::string, std::uint64_t> CountTags(const std::vector<const schema::Document*>& documents) {
  std::map<std::string, std::uint64_t> counts;
  for (const schema::Document* document : documents) {
    std::set<std::string> keys;
    for (const std::string& value : ValuesOf(*document, "tags")) keys.insert(text::Fold(value));
    for (const std::string& key : keys) ++counts[key];
  }
  return counts;
}

class RandomSelections : public testing::TestWithParam<unsigned> {
 protected:
  static constexpr int kDocuments = 120;

  RandomSelections() : dice_(GetParam()) {
    for (int i = 0; i < kDocuments; ++i) documents_.push_back(RandomDocument(i, dice_));
    folder_.Put(documents_, true);
    // Documents that change and go leave gaps in the numbers.
    std::vector<schema::Document> changed;
    for (int i = 0; i < 20; ++i) {
      schema::Document& document = documents_[static_cast<std::size_t>(dice_.Below(kDocuments))];
      document = RandomDocument(std::stoi(document.id.substr(1)), dice_);
      changed.push_back(document);
    }
    folder_.Put(changed);
    settings_.facets = {"tags"};
    settings_.sortable = {"n", "date"};
    index_.emplace(settings_, folder_.root());
  }

  std::vector<const schema::Document*> Expected(const FilterNode& filter, bool green) const {
    std::vector<const schema::Document*> found;
    for (const schema::Document& document : documents_) {
      if (green && document.body.find("green") == std::string::npos) continue;
      if (Matches(document, filter)) found.push_back(&document);
    }
    return found;
  }

  // By n downwards, without n last, ties by id.
  static std::vector<std::string> InOrder(std::vector<const schema::Document*> documents) {
    const auto key = [](const schema::Document* document) {
      std::optional<double> greatest;
      for (const std::string& value : ValuesOf(*document, "n"))
        greatest = std::max(greatest.value_or(std::stod(value)), std::stod(value));
      return greatest;
    };
    std::sort(documents.begin(), documents.end(), [&](const auto* a, const auto* b) {
      if (key(a) != key(b)) return key(a) > key(b);  // nothing is less than any number
      return a->id < b->id;
    });
    std::vector<std::string> ids;
    for (const schema::Document* document : documents) ids.push_back(document->id);
    return ids;
  }

  Dice dice_;
  std::vector<schema::Document> documents_;
  SmallIndex folder_;
  config::Index settings_;
  std::optional<SearchIndex> index_;
};

TEST_P(RandomSelections, AgreeWithLookingAtEveryDocument) {
  for (int round = 0; round < 150; ++round) {
    SearchRequest request;
    request.filter = RandomFilter(3, dice_);
    request.now = kNow;
    request.passages = 0;
    const bool green = dice_.Chance(50);
    request.q = green ? "+green" : "";
    const auto expected = Expected(request.filter, green);
    const std::string shown = query::Print(request.filter) + (green ? " green" : "");

    request.limit = 1000;
    const SearchResult plain = Ask(*index_, request);
    EXPECT_EQ(plain.total, expected.size()) << shown;
    EXPECT_EQ(plain.hits.size(), expected.size()) << shown;

    request.facets = {"tags"};
    if (!green) request.sort = {"n:desc"};
    request.offset = static_cast<std::uint32_t>(dice_.Below(10));
    request.limit = 7;
    const SearchResult chosen = Ask(*index_, request);
    EXPECT_EQ(chosen.total, expected.size()) << shown;
    std::map<std::string, std::uint64_t> counts;
    for (const FacetValue& value : chosen.facets.at(0).values) counts[text::Fold(value.text)] = value.count;
    EXPECT_EQ(counts, CountTags(expected)) << shown;
    std::vector<std::string> ids;
    for (const Hit& hit : chosen.hits) ids.push_back(hit.document.id);
    std::vector<std::string> window;
    if (green) {
      for (std::size_t i = request.offset; i < std::min<std::size_t>(request.offset + 7, plain.hits.size());
           ++i)
        window.push_back(plain.hits[i].document.id);
    } else {
      const auto all = InOrder(expected);
      for (std::size_t i = request.offset; i < std::min<std::size_t>(request.offset + 7, all.size()); ++i)
        window.push_back(all[i]);
    }
    EXPECT_EQ(ids, window) << shown;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSelections, testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace quipu::search
