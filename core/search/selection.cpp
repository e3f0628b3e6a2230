// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/selection.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/nearest.h"
#include "core/query/filter_ast.h"
#include "core/search/doc_set_source.h"
#include "core/search/filter_evaluator.h"
#include "core/text/fold.h"

namespace quipu::search {
namespace {

using query::FilterKind;
using query::FilterNode;

double SystemNow() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// The parts of which a document must fulfil every one.
void CollectParts(const FilterNode& filter, std::vector<const FilterNode*>& parts) {
  if (filter.kind != FilterKind::kAll || filter.fixed) {
    parts.push_back(&filter);
    return;
  }
  for (const FilterNode& child : filter.children) CollectParts(child, parts);
}

/// Whether a facet of `field` may be counted as if `filter` were not there.
bool IsOnlyAbout(const FilterNode& filter, const std::string& field) {
  if (filter.fixed) return false;
  if (filter.kind > FilterKind::kNot) return filter.field == field;
  return std::all_of(filter.children.begin(), filter.children.end(),
                     [&](const FilterNode& child) { return IsOnlyAbout(child, field); });
}

}  // namespace

Xapian::Query Selection::Restricted(const Xapian::Query& query, const std::shared_ptr<const DocSet>& set) {
  if (!set || query.empty()) return query;
  const Xapian::Query source((new DocSetSource(set))->release());
  return Xapian::Query(Xapian::Query::OP_FILTER, query, source);
}

Result<Selection> Selection::Read(const SearchRequest& request, const index::IndexReader& reader,
                                  const std::shared_ptr<Columns>& columns, const config::Index& settings) {
  Selection selection;
  selection.deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(request.deadline_ms);
  std::vector<Facet> facets;
  if (!request.facets.empty() || !request.disjunctive_facets.empty()) {
    Result<std::vector<Facet>> read = ReadFacets(request, settings.facets, *columns->Fields(reader));
    if (!read) return read.error();
    facets = std::move(read).value();
  }
  for (const Facet& facet : facets)
    selection.facets_.push_back(
        {facet.name, facet.field ? columns->Get(reader, *facet.field) : nullptr, nullptr});
  const std::vector<std::string> any_field =
      request.sort_by_any_field ? SearchFieldNames(*columns->Fields(reader)) : std::vector<std::string>();
  Result<SortOrder> order = SortOrder::Read(
      request.sort, request.sort_by_any_field ? any_field : settings.sortable, reader, *columns);
  if (!order) return order.error();
  selection.order_ = std::move(order).value();
  if (Status read = selection.ReadDistinct(request.distinct, reader, *columns); !read) return read.error();
  try {
    if (Status read = selection.ReadFilter(request, reader, *columns, facets); !read) return read.error();
  } catch (const DeadlinePassed&) {
    selection.expired_ = true;
    selection.filter_ = std::make_shared<const DocSet>(reader.database().get_lastdocid());
  }
  selection.needs_all_ =
      request.exact_total || !facets.empty() || !selection.order_.empty() || selection.distinct_ != nullptr;
  return selection;
}

Status Selection::ReadDistinct(const std::string& field, const index::IndexReader& reader, Columns& columns) {
  if (field.empty()) return Done{};
  const auto fields = columns.Fields(reader);
  if (const auto known = FindSearchField(*fields, field)) {
    distinct_ = columns.Get(reader, *known);
    return Done{};
  }
  return Error{Code::kInvalidSearchDistinct,
               "`" + text::ValidUtf8(std::string_view(field).substr(0, 64)) +
                   "` in `distinct` is not a field of this index. Its fields are " +
                   QuotedNames(SearchFieldNames(*fields)) + "."};
}

Status Selection::ReadFilter(const SearchRequest& request, const index::IndexReader& reader, Columns& columns,
                             const std::vector<Facet>& facets) {
  std::vector<const FilterNode*> parts;
  CollectParts(request.filter, parts);
  if (parts.empty()) return Done{};
  FilterEvaluator evaluator(reader, columns, request.now ? *request.now : SystemNow(), deadline_);
  std::vector<DocSet> sets;
  for (const FilterNode* part : parts) {
    Result<DocSet> set = evaluator.Evaluate(*part);
    if (!set) return set.error();
    sets.push_back(std::move(set).value());
  }
  // What is left without the parts that are about one field only.
  const auto join = [&](const std::string* without) -> std::shared_ptr<const DocSet> {
    auto joined = std::make_shared<DocSet>(*columns.Documents(reader));
    for (std::size_t i = 0; i < sets.size(); ++i) {
      if (without == nullptr || !IsOnlyAbout(*parts[i], *without)) joined->And(sets[i]);
    }
    return joined;
  };
  filter_ = join(nullptr);
  for (std::size_t i = 0; i < facets.size(); ++i) {
    const std::string& name = facets[i].name;
    const bool filtered = std::any_of(parts.begin(), parts.end(),
                                      [&](const FilterNode* part) { return IsOnlyAbout(*part, name); });
    if (facets[i].disjunctive && filtered) facets_[i].among = join(&name);
  }
  return Done{};
}

}  // namespace quipu::search
