// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/schema/document.h"

namespace quipu::schema {

/// The stored form of everything but body and segments: a JSON object with the contract's names
/// ("id", "url", "title", "language", "date", "type", then the fields). Invalid UTF-8 becomes U+FFFD.
std::string ToStoredJson(const Document& document);

/// The inverse. Body and segments stay empty.
Result<Document> FromStoredJson(std::string_view json);

/// One line of a `jsonl` source: `id` (required), `url`, `title`, `body` or `text` or `html`, `language`,
/// `date`, `boost`, and any further fields; nested objects become "outer.inner". `html` is returned in
/// `html` for the extractor. The error names the field and what was expected.
struct JsonDocument {
  Document document;
  std::string html;
};
Result<JsonDocument> FromJsonLine(std::string_view line);

}  // namespace quipu::schema
