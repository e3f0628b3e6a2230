// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/index/index_reader.h"
#include "core/search/column.h"
#include "core/search/doc_set.h"
#include "core/search/search_field.h"

namespace quipu::search {

/// Columns and sets of documents of one state of an index, read when they are first asked for and kept while
/// there is room. Thread-safe. A reader that is given must be in this state; what it throws while it reads
/// leaves nothing behind, so the request can be repeated.
class Columns {
 public:
  /// `max_bytes`: those unused for longest are dropped beyond it. What is in use stays as long as it is.
  explicit Columns(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  std::shared_ptr<const Column> Get(const index::IndexReader& reader, const SearchField& field);

  /// The user-defined fields of this state.
  std::shared_ptr<const index::FieldTable::Columns> Fields(const index::IndexReader& reader);

  /// Every document.
  std::shared_ptr<const DocSet> Documents(const index::IndexReader& reader);

  /// A set by name, such as that of a frequent filter term; `make` is asked if it is not known.
  std::shared_ptr<const DocSet> Set(const std::string& name,
                                    const std::function<std::shared_ptr<const DocSet>()>& make);

  /// The fields whose columns are there now.
  std::vector<std::string> Names() const;

  std::size_t bytes() const;

 private:
  struct Kept {
    std::mutex mutex;  // held while it is made, so that others wait instead of making it too
    std::shared_ptr<const void> made;
    std::size_t bytes = 0;
  };
  struct Entry {
    std::shared_ptr<Kept> kept;
    std::list<std::string>::iterator use;
  };

  template <typename T, typename Make>
  std::shared_ptr<const T> Find(const std::string& name, const Make& make);
  std::shared_ptr<Kept> Open(const std::string& name);
  void Account(const std::string& name, const Kept& kept);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;  // the members below
  std::map<std::string, Entry> entries_;
  std::list<std::string> used_;  // the latest first
  std::size_t bytes_ = 0;
};

/// The columns of the states that an index's readers are in: the newest and the one before. Searches that
/// began with an older one keep its columns until they end. Thread-safe.
class ColumnStore {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

  explicit ColumnStore(std::size_t max_bytes = kMaxBytes) : max_bytes_(max_bytes) {}

  std::shared_ptr<Columns> Of(const index::IndexReader& reader);

  /// Reads for the state of `reader` the columns that searches of the state before asked for, so that the
  /// first search after a commit need not.
  void Warm(const index::IndexReader& reader);

  std::size_t bytes() const;

 private:
  struct State {
    std::uint64_t generation = 0;
    std::uint64_t revision = 0;
    std::shared_ptr<Columns> columns;
  };

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::vector<State> states_;  // the latest last
};

}  // namespace quipu::search
