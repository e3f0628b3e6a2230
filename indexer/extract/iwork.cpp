// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/format.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

/// Text stands in paragraphs, and in the cells' own attributes; all else is layout.
class IworkText final : public XmlHandler {
 public:
  explicit IworkText(BodyWriter& writer) : writer_(writer) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "p") ++paragraphs_;
    if (name == "br" || name == "lnbr") writer_.LineBreak();
    if (name == "tab") writer_.Space();
    if (name == "ct") {
      writer_.Text(attributes.Get("s"));
      writer_.LineBreak();
    }
  }
  void End(std::string_view name) override {
    if (name != "p") return;
    --paragraphs_;
    writer_.Paragraph();
  }
  void Text(std::string_view text) override {
    if (paragraphs_ > 0) writer_.Text(text);
  }

 private:
  BodyWriter& writer_;
  int paragraphs_ = 0;
};

}  // namespace

Reading ReadIwork(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.Has(".iwph") || zip.Has(".iwpv") || zip.Has(".iwpv2") || zip.encrypted())
    return Refuse(State::kEncrypted, "opens only with a password");
  const ZipArchive::Member content = zip.Read(zip.Has("index.apxl") ? "index.apxl" : "index.xml");
  if (content.bytes.empty()) return Refuse(State::kFailed, "the document inside is missing or damaged");
  BodyWriter writer;
  IworkText text(writer);
  const XmlEnd end = ParseXml(content.bytes, text);
  Reading reading;
  if (end != XmlEnd::kComplete || content.fault != ZipArchive::Fault::kNone) {
    reading.state = State::kTruncated;
    reading.reason = "damaged or too large; its beginning was read";
  }
  FinishReading(writer, reading);
  return reading;
}

}  // namespace quipu::extract
