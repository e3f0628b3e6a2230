// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <string>
#include <vector>

#include "indexer/extract/code_page.h"
#include "indexer/extract/drawing_text.h"
#include "indexer/extract/format.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/number_format.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/ooxml_relations.h"
#include "indexer/extract/rk_number.h"
#include "indexer/extract/sheet_text.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

enum Brt : std::uint32_t {
  kRow = 0,
  kRk = 2,
  kBool = 4,
  kReal = 5,
  kText = 6,
  kShared = 7,
  kFormulaText = 8,
  kFormulaNumber = 9,
  kFormulaBool = 10,
  kSharedItem = 19,
  kFormat = 44,
  kStyle = 47,
  kWorkbook = 153,
  kSheet = 156,
  kBeginStyles = 617,
  kEndStyles = 618,
};

struct Record {
  std::uint32_t type = 0;
  std::string_view bytes;
};

/// The records of a BIFF12 member; type and size are of variable length.
class Records {
 public:
  explicit Records(std::string_view bytes) : rest_(bytes) {}

  bool Next(Record& record) {
    if (rest_.empty()) return false;
    record.type = Variable(2);
    const std::uint32_t size = Variable(4);
    record.bytes = rest_.substr(0, size);
    rest_.remove_prefix(record.bytes.size());
    return record.bytes.size() == size;
  }

 private:
  std::uint32_t Variable(int max_bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < max_bytes && !rest_.empty(); ++i) {
      const std::uint8_t byte = U8(rest_, 0);
      rest_.remove_prefix(1);
      value |= static_cast<std::uint32_t>(byte & 0x7F) << (7 * i);
      if ((byte & 0x80) == 0) break;
    }
    return value;
  }

  std::string_view rest_;
};

/// A length in characters and UTF-16; `at` moves to where the text should end, which may be beyond the bytes.
std::string TakeText(std::string_view bytes, std::uint64_t& at) {
  const std::uint64_t size = U32(bytes, at) * std::uint64_t{2};
  const std::string_view text = Slice(bytes, at + 4, size);
  at += 4 + size;
  return FromUtf16(text);
}

struct Sheet {
  std::string name;
  std::string relation;
};

/// What the cells of all sheets refer to, from three members.
struct Workbook {
  static constexpr std::size_t kMaxSharedBytes = 64ULL << 20;
  static constexpr std::size_t kMaxEntries = 65536;

  std::vector<Sheet> sheets;
  std::vector<std::string> texts;
  std::vector<std::uint16_t> styles;
  std::map<std::uint16_t, NumberFormat> formats;
  bool from_1904 = false;

  static Sheet ReadSheet(std::string_view bytes) {
    Sheet sheet;
    // The first Excel that wrote such files has one field more before the two texts that end the record.
    for (const std::size_t begin : {8U, 12U}) {
      std::uint64_t at = begin;
      sheet.relation = TakeText(bytes, at);
      sheet.name = TakeText(bytes, at);
      if (at == bytes.size()) break;
    }
    return sheet;
  }

  void ReadWorkbook(std::string_view bytes) {
    Records records(bytes);
    for (Record record; records.Next(record);) {
      if (record.type == kWorkbook) from_1904 = (U32(record.bytes, 0) & 1) != 0;
      if (record.type != kSheet || sheets.size() >= kMaxEntries) continue;
      sheets.push_back(ReadSheet(record.bytes));
    }
  }

  void ReadTexts(std::string_view bytes) {
    Records records(bytes);
    std::size_t spent = 0;
    for (Record record; spent < kMaxSharedBytes && records.Next(record);) {
      if (record.type != kSharedItem) continue;
      std::uint64_t at = 1;
      texts.push_back(TakeText(record.bytes, at));
      spent += texts.back().size() + sizeof(std::string);
    }
  }

  void ReadStyles(std::string_view bytes) {
    Records records(bytes);
    bool in_styles = false;
    for (Record record; records.Next(record);) {
      if (record.type == kBeginStyles) in_styles = true;
      if (record.type == kEndStyles) in_styles = false;
      std::uint64_t at = 2;
      if (record.type == kFormat && formats.size() < kMaxEntries)
        formats[U16(record.bytes, 0)] = ParseNumberFormat(TakeText(record.bytes, at));
      if (record.type == kStyle && in_styles && styles.size() < kMaxEntries)
        styles.push_back(U16(record.bytes, 2));
    }
  }

  std::string Show(double value, std::uint32_t style) const {
    NumberFormat format;
    if (style < styles.size()) {
      const auto found = formats.find(styles[style]);
      format = found == formats.end() ? BuiltInFormat(styles[style]) : found->second;
    }
    return FormatNumber(value, format, from_1904);
  }
};

/// A sheet's cells: each begins with its column and its style.
void ReadCells(std::string_view bytes, const Workbook& workbook, SheetText& out) {
  Records records(bytes);
  std::uint32_t row = 0;
  for (Record record; records.Next(record);) {
    const std::uint32_t style = U32(record.bytes, 4) & 0xFFFFFF;
    std::uint64_t at = 8;
    switch (record.type) {
      case kRow: row = U32(record.bytes, 0); break;
      case kRk: out.Cell(row, workbook.Show(FromRk(U32(record.bytes, 8)), style)); break;
      case kReal:
      case kFormulaNumber: out.Cell(row, workbook.Show(F64(record.bytes, 8), style)); break;
      case kBool:
      case kFormulaBool: out.Cell(row, U8(record.bytes, 8) != 0 ? "TRUE" : "FALSE"); break;
      case kText:
      case kFormulaText: out.Cell(row, TakeText(record.bytes, at)); break;
      case kShared:
        if (const std::uint32_t text = U32(record.bytes, 8); text < workbook.texts.size())
          out.Cell(row, workbook.texts[text]);
        break;
      default: break;
    }
  }
}

}  // namespace

Reading ReadXlsb(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.encrypted()) return Refuse(State::kEncrypted, "opens only with a password");
  std::string main = OoxmlRelations(zip, "").ByType("officeDocument");
  if (!zip.Has(main)) main = "xl/workbook.bin";
  const OoxmlRelations relations(zip, main);
  Workbook workbook;
  workbook.ReadWorkbook(zip.Read(main).bytes);
  if (workbook.sheets.empty()) return Refuse(State::kFailed, "the workbook inside is missing or damaged");
  workbook.ReadTexts(zip.Read(relations.ByType("sharedStrings")).bytes);
  workbook.ReadStyles(zip.Read(relations.ByType("styles")).bytes);
  Reading reading;
  ReadOfficeMetadata(zip.Read("docProps/core.xml", 1U << 20).bytes, reading);
  BodyWriter writer;
  SheetText out(writer);
  bool whole = true;
  for (const Sheet& sheet : workbook.sheets) {
    whole = whole && !file.OutOfTime() && !writer.full();
    if (!whole) break;
    out.BeginSheet(sheet.name);
    const std::string member = relations.ById(sheet.relation);
    const ZipArchive::Member cells = zip.Read(member);
    whole = cells.fault == ZipArchive::Fault::kNone;
    ReadCells(cells.bytes, workbook, out);
    const std::string drawing = OoxmlRelations(zip, member).ByType("drawing");
    DrawingText boxes([&out](std::string_view /*placeholder*/, std::string_view text) { out.Aside(text); });
    if (!drawing.empty()) ParseXml(zip.Read(drawing).bytes, boxes);
  }
  if (writer.empty() && !whole) return Refuse(State::kFailed, "the sheets inside are missing or damaged");
  out.Finish(file, whole, reading);
  return reading;
}

}  // namespace quipu::extract
