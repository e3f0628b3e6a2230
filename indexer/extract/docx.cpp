// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <utility>

#include "indexer/extract/docx_styles.h"
#include "indexer/extract/format.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/office_text.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

/// WordprocessingML: the document, or its notes.
class WordHandler : public XmlHandler {
 public:
  WordHandler(OfficeText& text, const DocxStyles& styles) : text_(text), styles_(styles) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skip_ > 0 || IsSkipped(name, attributes)) {
      ++skip_;
      return;
    }
    if (name == "p") text_.BeginParagraph(false);
    if (name == "r") hidden_ = false;
    if (name == "vanish") hidden_ = !IsFalse(attributes.Get("val"));
    if (name == "t") in_text_ = true;
    if (name == "tab" && !in_tabs_) text_.Tab();
    if (name == "tabs") in_tabs_ = true;
    if (name == "br" || name == "cr") text_.LineBreak();
    if (name == "noBreakHyphen") text_.Text("-");
    if (name == "softHyphen") text_.Text("\xC2\xAD");
    if (name == "pStyle" && styles_.IsHeading(attributes.Get("val"))) text_.MakeHeading();
    if (name == "outlineLvl" && IsOutlineLevel(attributes.Get("val"))) text_.MakeHeading();
    if (name == "tc") text_.BeginCell();
  }

  void End(std::string_view name) override {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (name == "p") text_.EndParagraph();
    if (name == "t") in_text_ = false;
    if (name == "tabs") in_tabs_ = false;
    if (name == "tr") text_.EndRow();
    if (name == "tbl") text_.EndTable();
  }

  void Text(std::string_view text) override {
    if (skip_ == 0 && in_text_ && !hidden_) text_.Text(text);
  }

 private:
  static bool IsFalse(std::string_view value) { return value == "0" || value == "false" || value == "off"; }

  /// What is not text of the document: the older form of what has just been told, text moved away, a
  /// change's former formatting, and the marks that separate notes.
  static bool IsSkipped(std::string_view name, const XmlAttributes& attributes) {
    if (name == "Fallback" || name == "moveFrom" || name == "pPrChange" || name == "rPrChange") return true;
    if (name != "footnote" && name != "endnote") return false;
    const std::string_view type = attributes.Get("type");
    return type == "separator" || type == "continuationSeparator" || type == "continuationNotice";
  }

  OfficeText& text_;
  const DocxStyles& styles_;
  int skip_ = 0;
  bool in_text_ = false;
  bool in_tabs_ = false;
  bool hidden_ = false;
};

/// The member that the package's relations call the document; nearly always word/document.xml.
class RelationHandler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    constexpr std::string_view kDocument = "/officeDocument";
    const std::string_view type = attributes.Get("Type");
    const bool document =
        type.size() > kDocument.size() && type.substr(type.size() - kDocument.size()) == kDocument;
    if (name != "Relationship" || !document || !target_.empty()) return;
    std::string_view target = attributes.Get("Target");
    if (target.substr(0, 1) == "/") target.remove_prefix(1);
    target_ = target.substr(0, 512);
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}
  const std::string& target() const { return target_; }

 private:
  std::string target_;
};

std::string DocumentMember(ZipArchive& zip) {
  RelationHandler relations;
  ParseXml(zip.Read("_rels/.rels", 1U << 20).bytes, relations);
  return zip.Has(relations.target()) ? relations.target() : "word/document.xml";
}

}  // namespace

Reading ReadDocx(const FileContent& file) {
  ZipArchive zip(file.bytes);
  const std::string main = DocumentMember(zip);
  const ZipArchive::Member document = zip.Read(main);
  if (document.fault == ZipArchive::Fault::kEncrypted)
    return Refuse(State::kEncrypted, "opens only with a password");
  if (document.bytes.empty()) return Refuse(State::kFailed, "the document inside is missing or damaged");
  const std::string folder = main.substr(0, main.find_last_of('/') + 1);
  Reading reading;
  ReadOfficeMetadata(zip.Read("docProps/core.xml", 1U << 20).bytes, reading);
  const DocxStyles styles(zip.Read(folder + "styles.xml", 16U << 20).bytes);
  BodyWriter writer;
  OfficeText text(writer);
  WordHandler handler(text, styles);
  const XmlEnd end = ParseXml(document.bytes, handler);
  for (const char* notes : {"footnotes.xml", "endnotes.xml"}) {
    WordHandler notes_handler(text, styles);
    ParseXml(zip.Read(folder + notes).bytes, notes_handler);
  }
  text.Finish();
  return FinishOffice(std::move(reading), {.fault = document.fault, .xml = end}, writer);
}

}  // namespace quipu::extract
