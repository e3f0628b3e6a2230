// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/sort_order.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "core/search/search_field.h"
#include "core/text/fold.h"

namespace quipu::search {
namespace {

// More keys than that decide nothing any more.
constexpr std::size_t kMaxKeys = 16;

struct Wanted {
  std::string name;
  bool descending = false;
};

Error Fault(std::string message) { return {Code::kInvalidSearchSort, std::move(message)}; }

std::string Shown(std::string_view text) { return "`" + text::ValidUtf8(text.substr(0, 64)) + "`"; }

Result<Wanted> ReadKey(const std::string& key, const std::vector<std::string>& allowed) {
  const std::size_t colon = key.rfind(':');
  const std::string direction = colon == std::string::npos ? "" : key.substr(colon + 1);
  if (direction != "asc" && direction != "desc") {
    return Fault(Shown(key) +
                 " in `sort` has no direction: expected a field with `:asc` or `:desc`, such as "
                 "`date:desc`.");
  }
  Wanted wanted{key.substr(0, colon), direction == "desc"};
  if (std::find(allowed.begin(), allowed.end(), wanted.name) != allowed.end()) return wanted;
  return Fault(Shown(wanted.name) + " in `sort` is not a field that this index sorts by. " +
               (allowed.empty() ? "It has none; name them as `sortable` in its configuration."
                                : "It sorts by " + QuotedNames(allowed) + "."));
}

}  // namespace

Result<SortOrder> SortOrder::Read(const std::vector<std::string>& sort,
                                  const std::vector<std::string>& allowed, const index::IndexReader& reader,
                                  Columns& columns) {
  SortOrder order;
  if (sort.empty()) return order;
  if (sort.size() > kMaxKeys) return Fault("`sort` may have at most " + std::to_string(kMaxKeys) + " keys.");
  const auto fields = columns.Fields(reader);
  for (const std::string& key : sort) {
    Result<Wanted> wanted = ReadKey(key, allowed);
    if (!wanted) return wanted.error();
    // A field that no document has leaves the order as it is.
    const std::optional<SearchField> field = FindSearchField(*fields, wanted->name);
    order.keys_.push_back({field ? columns.Get(reader, *field) : nullptr, wanted->descending});
  }
  order.ids_ = columns.Get(reader, *FindSearchField(*fields, "id"));
  return order;
}

Column::Ordinal SortOrder::Key::Of(Xapian::docid docid) const {
  if (!column) return Column::kNone;
  const auto values = column->Of(docid);
  if (values.empty()) return Column::kNone;
  return descending ? values.back() : values.front();
}

bool SortOrder::operator()(const Candidate& a, const Candidate& b) const {
  for (const Key& key : keys_) {
    const Column::Ordinal of_a = key.Of(a.docid);
    const Column::Ordinal of_b = key.Of(b.docid);
    if (of_a == of_b) continue;
    if (of_a == Column::kNone || of_b == Column::kNone) return of_b == Column::kNone;
    return key.descending ? of_a > of_b : of_a < of_b;
  }
  if (a.weight != b.weight) return a.weight > b.weight;
  if (!ids_) return a.docid < b.docid;
  const auto id_a = ids_->Of(a.docid);
  const auto id_b = ids_->Of(b.docid);
  if (id_a.empty() || id_b.empty()) return a.docid < b.docid;
  return id_a.front() < id_b.front();
}

std::vector<SortValue> SortOrder::ValuesOf(Xapian::docid docid) const {
  std::vector<SortValue> values;
  for (const Key& key : keys_) {
    SortValue& value = values.emplace_back();
    const Column::Ordinal ordinal = key.Of(docid);
    if (ordinal == Column::kNone) continue;
    const schema::ValueType type = key.column->type();
    const bool counts = type == schema::ValueType::kNumber || type == schema::ValueType::kDate;
    value.number = key.column->Number(ordinal);
    value.kind = counts && !std::isnan(value.number) ? SortValue::Kind::kNumber : SortValue::Kind::kText;
    value.text = key.column->Key(ordinal);
  }
  return values;
}

int Compare(const SortValue& a, const SortValue& b, bool descending) {
  if (a.kind != b.kind) return a.kind < b.kind ? -1 : 1;
  int order = 0;
  if (a.kind == SortValue::Kind::kNumber) order = a.number < b.number ? -1 : (a.number > b.number ? 1 : 0);
  if (a.kind == SortValue::Kind::kText) order = a.text.compare(b.text);
  return descending ? -order : order;
}

void SortOrder::PutFirst(std::vector<Candidate>& candidates, std::size_t count) const {
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(count, candidates.size()));
  std::partial_sort(candidates.begin(), end, candidates.end(), std::cref(*this));
}

}  // namespace quipu::search
