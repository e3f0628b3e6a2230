// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/keys/granted_index.h"

#include <algorithm>

namespace quipu::searchd {
namespace {

// Of one count; the deadline of a request is for its search.
constexpr std::int64_t kCountMilliseconds = 1000;

Error HiddenDocument(const std::string& id) {
  return {Code::kDocumentNotFound, "Document `" + id + "` not found."};
}

query::FilterNode IdIs(const std::string& id) {
  query::FilterNode filter;
  filter.kind = query::FilterKind::kOneOf;
  filter.field = "id";
  filter.values = {{.text = id, .place = {}}};
  return filter;
}

}  // namespace

query::FilterNode GrantedIndex::Confined(query::FilterNode filter) const {
  std::vector<query::FilterNode> both;
  both.push_back(grant_.filter);
  both.push_back(std::move(filter));
  return query::AllOf(std::move(both));
}

Result<search::SearchResult> GrantedIndex::Search(search::SearchRequest request) const {
  if (!grant_.IsConfined()) return index_->Search(request);
  request.filter = Confined(std::move(request.filter));
  request.typos = false;
  request.score_details = false;
  request.explain = false;
  return index_->Search(request);
}

Result<search::SearchResult> GrantedIndex::Similar(search::SimilarRequest request) const {
  if (!grant_.IsConfined()) return index_->Similar(request);
  if (const auto seen = GetDocument(request.id, false); !seen) return seen.error();
  request.filter = Confined(std::move(request.filter));
  return index_->Similar(request);
}

Result<schema::Document> GrantedIndex::GetDocument(const std::string& id, bool with_body) const {
  if (!grant_.IsConfined()) return index_->GetDocument(id, with_body);
  // One search looks at the filter and reads the document in one state of the index.
  search::SearchRequest request;
  request.filter = Confined(IdIs(id));
  request.limit = 1;
  request.passages = 0;
  request.fold_duplicates = false;
  request.with_body = with_body;
  const auto found = index_->Search(request);
  if (!found) return found.error();
  if (found->hits.empty() || found->hits.front().document.id != id) return HiddenDocument(id);
  return found->hits.front().document;
}

Result<std::vector<search::Suggestion>> GrantedIndex::Suggest(const std::string& q, std::size_t limit) const {
  return grant_.IsConfined() ? SuggestTitles(q, limit) : index_->Suggest(q, limit);
}

Result<std::vector<search::Suggestion>> GrantedIndex::SuggestTitles(const std::string& q,
                                                                    std::size_t limit) const {
  std::vector<search::Suggestion> titles;
  if (limit == 0 || q.find_first_not_of(" \t\r\n") == std::string::npos) return titles;
  search::SearchRequest request;
  request.q = q;
  request.limit = static_cast<std::uint32_t>(limit);
  request.passages = 0;
  request.matching_strategy = search::MatchingStrategy::kAll;
  request.attributes_to_search_on = {"title"};
  const auto found = Search(std::move(request));
  if (!found) return found.error();
  for (const search::Hit& hit : found->hits) {
    const schema::Document& document = hit.document;
    const auto same = [&](const search::Suggestion& listed) { return listed.text == document.title; };
    if (document.title.empty() || std::any_of(titles.begin(), titles.end(), same)) continue;
    titles.push_back({.text = document.title, .kind = search::SuggestionKind::kTitle, .url = document.url});
  }
  return titles;
}

Result<index::IndexFacts> GrantedIndex::Facts() const {
  auto facts = index_->Facts();
  if (!facts || !grant_.IsConfined()) return facts;
  search::SearchRequest request;
  request.limit = 0;
  request.passages = 0;
  request.exact_total = true;
  request.fold_duplicates = false;
  request.deadline_ms = kCountMilliseconds;
  const auto counted = Search(std::move(request));
  if (!counted) return counted.error();
  facts->documents = counted->total;
  facts->languages.clear();
  facts->language_counts.clear();
  return facts;
}

Result<std::map<std::string, std::uint64_t>> GrantedIndex::FieldDistribution() const {
  if (grant_.IsConfined()) return std::map<std::string, std::uint64_t>();
  return index_->FieldDistribution();
}

std::uint64_t GrantedIndex::SizeBytes() const { return grant_.IsConfined() ? 0 : index_->SizeBytes(); }

}  // namespace quipu::searchd
