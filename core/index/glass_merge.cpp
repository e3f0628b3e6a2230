// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_merge.h"

#include <xapian.h>

#include <future>
#include <string>
#include <string_view>
#include <utility>

#include "core/index/glass_encoding.h"
#include "core/index/glass_reader.h"
#include "core/index/glass_table.h"
#include "core/index/glass_version.h"
#include "core/index/posting_merge.h"
#include "core/index/table_cursor.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;
using glass::TableFile;

/// The least and the greatest number of a document; there must be some.
std::pair<std::uint32_t, std::uint32_t> UsedNumbers(const Xapian::Database& database) {
  auto number = database.postlist_begin("");
  const std::uint32_t first = *number;
  std::uint32_t last = database.get_lastdocid();
  if (last - first + 1 == database.get_doccount()) return {first, last};
  for (; number != database.postlist_end(""); ++number) last = *number;
  return {first, last};
}

/// Nothing if one of them has a format that is not known here.
std::vector<glass::MergedPart> OpenParts(const std::vector<fs::path>& paths, glass::Statistics& statistics) {
  std::vector<glass::MergedPart> parts;
  std::uint32_t next = 0;
  for (const fs::path& path : paths) {
    const auto version = glass::ReadVersionFile(path);
    if (!version) return {};
    const Xapian::Database database(path.string());
    if (database.get_doccount() == 0) {
      parts.push_back({path, version->roots, 0});
      continue;
    }
    // May be negative; numbers without a sign come right in the end.
    const auto [first, last] = UsedNumbers(database);
    const std::uint32_t offset = next - (first - 1);
    parts.push_back({path, version->roots, offset});
    next = offset + last;
    statistics.Add(version->statistics);
  }
  statistics.last_document = next;
  return parts;
}

/// Tables of which the keys are numbers of documents.
glass::TableRoot MergeByDocument(const std::vector<glass::MergedPart>& parts, glass::Table table,
                                 const fs::path& folder) {
  TableFile out(TablePath(folder, table));
  std::string key;
  for (const glass::MergedPart& part : parts) {
    glass::TableReader reader(TablePath(part.path, table), part.roots[table]);
    while (reader.Next()) {
      std::string_view rest = reader.key();
      const auto document = glass::TakeSortable(rest);
      if (!document) throw Xapian::DatabaseCorruptError("a document's key is malformed");
      key.clear();
      glass::PutSortable(key, *document + part.offset);
      key += rest;
      out.Add(key, reader.tag(), reader.compressed());
    }
  }
  return out.Finish();
}

/// The term and the document of a key.
class PositionCursor {
 public:
  explicit PositionCursor(const glass::MergedPart& part)
      : reader_(TablePath(part.path, glass::kPositionTable), part.roots[glass::kPositionTable]),
        offset_(part.offset) {}

  bool Next() {
    if (!reader_.Next()) return false;
    const std::size_t term = glass::SortableTextBytes(reader_.key()) + glass::kTermEnd.size();
    std::string_view rest = reader_.key();
    rest.remove_prefix(std::min(term, rest.size()));
    const auto document = glass::TakeSortable(rest);
    if (!document || !rest.empty()) throw Xapian::DatabaseCorruptError("a key of positions is malformed");
    key_ = reader_.key().substr(0, term);
    document_ = *document + offset_;
    return true;
  }
  std::string_view key() const { return key_; }
  std::uint32_t document() const { return document_; }
  std::string_view tag() const { return reader_.tag(); }

 private:
  glass::TableReader reader_;
  std::uint32_t offset_;
  std::string_view key_;
  std::uint32_t document_ = 0;
};

glass::TableRoot MergePositions(const std::vector<glass::MergedPart>& parts, const fs::path& folder) {
  TableFile out(TablePath(folder, glass::kPositionTable));
  glass::CursorQueue<PositionCursor> queue(parts);
  std::string key;
  while (const PositionCursor* cursor = queue.Next()) {
    key.assign(cursor->key());
    glass::PutSortable(key, cursor->document());
    out.Add(key, cursor->tag());
  }
  return out.Finish();
}

}  // namespace

void MergeDatabases(const std::vector<fs::path>& paths, const fs::path& folder) {
  glass::VersionFile version;
  const auto parts = OpenParts(paths, version.statistics);
  if (parts.size() < paths.size()) {
    Xapian::Database all;
    for (const fs::path& path : paths) all.add_database(Xapian::Database(path.string()));
    all.compact(folder.string(), 0);
    return;
  }
  fs::create_directory(folder);
  auto positions = std::async(std::launch::async, MergePositions, parts, folder);
  version.roots[glass::kPostingTable] = glass::MergePostings(parts, TablePath(folder, glass::kPostingTable));
  for (const glass::Table table : {glass::kDataTable, glass::kTermTable})
    version.roots[table] = MergeByDocument(parts, table, folder);
  version.roots[glass::kPositionTable] = positions.get();
  WriteVersionFile(folder, version);
}

}  // namespace quipu::index
