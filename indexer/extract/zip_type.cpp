// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/zip_type.h"

#include <algorithm>
#include <array>
#include <vector>

#include "indexer/extract/compound_file.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

bool AnyStartsWith(const ZipArchive& zip, std::string_view folder) {
  return std::any_of(zip.names().begin(), zip.names().end(), [folder](const std::string& name) {
    return name.compare(0, folder.size(), folder) == 0;
  });
}

bool AnyEndsWith(const ZipArchive& zip, std::string_view ending) {
  return std::any_of(zip.names().begin(), zip.names().end(), [ending](const std::string& name) {
    return name.size() > ending.size() &&
           name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
  });
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// Whether all that is in the archive is one book.
bool IsZippedFb2(const ZipArchive& zip) {
  const std::vector<std::string>& names = zip.names();
  return names.size() == 1 && names[0].size() > 4 && names[0].compare(names[0].size() - 4, 4, ".fb2") == 0;
}

/// An OpenDocument file whose `mimetype` was lost: its manifest names the type too.
std::string_view OpenDocumentByManifest(ZipArchive& zip) {
  if (!zip.Has("content.xml")) return {};
  const std::string manifest = zip.Read("META-INF/manifest.xml", 65536).bytes;
  for (const char* start : {"application/vnd.oasis.opendocument.", "application/vnd.sun.xml."}) {
    const std::size_t at = manifest.find(start);
    if (at == std::string::npos) continue;
    const std::string_view type = std::string_view(manifest).substr(at, 128);
    return OpenDocumentType(type.substr(0, type.find_first_of("\"'")));
  }
  return {};
}

/// `ascii` as UTF-16LE, as names stand in an OLE directory.
std::string Wide(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

struct OleMark {
  std::string_view stream;
  std::string_view type;
};
// Most telling first: a message or a workbook may carry other documents in it.
constexpr std::array kOleMarks = {
    OleMark{"EncryptedPackage", "encrypted-office"},
    OleMark{"__properties_version1.0", "msg"},
    OleMark{"WordDocument", "doc"},
    OleMark{"PowerPoint Document", "ppt"},
    OleMark{"Workbook", "xls"},
    OleMark{"Book", "xls"},
    OleMark{"VisioDocument", "application/vnd.visio"},
    OleMark{"Quill", "application/x-mspublisher"},
    OleMark{"MatOST", "application/vnd.ms-works"},
    OleMark{"BodyText", "application/x-hwp"},
};

}  // namespace

std::string SniffZip(std::string_view bytes) {
  ZipArchive zip(bytes);
  if (zip.Has("mimetype")) {
    const std::string type = TidyLine(zip.Read("mimetype", 256).bytes, 128);
    if (const std::string_view known = OpenDocumentType(type); !known.empty()) return std::string(known);
    if (type == "application/epub+zip") return "epub";
    if (!type.empty()) return type;
  }
  if (zip.Has("[Content_Types].xml")) {
    if (AnyStartsWith(zip, "word/")) return "docx";
    if (AnyStartsWith(zip, "ppt/")) return "pptx";
    if (zip.Has("xl/workbook.bin")) return "xlsb";
    if (AnyStartsWith(zip, "xl/")) return "xlsx";
    if (AnyStartsWith(zip, "visio/pages/")) return "vsdx";
    if (AnyStartsWith(zip, "visio/")) return "application/vnd.ms-visio.drawing";
    if (AnyEndsWith(zip, ".fdseq")) return "xps";
    return "application/x-ooxml";
  }
  if (const std::string_view known = OpenDocumentByManifest(zip); !known.empty()) return std::string(known);
  // An EPUB whose `mimetype` was lost in packing.
  if (zip.Has("META-INF/container.xml") &&
      zip.Read("META-INF/container.xml", 4096).bytes.find("oebps-package") != std::string::npos)
    return "epub";
  if (IsZippedFb2(zip)) return "fb2";
  // Apple's office files: since 2013 in a format of their own, before that in XML.
  if (zip.Has("Index/Document.iwa") || zip.Has("Index.zip")) return "application/x-iwork";
  if (zip.Has("index.apxl") || (zip.Has("index.xml") && zip.Has("buildVersionHistory.plist"))) return "iwork";
  return "zip";
}

std::string_view OpenDocumentType(std::string_view media_type) {
  constexpr std::string_view kOpenDocument = "application/vnd.oasis.opendocument.";
  constexpr std::string_view kStarOffice = "application/vnd.sun.xml.";
  std::string_view kind;
  if (StartsWith(media_type, kOpenDocument)) kind = media_type.substr(kOpenDocument.size());
  if (StartsWith(media_type, kStarOffice)) kind = media_type.substr(kStarOffice.size());
  // Templates and master documents are read like the rest; "text-web" is HTML.
  if (StartsWith(kind, "text") && kind != "text-web") return "odt";
  if (StartsWith(kind, "writer") && kind != "writer.web") return "odt";
  if (StartsWith(kind, "spreadsheet") || StartsWith(kind, "calc")) return "ods";
  if (StartsWith(kind, "presentation") || StartsWith(kind, "impress")) return "odp";
  if (StartsWith(kind, "graphics") || StartsWith(kind, "draw")) return "odg";
  return "";
}

std::string SniffOle(std::string_view bytes) {
  const CompoundFile file(bytes);
  for (const OleMark& mark : kOleMarks) {
    if (file.Has(mark.stream)) return std::string(mark.type);
  }
  if (!file.entries().empty()) return "application/x-ole-storage";
  // The directory is lost, as in a file that was cut off: the names may still stand somewhere.
  for (const OleMark& mark : kOleMarks) {
    if (bytes.find(Wide(mark.stream)) != std::string_view::npos) return std::string(mark.type);
  }
  return "application/x-ole-storage";
}

}  // namespace quipu::extract
