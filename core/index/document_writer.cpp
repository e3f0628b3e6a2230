// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/document_writer.h"

#include <xxhash.h>

#include <algorithm>

#include "core/index/manifest_codec.h"
#include "core/index/text_store.h"
#include "core/index/translation_links.h"
#include "core/schema/date.h"
#include "core/schema/document_json.h"
#include "core/schema/field_value.h"

namespace quipu::index {
namespace {

using schema::FieldValue;
using schema::Presence;

constexpr std::uint32_t kPositionGap = 100;
constexpr std::size_t kMaxTermsPerField = 1000;

std::string_view PrefixOf(std::string_view field) { return schema::FindField(field)->prefix; }
std::uint32_t WdfOf(std::string_view field) {
  return static_cast<std::uint32_t>(schema::FindField(field)->wdf);
}

bool IsEmpty(const FieldValue& value) {
  if (const auto* string = std::get_if<std::string>(&value)) return string->empty();
  if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value)) return list->empty();
  return false;
}

void AddSlot(DocumentEntry& entry, int slot, const std::string& bytes) {
  if (!bytes.empty()) entry.values.emplace_back(static_cast<Xapian::valueno>(slot), bytes);
}

std::string ContentHash(const schema::Document& document) {
  const std::uint64_t title = XXH3_64bits(document.title.data(), document.title.size());
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, XXH3_128bits_withSeed(document.body.data(), document.body.size(), title));
  return {reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest};
}

}  // namespace

WrittenDocument DocumentWriter::Write(const schema::Document& document, const ManifestEntry& entry) {
  terms_.Clear();
  WrittenDocument written;
  other_fields_ = {std::string(PrefixOf("fields")), WdfOf("fields"), 1};
  AddBody(document, written);
  AddBuiltInText(document);
  AddBuiltInTerms(document, written.entry);
  for (const auto& [name, value] : document.fields)
    AddUserField(name, value, document.language, written.entry);
  ManifestEntry kept = entry;
  written.shortened = terms_.overflowed();
  if (written.shortened) {
    kept.state = "truncated";
    if (kept.reason.empty()) kept.reason = kTooManyTerms;
  }
  terms_.AddBoolean(schema::IdTerm(document.id));
  written.entry.terms = terms_.Finish();
  written.entry.data = schema::ToStoredJson(document);
  AddSlot(written.entry, schema::kIdSlot, document.id);
  AddSlot(written.entry, schema::kStampSlot, EncodeEntry(kept));
  AddSlot(written.entry, schema::kContentSlot, ContentHash(document));
  AddSlot(written.entry, schema::kLinksSlot, EncodeLinks(LinksOf(document)));
  if (const auto date = schema::ParseDate(document.date)) {
    AddSlot(written.entry, schema::kDateSlot, schema::EncodeNumber(*date));
  }
  if (document.boost != 1) AddSlot(written.entry, schema::kBoostSlot, schema::EncodeNumber(document.boost));
  return written;
}

void DocumentWriter::AddBody(const schema::Document& document, WrittenDocument& written) {
  written.begins = CutBlocks(document.body);
  const std::string_view prefix = PrefixOf("body");
  std::uint32_t block = 0;
  analyzer_.Analyze(document.body, {.language = document.language}, [&](const text::Token& token) {
    while (block + 1 < written.begins.size() && token.begin >= written.begins[block + 1]) ++block;
    terms_.Add(prefix, token, block);
    // Bigrams are the words of ideographs; the characters in them would only count twice.
    if (token.kind != text::TokenKind::kCharacter) sketcher_.Add(token.folded);
  });
  if (const auto sketch = sketcher_.Take())
    AddSlot(written.entry, schema::kSketchSlot, EncodeSketch(*sketch));
  written.stems = terms_.TakeStemBlocks();
}

void DocumentWriter::AddText(FieldText& field, std::string_view text, std::string_view language) {
  const text::AnalyzeOptions options{.language = language, .first_position = field.next_position};
  const std::uint32_t next = analyzer_.Analyze(text, options, [&](const text::Token& token) {
    terms_.Add(field.prefix, token);
    if (field.wdf > 0) terms_.Count(token, field.wdf);
  });
  if (next > field.next_position) field.next_position = next + kPositionGap;
}

void DocumentWriter::AddBuiltInText(const schema::Document& document) {
  FieldText title{std::string(PrefixOf("title")), WdfOf("title")};
  AddText(title, document.title, document.language);
  FieldText headings{std::string(PrefixOf("headings")), WdfOf("headings")};
  for (const schema::Segment& segment : document.segments)
    AddText(headings, segment.heading, document.language);
  FieldText path{std::string(PrefixOf("path")), WdfOf("path")};
  AddText(path, PathWords(document.url, document.id), document.language);
}

void DocumentWriter::AddBuiltInTerms(const schema::Document& document, DocumentEntry& entry) {
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    terms_.AddBoolean(schema::PresenceTerm(name, Presence::kExists));
    const schema::Field& field = *schema::FindField(name);
    if (field.boolean) terms_.AddBoolean(schema::BooleanTerm(field, value));
    if (field.boolean && field.slot >= 0)
      AddSlot(entry, field.slot, schema::EncodeSlot({.numbers = {}, .strings = {value}}));
  };
  // A url or a title is a value as well: filters and orders ask for the whole of it.
  const auto add_value = [&](std::string_view name, const std::string& value) {
    add(name, value);
    if (value.empty()) return;
    terms_.AddBoolean(schema::FilterTerm(name, value));
    AddSlot(entry, schema::FindField(name)->slot, schema::EncodeSlot({.numbers = {}, .strings = {value}}));
  };
  add_value("url", document.url);
  add_value("title", document.title);
  add("body", document.body);
  add("language", document.language);
  add("type", document.type);
  add("date", document.date);
}

void DocumentWriter::AddUserField(const std::string& name, const FieldValue& value, std::string_view language,
                                  DocumentEntry& entry) {
  const auto column = fields_.Use(name, value);
  if (!column) return;
  terms_.AddBoolean(schema::PresenceTerm(name, Presence::kExists));
  if (std::holds_alternative<std::monostate>(value)) {
    terms_.AddBoolean(schema::PresenceTerm(name, Presence::kNull));
    return;
  }
  if (IsEmpty(value)) terms_.AddBoolean(schema::PresenceTerm(name, Presence::kEmpty));
  auto texts = schema::ValueTexts(value);
  texts.resize(std::min(texts.size(), kMaxTermsPerField));
  for (const std::string& text : texts) terms_.AddBoolean(schema::FilterTerm(name, text));
  AddSlot(entry, column->slot, schema::EncodeSlot(schema::ToSlotValues(value, column->type)));
  // Links to translations are no words of the document.
  if (!std::holds_alternative<bool>(value) && name != kAlternatesField) AddUserText(name, value, language);
}

void DocumentWriter::AddUserText(const std::string& name, const FieldValue& value,
                                 std::string_view language) {
  const schema::Field* known = schema::FindField(name);
  const bool built_in = known != nullptr && known->weight > 0 && !known->prefix.empty();
  FieldText own{built_in ? std::string(known->prefix) : schema::FieldTextPrefix(name),
                built_in ? WdfOf(name) : 0};
  // "tags" and "keywords" share a prefix; the one that comes later must not continue the other's phrase.
  if (name == "tags") own.next_position = 1'000'000;
  for (const std::string& text : schema::ValueTexts(value)) {
    AddText(own, text, language);
    if (!built_in) AddText(other_fields_, text, language);
  }
}

}  // namespace quipu::index
