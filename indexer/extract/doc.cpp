// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>

#include "indexer/extract/charset.h"
#include "indexer/extract/code_page.h"
#include "indexer/extract/compound_file.h"
#include "indexer/extract/doc_formatting.h"
#include "indexer/extract/doc_pieces.h"
#include "indexer/extract/format.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/office_text.h"
#include "indexer/extract/ole_properties.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::uint64_t kMaxCharacters = 64ULL << 20;  // pieces may overlap, so the stream's size is no bound

/// What stands in Word's text and is no text.
enum Mark : char32_t {
  kCellEnd = 7,
  kTab = 9,
  kLine = 11,
  kPage = 12,
  kParagraphEnd = 13,
  kColumn = 14,
  kFieldBegin = 0x13,
  kFieldResult = 0x14,
  kFieldEnd = 0x15,
  kHardHyphen = 0x1E,
  kSoftHyphen = 0x1F,
};

/// Tells the text of a Word file, character by character, to OfficeText.
class DocText {
 public:
  DocText(OfficeText& text, const DocFormatting* formatting) : text_(text), formatting_(formatting) {}

  /// The character `c` that stands at `place` of the stream.
  void Put(char32_t c, std::uint32_t place) {
    if (c == kFieldBegin || c == kFieldResult || c == kFieldEnd) return Field(c);
    // A field that never ends must not swallow the document.
    if (InFieldCode() && ++code_length_ > kMaxFieldCode) fields_.clear();
    if (c == kParagraphEnd || c == kCellEnd) return EndParagraph(c, place);
    if (InFieldCode() || (formatting_ != nullptr && formatting_->IsHidden(place))) return;
    switch (c) {
      case kTab: paragraph_ += ' '; return;
      case kLine:
      case kPage:
      case kColumn: paragraph_ += '\n'; return;
      case kHardHyphen: paragraph_ += '-'; return;
      case kSoftHyphen: return;
      default:
        if (c >= 0x20 && paragraph_.size() < BodyWriter::kMaxBytes) AppendUtf8(paragraph_, c);
    }
  }

  /// A part of the file ends: what is open in it does not go on in the next.
  void EndPart() {
    Flush({});
    EndTable();
    fields_.clear();
  }

 private:
  static constexpr std::size_t kMaxFieldCode = 16384;
  static constexpr std::size_t kMaxFields = 1000;

  bool InFieldCode() const { return std::find(fields_.begin(), fields_.end(), true) != fields_.end(); }

  void Field(char32_t c) {
    code_length_ = 0;
    if (c == kFieldBegin && fields_.size() < kMaxFields) fields_.push_back(true);
    if (c == kFieldResult && !fields_.empty()) fields_.back() = false;
    if (c == kFieldEnd && !fields_.empty()) fields_.pop_back();
  }

  void EndParagraph(char32_t c, std::uint32_t place) {
    DocFormat format = formatting_ == nullptr ? DocFormat{} : formatting_->Paragraph(place);
    // Without formatting two marks in a row end the row.
    if (formatting_ == nullptr && c == kCellEnd) {
      format.in_table = true;
      format.row_end = paragraph_.empty() && !cell_open_;
    }
    if (!format.in_table && c != kCellEnd) EndTable();
    if (c == kCellEnd || format.in_table) BeginCell();
    if (!InFieldCode()) Flush(format);
    if (c != kCellEnd) return;
    cell_open_ = false;
    if (format.row_end) text_.EndRow();
  }

  void BeginCell() {
    if (!cell_open_) text_.BeginCell();
    cell_open_ = in_table_ = true;
  }

  void EndTable() {
    if (in_table_) text_.EndTable();
    cell_open_ = in_table_ = false;
  }

  void Flush(const DocFormat& format) {
    text_.BeginParagraph(format.heading);
    text_.Text(paragraph_);
    text_.EndParagraph();
    paragraph_.clear();
  }

  OfficeText& text_;
  const DocFormatting* formatting_;
  std::string paragraph_;
  std::vector<bool> fields_;  // whether we are in the code of each open field, outermost first
  std::size_t code_length_ = 0;
  bool in_table_ = false;
  bool cell_open_ = false;
};

/// Reads characters [begin, end) of the text.
class PartReader {
 public:
  PartReader(std::string_view main, const DocLayout& layout, const FileContent& file)
      : main_(main), layout_(layout), file_(file), old_(layout.old ? OldText(main, layout) : "") {}

  /// Whether everything was read.
  bool Read(std::uint64_t begin, std::uint64_t end, DocText& text, const BodyWriter& writer) {
    if (layout_.old) return ReadOld(text);
    for (const DocPiece& piece : layout_.pieces) {
      const auto from = static_cast<std::uint32_t>(std::max<std::uint64_t>(begin, piece.begin));
      const auto to = static_cast<std::uint32_t>(std::min<std::uint64_t>(end, piece.end));
      if (from >= to) continue;
      if (writer.full() || file_.OutOfTime() || (spent_ += to - from) > kMaxCharacters) return false;
      ReadPiece(piece, from, to, text);
    }
    text.EndPart();
    return true;
  }

 private:
  /// Word 6 and 95 wrote bytes in the code page of the author's Windows and did not say which.
  static std::string OldText(std::string_view main, const DocLayout& layout) {
    std::string bytes;
    for (const DocPiece& piece : layout.pieces) {
      if (bytes.size() > BodyWriter::kMaxBytes || piece.begin >= layout.parts.text) break;
      bytes += Slice(main, piece.place, std::min(piece.end, layout.parts.text) - piece.begin);
    }
    return DecodeText(bytes).text;
  }

  bool ReadOld(DocText& text) const {
    for (std::size_t at = 0; at < old_.size();) {
      const CodePoint c = DecodeUtf8(old_, at);
      text.Put(c.value, 0);
      at += c.size;
    }
    text.EndPart();
    return true;
  }

  void ReadPiece(const DocPiece& piece, std::uint32_t from, std::uint32_t to, DocText& text) const {
    const std::uint32_t width = piece.wide ? 2 : 1;
    for (std::uint32_t at = from; at < to; ++at) {
      const std::uint32_t place = piece.place + (at - piece.begin) * width;
      if (!piece.wide) {
        text.Put(FromWindows1252(U8(main_, place)), place);
        continue;
      }
      const char32_t unit = U16(main_, place);
      const char32_t next = at + 1 < to ? U16(main_, place + 2ULL) : 0;
      const bool pair = unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000;
      text.Put(pair ? 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00) : unit, place);
      at += pair ? 1 : 0;
    }
  }

  std::string_view main_;
  const DocLayout& layout_;
  const FileContent& file_;
  std::string old_;
  std::uint64_t spent_ = 0;
};

/// Text, text boxes, footnotes, endnotes, in this order; not headers, macros and comments. Whether all was
/// read.
bool ReadParts(PartReader& reader, const DocParts& parts, DocText& text, const BodyWriter& writer) {
  const std::uint64_t footnotes = parts.text;
  const std::uint64_t comments =
      footnotes + parts.footnotes + static_cast<std::uint64_t>(parts.headers) + parts.macros;
  const std::uint64_t endnotes = comments + parts.comments;
  const std::uint64_t boxes = endnotes + parts.endnotes;
  bool whole = reader.Read(0, parts.text, text, writer);
  whole = whole && reader.Read(boxes, boxes + parts.boxes, text, writer);
  whole = whole && reader.Read(footnotes, footnotes + parts.footnotes, text, writer);
  return whole && reader.Read(endnotes, endnotes + parts.endnotes, text, writer);
}

}  // namespace

Reading ReadDoc(const FileContent& file) {
  const CompoundFile ole(file.bytes);
  const std::string main = ole.Read("WordDocument");
  if (main.size() < 0x60) return Refuse(State::kFailed, "the document inside is missing or damaged");
  if (IsEncryptedDoc(main)) return Refuse(State::kEncrypted, "opens only with a password");
  const std::string table = ole.Read(DocTableStream(main));
  const DocLayout layout = ReadDocLayout(main, table);
  if (layout.pieces.empty() && layout.parts.text > 1)
    return Refuse(State::kFailed, "the document inside is damaged");
  Reading reading;
  ReadOleProperties(ole, reading);
  BodyWriter writer;
  OfficeText text(writer);
  const DocFormatting formatting(layout.old ? std::string_view() : main, table);
  DocText out(text, layout.old ? nullptr : &formatting);
  PartReader reader(main, layout, file);
  const bool whole = layout.old ? reader.Read(0, layout.parts.text, out, writer)
                                : ReadParts(reader, layout.parts, out, writer);
  text.Finish();
  if (!whole || writer.full() || main.size() < ole.Find("WordDocument")->size) {
    reading.state = State::kTruncated;
    reading.reason = "the text is too large or damaged; its beginning was read";
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

}  // namespace quipu::extract
