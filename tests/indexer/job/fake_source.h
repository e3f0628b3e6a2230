// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>

#include "indexer/job/inventory.h"

namespace quipu::job {

/// A source that has what a test says.
class FakeSource final : public source::Source {
 public:
  explicit FakeSource(std::string name) : name_(std::move(name)), mark_(name_ + "#0") {}

  const std::string& name() const override { return name_; }
  const std::string& mark() const override { return mark_; }
  Result<source::Listing> List(const source::Scan&) override { return listing; }
  source::Reading Read(const source::Found& found, const std::optional<index::FileStamp>&,
                       const source::ExtractFunction&) override {
    return readings.at(found.id);
  }
  std::optional<source::Hash> ContentHash(const source::Found& found) override {
    const auto place = hashes.find(found.id);
    return place == hashes.end() ? std::nullopt : std::optional(place->second);
  }

  source::Listing listing;
  std::map<std::string, source::Reading> readings;
  std::map<std::string, source::Hash> hashes;

 private:
  std::string name_;
  std::string mark_;
};

/// A file as a listing has it.
inline source::Found File(std::string id, std::int64_t mtime_ns = 1, std::uint64_t size = 1) {
  source::Found found;
  found.id = id;
  found.name = std::move(id);
  found.stamp.mtime_ns = mtime_ns;
  found.stamp.size = size;
  return found;
}

/// What the index remembers of such a file.
inline index::ManifestEntry Entry(std::string id, std::string source = "folder:a#0",
                                  std::string state = "indexed") {
  index::ManifestEntry entry;
  entry.id = std::move(id);
  entry.source = std::move(source);
  entry.state = std::move(state);
  entry.stamp.mtime_ns = 1;
  entry.stamp.size = 1;
  return entry;
}

}  // namespace quipu::job
