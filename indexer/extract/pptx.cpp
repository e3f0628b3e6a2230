// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/drawing_text.h"
#include "indexer/extract/format.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/office_metadata.h"
#include "indexer/extract/ooxml_relations.h"
#include "indexer/extract/slide_text.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxSlides = 10000;
constexpr std::size_t kMaxDiagrams = 100;  // a slide's

/// The relation ids of the slides, in the order in which they are shown.
class SlideListHandler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    // The attribute `id` beside `r:id` is another number, so the prefix counts here.
    if (name == "sldId" && ids_.size() < kMaxSlides) ids_.emplace_back(attributes.GetPrefixed("id"));
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}
  const std::vector<std::string>& ids() const { return ids_; }

 private:
  std::vector<std::string> ids_;
};

/// Titles, text and notes of the members of one slide.
class SlideReader {
 public:
  explicit SlideReader(ZipArchive& zip) : zip_(zip) {}

  XmlEnd Read(const std::string& member, Slide& slide) {
    const ZipArchive::Member content = zip_.Read(member);
    DrawingText handler([&slide](std::string_view placeholder, std::string_view text) {
      if (placeholder == "sldNum" || placeholder == "dt" || placeholder == "ftr" || placeholder == "hdr")
        return;
      const bool title = placeholder == "title" || placeholder == "ctrTitle";
      title ? slide.AddTitle(text) : slide.AddText(text);
    });
    XmlEnd end = ParseXml(content.bytes, handler);
    if (content.fault == ZipArchive::Fault::kTooLarge && end == XmlEnd::kMalformed) end = XmlEnd::kComplete;
    const OoxmlRelations relations(zip_, member);
    std::size_t diagrams = 0;
    for (const OoxmlRelation& relation : relations.all()) {
      if (relation.type == "diagramData" && ++diagrams <= kMaxDiagrams) ReadDiagram(relation.target, slide);
    }
    if (const std::string notes = relations.ByType("notesSlide"); !notes.empty()) ReadNotes(notes, slide);
    return end;
  }

 private:
  void ReadDiagram(const std::string& member, Slide& slide) {
    std::string lines;
    DrawingText handler([&lines](std::string_view /*placeholder*/, std::string_view text) {
      if (lines.size() < Slide::kMaxBytes) lines += text;
    });
    ParseXml(zip_.Read(member).bytes, handler);
    slide.AddText(lines);
  }

  void ReadNotes(const std::string& member, Slide& slide) {
    DrawingText handler([&slide](std::string_view placeholder, std::string_view text) {
      if (placeholder == "body") slide.AddNote(text);
    });
    ParseXml(zip_.Read(member).bytes, handler);
  }

  ZipArchive& zip_;
};

/// The members of the slides: as the presentation lists them, else all there are.
std::vector<std::string> SlideMembers(ZipArchive& zip, const std::string& main) {
  SlideListHandler list;
  ParseXml(zip.Read(main).bytes, list);
  const OoxmlRelations relations(zip, main);
  std::vector<std::string> members;
  for (const std::string& id : list.ids()) {
    if (std::string member = relations.ById(id); zip.Has(member)) members.push_back(std::move(member));
  }
  if (!members.empty() || !list.ids().empty()) return members;
  for (const std::string& name : zip.names()) {
    const bool slide = name.compare(0, 16, "ppt/slides/slide") == 0 && members.size() < kMaxSlides;
    if (slide) members.push_back(name);
  }
  std::sort(members.begin(), members.end(), [](const std::string& a, const std::string& b) {
    return std::make_pair(a.size(), a) < std::make_pair(b.size(), b);
  });
  return members;
}

}  // namespace

Reading ReadPptx(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.encrypted()) return Refuse(State::kEncrypted, "opens only with a password");
  std::string main = OoxmlRelations(zip, "").ByType("officeDocument");
  if (!zip.Has(main)) main = "ppt/presentation.xml";
  Reading reading;
  ReadOfficeMetadata(zip.Read("docProps/core.xml", 1U << 20).bytes, reading);
  const std::vector<std::string> members = SlideMembers(zip, main);
  if (members.empty() && !zip.Has(main))
    return Refuse(State::kFailed, "the presentation inside is missing or damaged");
  BodyWriter writer;
  SlideReader slides(zip);
  OfficeEnding ending;
  for (const std::string& member : members) {
    ending.out_of_time = file.OutOfTime();
    if (ending.out_of_time || writer.full()) break;
    Slide slide;
    if (const XmlEnd end = slides.Read(member, slide); end != XmlEnd::kComplete) ending.xml = end;
    slide.Write(writer);
  }
  return FinishOffice(std::move(reading), ending, writer);
}

}  // namespace quipu::extract
