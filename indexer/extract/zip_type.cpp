// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/zip_type.h"

#include <algorithm>

#include "indexer/extract/utf8.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

constexpr std::string_view kOpenDocument = "application/vnd.oasis.opendocument.text";
constexpr std::string_view kOoxml = "application/vnd.openxmlformats-officedocument.";

bool AnyStartsWith(const ZipArchive& zip, std::string_view folder) {
  return std::any_of(zip.names().begin(), zip.names().end(), [folder](const std::string& name) {
    return name.compare(0, folder.size(), folder) == 0;
  });
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

}  // namespace

std::string SniffZip(std::string_view bytes) {
  ZipArchive zip(bytes);
  if (zip.Has("mimetype")) {
    const std::string type = TidyLine(zip.Read("mimetype", 256).bytes, 128);
    // Templates and master documents are text too.
    if (type.compare(0, kOpenDocument.size(), kOpenDocument) == 0 &&
        type != "application/vnd.oasis.opendocument.text-web")
      return "odt";
    if (type == "application/vnd.sun.xml.writer" || type == "application/vnd.sun.xml.writer.template")
      return "odt";
    if (!type.empty()) return type;
  }
  if (zip.Has("[Content_Types].xml")) {
    if (AnyStartsWith(zip, "word/")) return "docx";
    if (AnyStartsWith(zip, "ppt/")) return std::string(kOoxml) + "presentationml.presentation";
    if (AnyStartsWith(zip, "xl/")) return std::string(kOoxml) + "spreadsheetml.sheet";
    if (AnyStartsWith(zip, "visio/")) return "application/vnd.ms-visio.drawing";
    return "application/x-ooxml";
  }
  // Apple's office files: since 2013 in a format of their own, before that in XML.
  if (zip.Has("Index/Document.iwa") || zip.Has("Index.zip")) return "application/x-iwork";
  if (zip.Has("index.apxl") || (zip.Has("index.xml") && zip.Has("buildVersionHistory.plist"))) return "iwork";
  return "zip";
}

std::string SniffOle(std::string_view bytes) {
  const auto has = [bytes](std::string_view stream) {
    return bytes.find(Wide(stream)) != std::string_view::npos;
  };
  if (has("EncryptedPackage")) return "encrypted-office";
  if (has("WordDocument")) return "application/msword";
  if (has("PowerPoint Document")) return "application/vnd.ms-powerpoint";
  if (has("Workbook") || has("Book")) return "application/vnd.ms-excel";
  if (has("VisioDocument")) return "application/vnd.visio";
  if (has("__properties_version1.0")) return "application/vnd.ms-outlook";
  return "application/x-ole-storage";
}

}  // namespace quipu::extract
