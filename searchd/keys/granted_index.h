// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/search/search_index.h"
#include "searchd/keys/grant.h"

namespace quipu::searchd {

/// An index as the sender of one request may see it: the only way in which routes reach one, so none can
/// forget a key's filter. Under a filter whatever is made from documents that are hidden is left out:
///
/// - no corrections: words of hidden documents would be offered;
/// - no details of scores: they count the documents of the whole index;
/// - only titles as suggestions, found by searching;
/// - figures: only how many documents may be seen.
///
/// Scores still weigh words by how rare they are in the whole index. Thread-safe; of one request.
class GrantedIndex {
 public:
  /// `grant` must outlive it.
  GrantedIndex(std::shared_ptr<const search::SearchIndex> index, const Grant& grant)
      : index_(std::move(index)), grant_(grant) {}

  const config::Index& settings() const { return index_->settings(); }
  const Grant& grant() const { return grant_; }

  Result<search::SearchResult> Search(search::SearchRequest request) const;
  /// kDocumentNotFound also for a document that is hidden: what it is about would be told.
  Result<search::SearchResult> Similar(search::SimilarRequest request) const;
  Result<schema::Document> GetDocument(const std::string& id, bool with_body) const;
  Result<std::vector<search::Suggestion>> Suggest(const std::string& q, std::size_t limit) const;

  /// Of the index; under a filter with only so many documents as may be seen, and no languages.
  Result<index::IndexFacts> Facts() const;
  /// Under a filter empty.
  Result<std::map<std::string, std::uint64_t>> FieldDistribution() const;
  /// Bytes on disk; under a filter 0.
  std::uint64_t SizeBytes() const;

  std::string AidsTag() const { return index_->AidsTag(); }
  std::string SuggestionsTag() const { return index_->SuggestionsTag(); }
  /// The state of the index, for tags: not counted, whatever the filter.
  Result<index::IndexFacts> State() const { return index_->Facts(); }
  bool AwaitWords(std::chrono::milliseconds at_most) const { return index_->AwaitWords(at_most); }

 private:
  query::FilterNode Confined(query::FilterNode filter) const;
  Result<std::vector<search::Suggestion>> SuggestTitles(const std::string& q, std::size_t limit) const;

  std::shared_ptr<const search::SearchIndex> index_;
  const Grant& grant_;
};

}  // namespace quipu::searchd
