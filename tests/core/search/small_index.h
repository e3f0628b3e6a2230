// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/index/index_job.h"
#include "core/schema/document.h"
#include "core/search/search_index.h"

namespace quipu::search {

/// An index in a folder of its own that goes away with this object.
class SmallIndex {
 public:
  SmallIndex();
  ~SmallIndex();
  SmallIndex(const SmallIndex&) = delete;
  SmallIndex& operator=(const SmallIndex&) = delete;

  const std::filesystem::path& root() const { return root_; }

  /// Adds documents; in place unless `rebuild`.
  void Put(const std::vector<schema::Document>& documents, bool rebuild = false) const;

 private:
  std::filesystem::path root_;
};

/// A document with body and title, in English unless said otherwise.
schema::Document Text(const std::string& id, const std::string& title, const std::string& body,
                      const std::string& language = "en");

/// "a b c": the ids of the hits in order.
std::string Ids(const SearchResult& result);

/// The answer, which must be one.
SearchResult Ask(const SearchIndex& index, const std::string& q);
SearchResult Ask(const SearchIndex& index, const SearchRequest& request);

}  // namespace quipu::search
