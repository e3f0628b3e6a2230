// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>

#include "indexer/extract/format.h"
#include "indexer/extract/odf_package.h"
#include "indexer/extract/sheet_text.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxCellBytes = 1U << 20;

/// OpenDocument's content.xml of a spreadsheet. Cells and rows that are repeated are told once: a word does
/// not become truer by standing in a million cells.
class SheetHandler : public XmlHandler {
 public:
  explicit SheetHandler(SheetText& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skip_ > 0 || IsOdfAside(name)) {
      ++skip_;
      return;
    }
    if (name == "body") in_body_ = true;
    if (!in_body_) return;
    if (name == "table") out_.BeginSheet(attributes.Get("name"));
    if (name == "table-row") ++row_;
    if (name == "table-cell") in_cell_ = true;
    if (name == "p") ++paragraphs_;
    if (name == "s" || name == "tab" || name == "line-break") Add(" ");
  }

  void End(std::string_view name) override {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (!in_body_) return;
    if (name == "table-cell") {
      out_.Cell(row_, text_);
      text_.clear();
      in_cell_ = false;
    }
    if (name != "p" || paragraphs_ == 0) return;
    --paragraphs_;
    if (in_cell_) return Add(" ");
    if (!text_.empty()) out_.Aside(text_);
    text_.clear();
  }

  void Text(std::string_view text) override {
    if (skip_ > 0 || paragraphs_ == 0) return;
    TellOdfText(text, [this](std::string_view part) { Add(part); });
  }

 private:
  void Add(std::string_view part) {
    if (text_.size() + part.size() <= kMaxCellBytes) text_ += part;
  }

  SheetText& out_;
  std::string text_;
  std::uint32_t row_ = 0;
  int skip_ = 0;
  int paragraphs_ = 0;
  bool in_body_ = false;
  bool in_cell_ = false;
};

}  // namespace

Reading ReadOds(const FileContent& file) {
  OdfPackage package(file);
  if (!package.ok()) return std::move(package.reading);
  BodyWriter writer;
  SheetText out(writer);
  SheetHandler handler(out);
  const XmlEnd end = ParseXml(package.xml, handler);
  const bool whole = end == XmlEnd::kComplete && package.content.fault == ZipArchive::Fault::kNone;
  if (writer.empty() && !whole) return Refuse(State::kFailed, "the document inside is missing or damaged");
  out.Finish(file, whole, package.reading);
  return std::move(package.reading);
}

}  // namespace quipu::extract
