// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>

#include "indexer/extract/format.h"
#include "indexer/extract/odf_package.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/slide_text.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

/// OpenDocument's content.xml of a presentation or a drawing.
class PageHandler : public XmlHandler {
 public:
  explicit PageHandler(BodyWriter& writer) : writer_(writer) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skip_ > 0 || IsOdfAside(name) || IsFurniture(attributes.Get("class"))) {
      ++skip_;
      return;
    }
    if (name == "body") in_body_ = true;
    if (!in_body_) return;
    if (name == "page") slide_ = Slide();
    if (name == "notes") in_notes_ = true;
    if (name == "frame") in_title_ = attributes.Get("class") == "title";
    if (name == "p") ++paragraphs_;
    if (name == "s" || name == "tab") Add(" ");
    if (name == "line-break") Add("\n");
  }

  void End(std::string_view name) override {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (!in_body_) return;
    if (name == "p" && paragraphs_ > 0) {
      --paragraphs_;
      EndParagraph();
    }
    if (name == "frame") in_title_ = false;
    if (name == "notes") in_notes_ = false;
    if (name == "page") Finish();
  }

  void Text(std::string_view text) override {
    if (skip_ > 0 || paragraphs_ == 0) return;
    TellOdfText(text, [this](std::string_view part) { Add(part); });
  }

  /// Writes the page that is open, if any.
  void Finish() {
    slide_.Write(writer_);
    slide_ = Slide();
  }

 private:
  static bool IsFurniture(std::string_view presentation_class) {
    return presentation_class == "page-number" || presentation_class == "date-time" ||
           presentation_class == "footer" || presentation_class == "header";
  }

  void Add(std::string_view part) {
    if (text_.size() + part.size() <= Slide::kMaxBytes) text_ += part;
  }

  void EndParagraph() {
    if (in_notes_) {
      slide_.AddNote(text_);
    } else {
      in_title_ ? slide_.AddTitle(text_) : slide_.AddText(text_);
    }
    text_.clear();
  }

  BodyWriter& writer_;
  Slide slide_;
  std::string text_;
  int skip_ = 0;
  int paragraphs_ = 0;
  bool in_body_ = false;
  bool in_notes_ = false;
  bool in_title_ = false;
};

}  // namespace

Reading ReadOdp(const FileContent& file) {
  OdfPackage package(file);
  if (!package.ok()) return std::move(package.reading);
  BodyWriter writer;
  PageHandler handler(writer);
  const XmlEnd end = ParseXml(package.xml, handler);
  handler.Finish();
  return FinishOffice(std::move(package.reading), {.fault = package.content.fault, .xml = end}, writer);
}

}  // namespace quipu::extract
