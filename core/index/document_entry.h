// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::index {

/// One term of one document.
struct EntryTerm {
  std::string_view text;
  std::uint64_t hash = 0;                    // xxh3-64 of the text
  std::uint32_t count = 0;                   // within the document; 0: it says only that the document has it
  std::span<const std::uint32_t> positions;  // ascending, each once
};

/// What a Xapian database holds of a document, whoever writes it there.
struct DocumentEntry {
  std::span<const EntryTerm> terms;  // ascending; the writer's, until its next document
  std::vector<std::pair<Xapian::valueno, std::string>> values;  // in any order, each slot once, none empty
  std::string data;
};

/// The same for Xapian's own interface.
Xapian::Document ToXapian(const DocumentEntry& entry);

}  // namespace quipu::index
