// SPDX-License-Identifier: GPL-2.0-or-later
#include <charconv>
#include <string>
#include <utility>

#include "indexer/extract/drawing_text.h"
#include "indexer/extract/format.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/ooxml_relations.h"
#include "indexer/extract/sheet_text.h"
#include "indexer/extract/xlsx_parts.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxCellBytes = 65536;

/// What the cells of all sheets refer to.
struct Shared {
  const XlsxStrings& strings;
  const XlsxStyles& styles;
  bool from_1904 = false;
};

/// A sheet's cells.
class SheetHandler : public XmlHandler {
 public:
  SheetHandler(const Shared& shared, SheetText& out) : shared_(shared), out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") row_ = attributes.Has("r") ? ToNumber(attributes.Get("r")) : row_ + 1;
    if (name == "c") {
      kind_ = attributes.Get("t").substr(0, 16);
      style_ = ToNumber(attributes.Get("s"));
      value_.clear();
    }
    // <v> has the value, <is><t> a text of the cell's own; <f> is the formula.
    if (name == "v" || (name == "t" && !phonetic_)) in_value_ = true;
    if (name == "rPh") phonetic_ = true;
  }

  void End(std::string_view name) override {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "c") Tell();
  }

  void Text(std::string_view text) override {
    if (in_value_ && value_.size() + text.size() <= kMaxCellBytes) value_ += text;
  }

 private:
  void Tell() {
    if (value_.empty() || kind_ == "e") return;
    if (kind_ == "s") return out_.Cell(row_, shared_.strings.Get(ToNumber(value_)));
    if (kind_ == "b") return out_.Cell(row_, value_ == "1" ? "TRUE" : "FALSE");
    if (!kind_.empty() && kind_ != "n") return out_.Cell(row_, value_);
    double number = 0;
    const char* end = value_.data() + value_.size();
    const auto result = std::from_chars(value_.data(), end, number);
    if (result.ec != std::errc{} || result.ptr != end) return out_.Cell(row_, value_);
    out_.Cell(row_, FormatNumber(number, shared_.styles.Get(style_), shared_.from_1904));
  }

  const Shared& shared_;
  SheetText& out_;
  std::uint32_t row_ = 0;
  std::uint32_t style_ = 0;
  std::string kind_;
  std::string value_;
  bool in_value_ = false;
  bool phonetic_ = false;
};

/// Reads a sheet and the text boxes on it; whether all of it.
bool ReadSheet(ZipArchive& zip, const std::string& member, const Shared& shared, SheetText& out) {
  const ZipArchive::Member sheet = zip.Read(member);
  SheetHandler handler(shared, out);
  const XmlEnd end = ParseXml(sheet.bytes, handler);
  if (const std::string drawing = OoxmlRelations(zip, member).ByType("drawing"); !drawing.empty()) {
    DrawingText boxes([&out](std::string_view /*placeholder*/, std::string_view text) { out.Aside(text); });
    ParseXml(zip.Read(drawing).bytes, boxes);
  }
  return sheet.fault == ZipArchive::Fault::kNone && end == XmlEnd::kComplete;
}

}  // namespace

Reading ReadXlsx(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.encrypted()) return Refuse(State::kEncrypted, "opens only with a password");
  std::string main = OoxmlRelations(zip, "").ByType("officeDocument");
  if (!zip.Has(main)) main = "xl/workbook.xml";
  const XlsxWorkbook workbook(zip.Read(main).bytes);
  if (workbook.sheets.empty()) return Refuse(State::kFailed, "the workbook inside is missing or damaged");
  Reading reading;
  ReadOfficeMetadata(zip.Read("docProps/core.xml", 1U << 20).bytes, reading);
  const OoxmlRelations relations(zip, main);
  const XlsxStrings strings(zip.Read(relations.ByType("sharedStrings")).bytes);
  const XlsxStyles styles(zip.Read(relations.ByType("styles"), 16U << 20).bytes);
  const Shared shared{.strings = strings, .styles = styles, .from_1904 = workbook.from_1904};
  BodyWriter writer;
  SheetText out(writer);
  bool whole = true;
  for (const XlsxWorkbook::Sheet& sheet : workbook.sheets) {
    if (file.OutOfTime() || writer.full()) {
      whole = false;
      break;
    }
    out.BeginSheet(sheet.name);
    if (const std::string member = relations.ById(sheet.relation); !member.empty())
      whole = ReadSheet(zip, member, shared, out) && whole;
  }
  if (writer.empty() && !whole) return Refuse(State::kFailed, "the sheets inside are missing or damaged");
  out.Finish(file, whole, reading);
  return reading;
}

}  // namespace quipu::extract
