// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace quipu::extract::testing {

/// A piece of a Word file's text: windows-1252 bytes, or UTF-16.
struct DocSamplePiece {
  std::string bytes;
  bool wide = false;
};

/// The paragraphs that have a format: `end` is in characters from the beginning of the text, all of whose
/// pieces must be of bytes.
struct DocSampleParagraph {
  std::uint32_t end = 0;
  std::uint16_t style = 0;
  std::string sprms;
};

struct DocSample {
  std::vector<DocSamplePiece> pieces;
  std::uint32_t text = 0;       // characters
  std::uint32_t footnotes = 0;  // characters
  std::uint16_t flags = 0;      // more flags of the FIB
  std::vector<DocSampleParagraph> paragraphs;
  std::string summary;
};

/// A Word 97 file.
std::string MakeDoc(const DocSample& sample);

/// A Word 97 file with this text in one piece, windows-1252.
std::string MakeSimpleDoc(const std::string& text);

}  // namespace quipu::extract::testing
