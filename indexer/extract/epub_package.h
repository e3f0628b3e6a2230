// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/reading.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {

/// What an EPUB says of itself: metadata, the chapters in reading order, their titles in the table of
/// contents.
class EpubPackage {
 public:
  static constexpr std::size_t kMaxChapters = 5000;

  /// Reads the package document, its table of contents (EPUB 3's nav or EPUB 2's NCX) and what is encrypted;
  /// fills `reading`.
  EpubPackage(ZipArchive& zip, Reading& reading);

  /// Members of the archive; empty if there is no package document.
  const std::vector<std::string>& chapters() const { return chapters_; }
  /// "" if the table of contents does not name the chapter.
  std::string TitleOf(const std::string& chapter) const;
  /// Whether chapters are protected; obfuscated fonts do not count.
  bool encrypted() const { return encrypted_; }

 private:
  std::vector<std::string> chapters_;
  std::map<std::string, std::string> titles_;
  bool encrypted_ = false;
};

}  // namespace quipu::extract
