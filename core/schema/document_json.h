// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/schema/document.h"

namespace quipu::schema {

inline constexpr std::size_t kMaxIdBytes = 512;

/// The stored form of everything but body and segments: a JSON object with the contract's names
/// ("id", "url", "title", "language", "date", "type", "boost" unless it is 1, then the fields). Empty
/// built-in values are left out, but for the id. Invalid UTF-8 becomes U+FFFD.
std::string ToStoredJson(const Document& document);

/// The inverse. Body and segments stay empty.
Result<Document> FromStoredJson(std::string_view json);

/// One line of a `jsonl` source: `id` (required), `url`, `title`, `body` or `text` or `html`, `language`,
/// `date`, `type`, `boost`, and any further fields; nested objects become "outer.inner", nested lists one
/// list. An id may be a whole number, a date the seconds since 1970. `html` is returned in `html` for the
/// extractor. The error (kInvalidDocument) names the field and what was expected.
struct JsonDocument {
  Document document;
  std::string html;
};
Result<JsonDocument> FromJsonLine(std::string_view line);

}  // namespace quipu::schema
