// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "indexer/extract/format.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/office_text.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

/// OpenDocument's content.xml, from <office:text> on.
class TextHandler : public XmlHandler {
 public:
  explicit TextHandler(OfficeText& text) : text_(text) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skip_ > 0 || IsSkipped(name)) {
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
    // A file's own line breaks are only white space; its text:line-break elements are breaks.
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of("\r\n\t"), text.size());
      text_.Text(text.substr(0, end));
      if (end < text.size()) text_.Text(" ");
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

 private:
  static bool IsSkipped(std::string_view name) {
    return name == "annotation" || name == "tracked-changes" || name == "forms" || name == "note-citation" ||
           name == "binary-data" || name == "script" || name == "hidden-text" || name == "desc";
  }

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
  ZipArchive zip(file.bytes);
  if (zip.Read("META-INF/manifest.xml", 4U << 20).bytes.find("encryption-data") != std::string::npos) {
    return Refuse(State::kEncrypted, "opens only with a password");
  }
  const ZipArchive::Member content = zip.Read("content.xml");
  if (content.bytes.empty()) return Refuse(State::kFailed, "the document inside is missing or damaged");
  Reading reading;
  ReadOfficeMetadata(zip.Read("meta.xml", 1U << 20).bytes, reading);
  BodyWriter writer;
  OfficeText text(writer);
  TextHandler handler(text);
  const XmlEnd end = ParseXml(content.bytes, handler);
  text.Finish();
  if (content.fault != ZipArchive::Fault::kNone || end != XmlEnd::kComplete || writer.full()) {
    reading.state = State::kTruncated;
    reading.reason = "the document is damaged or too large; its beginning was read";
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  if (reading.body.empty() && end != XmlEnd::kComplete)
    return Refuse(State::kFailed, "the document inside is damaged");
  return reading;
}

}  // namespace quipu::extract
