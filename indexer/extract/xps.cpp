// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/format.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/ooxml_relations.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxPages = 20000;

/// What a sequence of documents or of pages refers to, in order.
class SourceHandler : public XmlHandler {
 public:
  SourceHandler(std::string_view part, std::vector<std::string>& out) : part_(part), out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    const bool refers = name == "DocumentReference" || name == "PageContent";
    if (refers && out_.size() < kMaxPages)
      out_.push_back(ResolveMember(part_, attributes.Get("Source").substr(0, 1024)));
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}

 private:
  std::string_view part_;
  std::vector<std::string>& out_;
};

/// A page: runs of glyphs, each with its text and the height at which it stands.
class PageHandler : public XmlHandler {
 public:
  explicit PageHandler(BodyWriter& writer) : writer_(writer) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Glyphs") return;
    std::string_view text = attributes.Get("UnicodeString");
    // "{}" protects a text that begins with a brace.
    if (text.substr(0, 2) == "{}") text.remove_prefix(2);
    if (text.empty()) return;
    const std::string_view height = attributes.Get("OriginY").substr(0, 32);
    if (height != height_) writer_.LineBreak();
    height_ = height;
    writer_.Text(text);
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}

 private:
  BodyWriter& writer_;
  std::string height_;
};

std::vector<std::string> Pages(ZipArchive& zip) {
  std::vector<std::string> pages;
  const std::string sequence = OoxmlRelations(zip, "").ByType("fixedrepresentation");
  std::vector<std::string> documents;
  SourceHandler list(sequence, documents);
  ParseXml(zip.Read(sequence, 4U << 20).bytes, list);
  for (const std::string& document : documents) {
    SourceHandler contents(document, pages);
    ParseXml(zip.Read(document, 16U << 20).bytes, contents);
  }
  return pages;
}

}  // namespace

Reading ReadXps(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.encrypted()) return Refuse(State::kEncrypted, "opens only with a password");
  const std::vector<std::string> pages = Pages(zip);
  if (pages.empty()) return Refuse(State::kFailed, "the list of pages is missing or damaged");
  Reading reading;
  const std::string properties = OoxmlRelations(zip, "").ByType("core-properties");
  ReadOfficeMetadata(zip.Read(properties, 1U << 20).bytes, reading);
  BodyWriter writer;
  OfficeEnding ending;
  for (const std::string& page : pages) {
    ending.out_of_time = file.OutOfTime();
    if (ending.out_of_time || writer.full()) break;
    const ZipArchive::Member member = zip.Read(page);
    if (member.fault != ZipArchive::Fault::kNone) ending.fault = member.fault;
    PageHandler handler(writer);
    if (const XmlEnd end = ParseXml(member.bytes, handler); end != XmlEnd::kComplete) ending.xml = end;
    writer.Paragraph();
  }
  return FinishOffice(std::move(reading), ending, writer);
}

}  // namespace quipu::extract
