// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace quipu::schema {

/// A value of a user-defined or metadata field, as JSON has them. Dates are strings in ISO 8601.
using Scalar = std::variant<bool, double, std::string>;
using FieldValue = std::variant<std::monostate, bool, double, std::string, std::vector<Scalar>>;

/// Where a part of the body begins: a PDF page, or a section under a heading. A segment ends where the
/// next begins. Segments are in order of `begin`.
struct Segment {
  std::uint32_t begin = 0;  // byte offset in Document::body
  std::uint32_t page = 0;   // PDF page from 1; 0: not paged
  std::string anchor;       // the heading's id, without '#'; empty: it has none
  std::string heading;
};

/// A document as sources and extractors make it and as the index stores it. All text is valid UTF-8.
struct Document {
  std::string id;   // 1 to 512 bytes, unique in the index
  std::string url;  // absolute or relative; may be empty
  std::string title;
  std::string body;                          // at most 4 GiB; in practice bounded by the extractor
  std::string language;                      // ISO 639-1; empty: unknown
  std::string date;                          // ISO 8601 date or time; empty: unknown
  std::string type;                          // "pdf", "html", "markdown", "text", "docx", …
  double boost = 1;                          // static rank; 1 is neutral
  std::map<std::string, FieldValue> fields;  // author, description, tags and whatever the source gave
  std::vector<Segment> segments;
};

}  // namespace quipu::schema
