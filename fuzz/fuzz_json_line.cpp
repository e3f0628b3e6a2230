// SPDX-License-Identifier: GPL-2.0-or-later
// A line of a jsonl source. What is accepted has a usable id and survives being stored; what is plainly a
// document is one, and has that id.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/schema/document_json.h"
#include "core/schema/plain_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto read = schema::FromJsonLine(line);
  if (const auto id = schema::IdOfPlainLine(line); id && (!read.ok() || read->document.id != *id))
    std::abort();
  if (!read.ok()) {
    if (read.error().message.empty()) std::abort();
    return 0;
  }
  const schema::Document& document = read->document;
  if (document.id.empty() || document.id.size() > schema::kMaxIdBytes) std::abort();
  const auto stored = schema::FromStoredJson(schema::ToStoredJson(document));
  if (!stored.ok()) std::abort();
  const bool same = stored->id == document.id && stored->url == document.url &&
                    stored->title == document.title && stored->date == document.date &&
                    stored->language == document.language && stored->type == document.type &&
                    stored->boost == document.boost && stored->fields == document.fields;
  if (!same) std::abort();
  return 0;
}
