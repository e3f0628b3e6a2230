// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/content_sketch.h"
#include "core/index/document_entry.h"
#include "core/index/field_table.h"
#include "core/index/manifest.h"
#include "core/index/term_list.h"
#include "core/index/text_header.h"
#include "core/index/text_store.h"
#include "core/schema/document.h"
#include "core/schema/field.h"
#include "core/text/analyzer.h"

namespace quipu::index {

/// A document's entry, and what the store of its body needs. Valid until the writer's next document.
struct WrittenDocument {
  DocumentEntry entry;                // all but the text number
  std::vector<std::uint32_t> begins;  // of the body's blocks
  std::vector<StemBlock> stems;       // of those blocks
  bool shortened = false;             // it has too many terms; the entry that it keeps says so

  /// What the store of its body is given.
  TextParts Text(const schema::Document& document) {
    return {document.body, begins, stems, document.segments};
  }
};

/// Whether there is anything of the document to store beside its entry.
inline bool HasText(const schema::Document& document) {
  return !document.body.empty() || !document.segments.empty();
}

/// Turns documents into terms, values and stored fields as the table of schema/field.h says. Not
/// thread-safe (it has an Analyzer); the table of fields may be shared.
class DocumentWriter {
 public:
  explicit DocumentWriter(FieldTable& fields) : fields_(fields) {}

  WrittenDocument Write(const schema::Document& document, const ManifestEntry& entry);
  /// Gives back what a large document took.
  void Forget() { terms_.Clear(); }

 private:
  /// Where the next text of a prefix begins: texts that do not follow each other are a gap apart, so that
  /// no phrase reaches from one into the other.
  struct FieldText {
    std::string prefix;
    std::uint32_t wdf = 0;  // among the words of the whole document
    std::uint32_t next_position = 1;
  };

  void AddText(FieldText& field, std::string_view text, std::string_view language);
  void AddBody(const schema::Document& document, WrittenDocument& written);
  void AddBuiltInText(const schema::Document& document);
  void AddBuiltInTerms(const schema::Document& document, DocumentEntry& entry);
  void AddUserField(const std::string& name, const schema::FieldValue& value, std::string_view language,
                    DocumentEntry& entry);
  void AddUserText(const std::string& name, const schema::FieldValue& value, std::string_view language);

  FieldTable& fields_;
  text::Analyzer analyzer_;
  TermList terms_;
  Sketcher sketcher_;
  FieldText other_fields_;
};

/// The words in the last parts of a url's path ("…/2023/informe-anual.pdf" gives "2023 informe anual pdf"),
/// without host, query and percent signs; for a document without url those of its id.
std::string PathWords(std::string_view url, std::string_view id);

}  // namespace quipu::index
