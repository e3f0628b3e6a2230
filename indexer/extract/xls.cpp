// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <string>
#include <vector>

#include "indexer/extract/biff.h"
#include "indexer/extract/compound_file.h"
#include "indexer/extract/format.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/number_format.h"
#include "indexer/extract/ole_properties.h"
#include "indexer/extract/rk_number.h"
#include "indexer/extract/sheet_text.h"

namespace quipu::extract {
namespace {

enum Biff : std::uint16_t {
  kFormula = 0x06,
  kEof = 0x0A,
  kEpoch = 0x22,
  kEncryption = 0x2F,
  kCodePage = 0x42,
  kSheetName = 0x85,
  kManyRk = 0xBD,
  kRichLabel = 0xD6,
  kFormatting = 0xE0,
  kSharedStrings = 0xFC,
  kSharedLabel = 0xFD,
  kBox = 0x1B6,
  kNumber = 0x203,
  kLabel = 0x204,
  kBoolean = 0x205,
  kString = 0x207,
  kRk = 0x27E,
  kFormat = 0x41E,
  kBegin = 0x809,
};

/// Reads the records of a workbook, BIFF5 or BIFF8, in one pass: the globals come before the sheets.
class Workbook {
 public:
  Workbook(std::string_view stream, SheetText& out) : stream_(stream), out_(out) {}

  enum class End { kComplete, kCut, kEncrypted };

  End Read(const FileContent& file, const BodyWriter& writer) {
    BiffRecord record;
    for (std::size_t count = 0; stream_.Next(record); ++count) {
      if (record.number == kEncryption) return End::kEncrypted;
      if (writer.full() || (count % 4096 == 0 && file.OutOfTime())) return End::kCut;
      if (record.number == kBegin) {
        BeginStream(record.bytes);
      } else if (depth_ == 1) {
        in_sheets_ ? ReadInSheet(record) : ReadGlobal(record);
      }
      if (record.number == kEof) EndStream();
    }
    return End::kComplete;
  }

 private:
  static constexpr std::size_t kMaxSharedBytes = 96ULL << 20;
  static constexpr std::size_t kMaxFormats = 65536;
  static constexpr std::size_t kMaxSheets = 4096;

  void BeginStream(std::string_view bytes) {
    constexpr std::uint16_t kBiff8 = 0x0600;
    constexpr std::uint16_t kGlobals = 5;
    if (++depth_ > 1) return;  // a chart inside a sheet
    wide_ = U16(bytes, 0) == kBiff8;
    in_sheets_ = U16(bytes, 2) != kGlobals;
    if (!in_sheets_) return;
    out_.BeginSheet(sheet_ < names_.size() ? names_[sheet_] : "");
    ++sheet_;
  }

  void EndStream() {
    if (depth_ > 0) --depth_;
  }

  std::string ReadText(std::string_view bytes, bool short_length = false) {
    BiffText text(bytes, stream_);
    const std::size_t length = short_length ? text.Byte() : text.Short();
    return wide_ ? text.Wide(length) : text.Narrow(length, code_page_, pages_);
  }

  void ReadGlobal(const BiffRecord& record) {
    const std::string_view bytes = record.bytes;
    switch (record.number) {
      case kCodePage:
        // 32768 and 32769 are what old Excel calls Mac and Windows.
        code_page_ = U16(bytes, 0) == 32768 ? 10000 : U16(bytes, 0);
        if (code_page_ == 32769 || code_page_ == 1200) code_page_ = 1252;
        return;
      case kEpoch: from_1904_ = U16(bytes, 0) == 1; return;
      case kSheetName:
        if (names_.size() < kMaxSheets) names_.push_back(ReadText(Slice(bytes, 6, bytes.size()), true));
        return;
      case kFormat:
        if (formats_.size() < kMaxFormats)
          formats_[U16(bytes, 0)] = ParseNumberFormat(ReadText(Slice(bytes, 2, bytes.size()), !wide_));
        return;
      case kFormatting:
        if (cell_formats_.size() < kMaxFormats) cell_formats_.push_back(U16(bytes, 2));
        return;
      case kSharedStrings: return ReadSharedStrings(bytes);
      default: return;
    }
  }

  void ReadSharedStrings(std::string_view bytes) {
    BiffText text(bytes, stream_);
    text.Long();  // how often they are used
    const std::uint32_t count = text.Long();
    std::size_t spent = 0;
    for (std::uint32_t i = 0; i < count && spent < kMaxSharedBytes && !text.done(); ++i) {
      shared_.push_back(text.Wide(text.Short()));
      spent += shared_.back().size() + sizeof(std::string);
    }
  }

  std::string Show(double value, std::uint16_t cell_format) const {
    NumberFormat format;
    if (cell_format < cell_formats_.size()) {
      const std::uint16_t number = cell_formats_[cell_format];
      const auto found = formats_.find(number);
      format = found == formats_.end() ? BuiltInFormat(number) : found->second;
    }
    return FormatNumber(value, format, from_1904_);
  }

  void ReadInSheet(const BiffRecord& record) {
    const std::string_view bytes = record.bytes;
    const std::uint16_t row = U16(bytes, 0);
    const std::uint16_t format = U16(bytes, 4);
    switch (record.number) {
      case kSharedLabel:
        if (const std::uint32_t index = U32(bytes, 6); index < shared_.size()) out_.Cell(row, shared_[index]);
        return;
      case kLabel:
      case kRichLabel: return out_.Cell(row, ReadText(Slice(bytes, 6, bytes.size())));
      case kNumber: return out_.Cell(row, Show(F64(bytes, 6), format));
      case kRk: return out_.Cell(row, Show(FromRk(U32(bytes, 6)), format));
      case kManyRk:
        for (std::size_t at = 4; at + 8 <= bytes.size(); at += 6)
          out_.Cell(row, Show(FromRk(U32(bytes, at + 2)), U16(bytes, at)));
        return;
      case kBoolean:
        if (U8(bytes, 7) == 0) out_.Cell(row, U8(bytes, 6) != 0 ? "TRUE" : "FALSE");
        return;
      case kFormula: return ReadFormula(row, format, bytes);
      case kString: return out_.Cell(formula_row_, ReadText(bytes));
      case kBox: return ReadBox(bytes);
      default: return;
    }
  }

  /// A formula's last result. A text comes in a record of its own.
  void ReadFormula(std::uint16_t row, std::uint16_t format, std::string_view bytes) {
    formula_row_ = row;
    if (U16(bytes, 12) != 0xFFFF) return out_.Cell(row, Show(F64(bytes, 6), format));
    if (U8(bytes, 6) == 1) out_.Cell(row, U8(bytes, 8) != 0 ? "TRUE" : "FALSE");
  }

  /// A text box or comment: the text stands in the record's first CONTINUE.
  void ReadBox(std::string_view bytes) {
    const std::size_t length = U16(bytes, 10);
    if (!wide_ || length == 0) return;
    BiffText text({}, stream_);
    out_.Aside(text.Wide(length));
  }

  BiffStream stream_;
  SheetText& out_;
  CodePages pages_;
  int code_page_ = 1252;
  int depth_ = 0;
  bool wide_ = true;
  bool in_sheets_ = false;
  bool from_1904_ = false;
  std::uint16_t formula_row_ = 0;
  std::size_t sheet_ = 0;
  std::vector<std::string> names_;
  std::vector<std::string> shared_;
  std::vector<std::uint16_t> cell_formats_;
  std::map<std::uint16_t, NumberFormat> formats_;
};

}  // namespace

Reading ReadXls(const FileContent& file) {
  const CompoundFile ole(file.bytes);
  const char* name = ole.Has("Workbook") ? "Workbook" : "Book";
  const std::string stream = ole.Read(name);
  if (stream.size() < 8) return Refuse(State::kFailed, "the workbook inside is missing or damaged");
  Reading reading;
  ReadOleProperties(ole, reading);
  BodyWriter writer;
  SheetText out(writer);
  Workbook workbook(stream, out);
  const Workbook::End end = workbook.Read(file, writer);
  if (end == Workbook::End::kEncrypted) return Refuse(State::kEncrypted, "opens only with a password");
  if (writer.empty() && end != Workbook::End::kComplete)
    return Refuse(State::kFailed, "the workbook inside is missing or damaged");
  out.Finish(file, end == Workbook::End::kComplete && stream.size() >= ole.Find(name)->size, reading);
  return reading;
}

}  // namespace quipu::extract
