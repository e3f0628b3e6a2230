// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/format.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/ooxml_relations.h"
#include "indexer/extract/slide_text.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxPages = 10000;

struct Page {
  std::string name;
  std::string relation;
};

/// visio/pages/pages.xml: the drawing's pages in order.
class PageListHandler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    constexpr std::size_t kMaxName = 512;
    if (name == "Page" && pages_.size() < kMaxPages)
      pages_.push_back({.name = std::string(attributes.Get("Name").substr(0, kMaxName)), .relation = {}});
    if (name == "Rel" && !pages_.empty())
      pages_.back().relation = attributes.GetPrefixed("id").substr(0, kMaxName);
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}
  const std::vector<Page>& pages() const { return pages_; }

 private:
  std::vector<Page> pages_;
};

/// A page: the texts of its shapes.
class ShapeHandler : public XmlHandler {
 public:
  explicit ShapeHandler(Slide& slide) : slide_(slide) {}

  void Start(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "Text") in_text_ = true;
  }
  void End(std::string_view name) override {
    if (name != "Text") return;
    slide_.AddText(text_);
    text_.clear();
    in_text_ = false;
  }
  void Text(std::string_view text) override {
    if (in_text_ && text_.size() + text.size() <= Slide::kMaxBytes) text_ += text;
  }

 private:
  Slide& slide_;
  std::string text_;
  bool in_text_ = false;
};

/// "Page-1" is what Visio calls pages.
bool IsDefaultName(std::string_view name) {
  const std::string_view stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
  return stem == "Page-" || stem == "Zeichenblatt-" || stem == "Página-" || stem == "Hoja-" ||
         stem == "Pagina-";
}

}  // namespace

Reading ReadVsdx(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.encrypted()) return Refuse(State::kEncrypted, "opens only with a password");
  const std::string document = OoxmlRelations(zip, "").ByType("document");
  const std::string list = OoxmlRelations(zip, document).ByType("pages");
  PageListHandler pages;
  ParseXml(zip.Read(list).bytes, pages);
  if (pages.pages().empty()) return Refuse(State::kFailed, "the list of pages is missing or damaged");
  Reading reading;
  ReadOfficeMetadata(zip.Read("docProps/core.xml", 1U << 20).bytes, reading);
  const OoxmlRelations relations(zip, list);
  BodyWriter writer;
  OfficeEnding ending;
  for (const Page& page : pages.pages()) {
    ending.out_of_time = file.OutOfTime();
    if (ending.out_of_time || writer.full()) break;
    const ZipArchive::Member member = zip.Read(relations.ById(page.relation));
    if (member.fault != ZipArchive::Fault::kNone) ending.fault = member.fault;
    Slide slide;
    if (!IsDefaultName(page.name)) slide.AddTitle(page.name);
    ShapeHandler handler(slide);
    if (const XmlEnd end = ParseXml(member.bytes, handler); end != XmlEnd::kComplete) ending.xml = end;
    slide.Write(writer);
  }
  return FinishOffice(std::move(reading), ending, writer);
}

}  // namespace quipu::extract
