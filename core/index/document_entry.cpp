// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/document_entry.h"

namespace quipu::index {

Xapian::Document ToXapian(const DocumentEntry& entry) {
  Xapian::Document document;
  std::string text;
  for (const EntryTerm& term : entry.terms) {
    text.assign(term.text);
    document.add_term(text, term.count);
    for (const std::uint32_t position : term.positions) document.add_posting(text, position, 0);
  }
  for (const auto& [slot, value] : entry.values) document.add_value(slot, value);
  document.set_data(entry.data);
  return document;
}

}  // namespace quipu::index
