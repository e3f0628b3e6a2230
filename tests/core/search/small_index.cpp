// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/core/search/small_index.h"

#include <cstdlib>

#include <stdexcept>

namespace quipu::search {

SmallIndex::SmallIndex() {
  std::string name = (std::filesystem::temp_directory_path() / "quipu-search-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  root_ = name + "/index";
}

SmallIndex::~SmallIndex() {
  std::error_code ignored;
  std::filesystem::remove_all(root_.parent_path(), ignored);
}

void SmallIndex::Put(const std::vector<schema::Document>& documents, bool rebuild) const {
  index::JobOptions options;
  options.rebuild = rebuild;
  options.small_change = !rebuild;
  options.threads = 1;
  auto job = index::IndexJob::Begin(root_, options);
  if (!job) throw std::runtime_error(job.error().message);
  for (const schema::Document& document : documents) {
    (*job)->Put(document,
                {.id = document.id, .source = "test", .container = "", .state = "indexed", .reason = ""});
  }
  (*job)->Publish();
}

schema::Document Text(const std::string& id, const std::string& title, const std::string& body,
                      const std::string& language) {
  schema::Document document;
  document.id = id;
  document.url = "https://example.org/" + id;
  document.title = title;
  document.body = body;
  document.language = language;
  document.type = "html";
  return document;
}

std::string Ids(const SearchResult& result) {
  std::string ids;
  for (const Hit& hit : result.hits) ids += (ids.empty() ? "" : " ") + hit.document.id;
  return ids;
}

SearchResult Ask(const SearchIndex& index, const SearchRequest& request) {
  Result<SearchResult> result = index.Search(request);
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(result).value();
}

SearchResult Ask(const SearchIndex& index, const std::string& q) {
  SearchRequest request;
  request.q = q;
  return Ask(index, request);
}

}  // namespace quipu::search
