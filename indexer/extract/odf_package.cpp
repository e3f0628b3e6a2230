// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/odf_package.h"

#include <array>

#include "indexer/extract/office_metadata.h"

namespace quipu::extract {
namespace {

/// A flat file's <office:meta> with what is in it.
std::string_view FlatMetadata(std::string_view xml) {
  constexpr std::size_t kMaxBytes = 1U << 20;
  constexpr std::string_view kEnd = "</office:meta>";
  const std::size_t begin = xml.substr(0, kMaxBytes).find("<office:meta>");
  if (begin == std::string_view::npos) return {};
  const std::size_t end = xml.substr(begin, kMaxBytes).find(kEnd);
  return end == std::string_view::npos ? std::string_view() : xml.substr(begin, end + kEnd.size());
}

}  // namespace

OdfPackage::OdfPackage(const FileContent& file) {
  if (file.bytes.substr(0, 2) != "PK") {
    xml = file.bytes;
    ReadOfficeMetadata(FlatMetadata(xml), reading);
    return;
  }
  ZipArchive zip(file.bytes);
  if (zip.Read("META-INF/manifest.xml", 4U << 20).bytes.find("encryption-data") != std::string::npos) {
    reading = Refuse(State::kEncrypted, "opens only with a password");
    return;
  }
  content = zip.Read("content.xml");
  xml = content.bytes;
  if (xml.empty()) {
    reading = Refuse(State::kFailed, "the document inside is missing or damaged");
    return;
  }
  ReadOfficeMetadata(zip.Read("meta.xml", 1U << 20).bytes, reading);
}

bool IsOdfAside(std::string_view name) {
  constexpr std::array<std::string_view, 9> kAsides = {
      "annotation", "tracked-changes", "forms", "note-citation",      "binary-data",
      "script",     "hidden-text",     "desc",  "content-validations"};
  for (const std::string_view aside : kAsides) {
    if (name == aside) return true;
  }
  return false;
}

}  // namespace quipu::extract
