// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/config/config.h"
#include "indexer/source/json_document.h"
#include "indexer/source/line_file.h"
#include "indexer/source/source.h"

namespace quipu::source {

/// The lines of a file, each a JSON document; `type = "jsonl"`. The file is read at every run; a line that
/// is byte for byte what it was is unchanged. Of lines with the same id the last counts.
class JsonlSource final : public Source {
 public:
  JsonlSource(std::string name, std::string mark, config::Source settings);

  const std::string& name() const override { return name_; }
  const std::string& mark() const override { return mark_; }
  Result<Listing> List(const Scan& scan) override;
  Reading Read(const Found& found, const std::optional<index::FileStamp>& known,
               const ExtractFunction& extract) override;
  std::optional<Hash> ContentHash(const Found& found) override { return found.stamp.hash; }

 private:
  void Take(const LineFile::Line& line, Listing& listing) const;

  std::string name_;
  std::string mark_;
  config::Source settings_;
  JsonDefaults defaults_;
  std::optional<LineFile> file_;  // since List()
};

}  // namespace quipu::source
