// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/source/source.h"

namespace quipu::source {

/// What a source says about documents that are given as JSON.
struct JsonDefaults {
  std::string url;       // for documents without one: what their id is appended to; empty: none
  std::string language;  // overrides theirs; empty: detect
  std::uint64_t max_bytes = 256ULL << 20;
};

/// The document of one JSON line; its `html` goes through `extract` like a file. What the line itself
/// says (title, language, date, fields) goes before what is found in its HTML.
extract::Extracted ReadJsonDocument(std::string_view line, const JsonDefaults& defaults,
                                    const ExtractFunction& extract);

}  // namespace quipu::source
