// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/request_key.h"

namespace quipu::search {

// Each binding names every member: whoever adds one is stopped here by the compiler, or two searches that
// differ in it would get one answer.

void KeyWriter::Add(const query::FilterNode& filter) {
  const auto& [kind, children, field, values, place, fixed] = filter;
  static_cast<void>(place);  // for errors, which are not kept
  Add(kind);
  Add(fixed);
  Add(field);
  Add(values.size());
  for (const query::FilterValue& value : values) Add(value.text);
  Add(children);
}

void KeyWriter::Add(const CroppedField& field) {
  const auto& [name, words] = field;
  Add(name);
  Add(words);
}

void KeyWriter::Add(const FieldFormat& format) {
  const auto& [retrieve, highlight, crop, pre_tag, post_tag, crop_marker, matches_position] = format;
  Add(retrieve);
  Add(highlight);
  Add(crop);
  Add(pre_tag);
  Add(post_tag);
  Add(crop_marker);
  Add(matches_position);
}

void KeyWriter::Add(const SearchRequest& request) {
  const auto& [q, offset, limit, passages, strategy, search_on, locales, filter, sort, sort_by_any, distinct,
               facets, disjunctive, facet_query, now, exact_total, typos, with_body, explain, deadline_ms,
               format, threshold, details, fold, newest_first, scores_only] = request;
  Add(q);
  Add(offset);
  Add(limit);
  Add(passages);
  Add(strategy);
  Add(search_on);
  Add(locales);
  Add(filter);
  Add(sort);
  Add(sort_by_any);
  Add(distinct);
  Add(facets);
  Add(disjunctive);
  Add(facet_query);
  Add(now);
  Add(exact_total);
  Add(typos);
  Add(with_body);
  Add(explain);
  Add(deadline_ms);
  Add(format);
  Add(threshold);
  Add(details);
  Add(fold);
  Add(newest_first);
  Add(scores_only);
}

bool DependsOnClock(const SearchRequest& request) { return !request.now && query::UsesClock(request.filter); }

}  // namespace quipu::search
