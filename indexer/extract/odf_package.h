// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "indexer/extract/reading.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {

/// An OpenDocument file's content: of a zip, or of a flat file (.fodt), which is all in one XML.
struct OdfPackage {
  Reading reading;             // with the metadata; a state other than kIndexed says why there is no content
  ZipArchive::Member content;  // of a zip
  std::string_view xml;        // what to read: `content`, or the flat file

  explicit OdfPackage(const FileContent& file);
  OdfPackage(const OdfPackage&) = delete;
  OdfPackage& operator=(const OdfPackage&) = delete;

  bool ok() const { return reading.state == State::kIndexed; }
};

/// Elements of OpenDocument that are no text of a document.
bool IsOdfAside(std::string_view name);

/// Tells `tell` the text inside a paragraph, where line ends of the file are only white space.
template <typename Tell>
void TellOdfText(std::string_view text, const Tell& tell) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n\t"), text.size());
    if (end > 0) tell(text.substr(0, end));
    if (end < text.size()) tell(" ");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace quipu::extract
