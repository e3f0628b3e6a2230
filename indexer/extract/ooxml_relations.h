// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/zip_archive.h"

namespace quipu::extract {

/// A member that another one refers to.
struct OoxmlRelation {
  std::string id;
  std::string type;    // the last part of its URI: "slide", "notesSlide", "sharedStrings"
  std::string target;  // name of the member in the archive
};

/// The relations of a member of an OOXML file, or of the file itself (part ""), in order. Bounded.
class OoxmlRelations {
 public:
  static constexpr std::size_t kMaxRelations = 20000;

  OoxmlRelations(ZipArchive& zip, std::string_view part);

  /// The target of that id, or ""; of the first of that type, or "".
  std::string ById(std::string_view id) const;
  std::string ByType(std::string_view type) const;
  const std::vector<OoxmlRelation>& all() const { return relations_; }

 private:
  std::vector<OoxmlRelation> relations_;
};

/// `target` as seen from `part`: ("ppt/slides/slide1.xml", "../notesSlides/n.xml") → "ppt/notesSlides/n.xml".
std::string ResolveMember(std::string_view part, std::string_view target);

}  // namespace quipu::extract
