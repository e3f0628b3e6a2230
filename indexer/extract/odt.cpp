// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "indexer/extract/format.h"
#include "indexer/extract/odf_package.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/office_text.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

/// OpenDocument's content.xml, from <office:text> on.
class TextHandler : public XmlHandler {
 public:
  explicit TextHandler(OfficeText& text) : text_(text) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skip_ > 0 || IsOdfAside(name)) {
      ++skip_;
      return;
    }
    if (name == "body") in_body_ = true;
    if (!in_body_) return;
    if (name == "p" || name == "h") Begin(name == "h");
    if (name == "s") Spaces(attributes.Get("c"));
    if (name == "tab") text_.Tab();
    if (name == "line-break") text_.LineBreak();
    if (name == "note") text_.BeginNote();
    if (name == "table-cell") text_.BeginCell();
  }

  void End(std::string_view name) override {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (!in_body_) return;
    if (name == "p" || name == "h") {
      text_.EndParagraph();
      --paragraphs_;
    }
    if (name == "note") text_.EndNote();
    if (name == "table-row") text_.EndRow();
    if (name == "table") text_.EndTable();
  }

  void Text(std::string_view text) override {
    if (skip_ > 0 || paragraphs_ == 0) return;
    TellOdfText(text, [this](std::string_view part) { text_.Text(part); });
  }

 private:
  void Begin(bool heading) {
    text_.BeginParagraph(heading);
    ++paragraphs_;
  }

  void Spaces(std::string_view count) {
    text_.Text(" ");
    if (count.size() == 1 && count > "1") text_.Text(" ");
  }

  OfficeText& text_;
  int skip_ = 0;
  int paragraphs_ = 0;
  bool in_body_ = false;
};

}  // namespace

Reading ReadOdt(const FileContent& file) {
  OdfPackage package(file);
  if (!package.ok()) return std::move(package.reading);
  BodyWriter writer;
  OfficeText text(writer);
  TextHandler handler(text);
  const XmlEnd end = ParseXml(package.xml, handler);
  text.Finish();
  return FinishOffice(std::move(package.reading), {.fault = package.content.fault, .xml = end}, writer);
}

}  // namespace quipu::extract
