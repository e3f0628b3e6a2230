// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"
#include "indexer/extract/extractor.h"
#include "indexer/extract/members.h"

namespace quipu::extract {

/// Longest value of a metadata field, and most values of one that has several.
inline constexpr std::size_t kMaxFieldBytes = 8192;
inline constexpr std::size_t kMaxFieldValues = 100;

/// A file in memory. `cut` says that `bytes` is only its beginning.
struct FileContent {
  std::string_view bytes;
  std::string_view name;  // relative path
  std::string_view type;  // where it is known beforehand; else empty, and its content tells
  bool cut = false;
  bool want_links = false;   // a page's links are asked for
  std::string_view charset;  // of a text, as the server that sent it says
  /// When a reader that goes page by page should stop and give what it has.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

  /// Where the files in this one go; null: nobody wants them.
  MemberSink* members = nullptr;

  bool OutOfTime() const { return std::chrono::steady_clock::now() >= deadline; }
};

/// What a format's reader found in a file, before titles, dates and languages are settled by
/// ExtractContent. With a state other than kIndexed or kTruncated only `reason` counts.
struct Reading {
  State state = State::kIndexed;
  std::string reason;
  std::string type;      // where the reader knows better than SniffType; else empty
  std::string title;     // as the file's own metadata says
  std::string headline;  // what its layout shows as one, where the metadata says nothing
  std::string date;      // in whatever notation the file has
  std::string language;  // as declared
  bool prose = true;     // false: the first line of the body is no title (data, program source)
  std::string body;
  std::vector<schema::Segment> segments;
  std::map<std::string, schema::FieldValue> fields;
  PageLinks links;  // in any state; only if asked for

  /// Stores a one-line value under `field`; an empty one, or a field already there, changes nothing.
  void SetField(const std::string& field, std::string_view value);
  /// Stores a list (one string if there is one value, but for tags and alternates); blanks and repetitions
  /// are dropped.
  void SetList(const std::string& field, const std::vector<std::string>& values);
};

/// "a, b; c" as its parts, trimmed.
std::vector<std::string> SplitKeywords(std::string_view list);

/// A Reading that only says why there is nothing to index.
Reading Refuse(State state, std::string reason);

}  // namespace quipu::extract
