// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "indexer/source/folder_tree.h"
#include "indexer/source/source.h"

namespace quipu::source {

/// The files of a folder, each a document; `type = "folder"`.
class FolderSource final : public Source {
 public:
  /// `not_into`: folders that are no part of the source even if they lie in it (the index's data).
  FolderSource(std::string name, std::string mark, config::Source settings,
               std::vector<std::filesystem::path> not_into);

  const std::string& name() const override { return name_; }
  const std::string& mark() const override { return mark_; }
  Result<Listing> List(const Scan& scan) override;
  Reading Read(const Found& found, const std::optional<index::FileStamp>& known,
               const ExtractFunction& extract) override;
  void CompleteMember(const Found& found, schema::Document& member) const override;
  std::optional<Hash> ContentHash(const Found& found) override;

 private:
  void Complete(schema::Document& document, const Found& found, std::int64_t mtime_ns) const;

  std::string name_;
  std::string mark_;
  config::Source settings_;
  std::vector<std::filesystem::path> not_into_;
  std::optional<FolderTree> tree_;  // since List()
};

}  // namespace quipu::source
