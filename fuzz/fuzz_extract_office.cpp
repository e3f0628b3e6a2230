// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_zip.h"

namespace {

using quipu::extract::testing::MakeZip;

constexpr const char* kSlideRelations =
    "<Relationships><Relationship Id='a' Type='t/notesSlide' Target='/ppt/notes.xml'/><Relationship Id='b' "
    "Type='t/diagramData' Target='../notes.xml'/></Relationships>";

/// All that a drawing or an XPS needs, in every place where it is looked for.
constexpr const char* kDrawingRelations =
    "<Relationships><Relationship Id='d' Type='t/document' Target='/visio/d.xml'/><Relationship Id='p' "
    "Type='t/pages' "
    "Target='/visio/p.xml'/><Relationship Id='page' Type='t/page' Target='/visio/1.xml'/><Relationship "
    "Id='f' "
    "Type='t/fixedrepresentation' Target='/visio/s.xml'/></Relationships>";

/// The XML as each member that is read.
void ReadAsMembers(const std::string& xml) {
  const std::string docx = MakeZip({{"[Content_Types].xml", ""},
                                    {"_rels/.rels", xml},
                                    {"word/document.xml", xml},
                                    {"word/styles.xml", xml},
                                    {"word/footnotes.xml", xml},
                                    {"docProps/core.xml", xml}});
  quipu::fuzz::RequireSound(quipu::extract::ReadDocx({.bytes = docx, .name = "a.docx"}));
  const std::string odt = MakeZip(
      {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", xml}, {"meta.xml", xml}});
  quipu::fuzz::RequireSound(quipu::extract::ReadOdt({.bytes = odt, .name = "a.odt"}));
  quipu::fuzz::RequireSound(quipu::extract::ReadOdp({.bytes = odt, .name = "a.odp"}));
  const std::string pptx = MakeZip({{"[Content_Types].xml", ""},
                                    {"ppt/slides/slide1.xml", xml},
                                    {"ppt/slides/_rels/slide1.xml.rels", kSlideRelations},
                                    {"ppt/notes.xml", xml}});
  quipu::fuzz::RequireSound(quipu::extract::ReadPptx({.bytes = pptx, .name = "a.pptx"}));
  const std::string vsdx =
      MakeZip({{"_rels/.rels", kDrawingRelations},
               {"visio/_rels/d.xml.rels", kDrawingRelations},
               {"visio/_rels/p.xml.rels", kDrawingRelations},
               {"visio/p.xml", "<Pages><Page Name='a'><Rel r:id='page'/></Page></Pages>"},
               {"visio/1.xml", xml},
               {"visio/s.xml", "<DocumentReference Source='f.xml'/>"},
               {"visio/f.xml", "<PageContent Source='1.xml'/>"}});
  quipu::fuzz::RequireSound(quipu::extract::ReadVsdx({.bytes = vsdx, .name = "a.vsdx"}));
  quipu::fuzz::RequireSound(quipu::extract::ReadXps({.bytes = vsdx, .name = "a.xps"}));
}

}  // namespace

// Any bytes are a zip file, or the XML in one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.substr(0, 2) != "PK") {
    ReadAsMembers(std::string(bytes));
    return 0;
  }
  quipu::fuzz::RequireSound(quipu::extract::ReadDocx({.bytes = bytes, .name = "a.docx"}));
  quipu::fuzz::RequireSound(quipu::extract::ReadOdt({.bytes = bytes, .name = "a.odt"}));
  quipu::fuzz::RequireSound(quipu::extract::ReadPptx({.bytes = bytes, .name = "a.pptx"}));
  return 0;
}
