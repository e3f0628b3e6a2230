// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::extract {

/// What an element of DocBook, JATS, TEI or any other XML means for the text in it, by its local name in
/// lower case.
enum class XmlRole {
  kBlock,      // a line of its own; what is not known
  kParagraph,  // a paragraph
  kInline,     // part of the line
  kVerbatim,   // its lines count
  kSection,    // has a title, and an id for it
  kTitle,      // the title of the section or document it stands in
  kAuthor,
  kDate,
  kAbstract,
  kInfo,    // about the document: only metadata is read there
  kHidden,  // nothing is read there
};
XmlRole RoleOf(std::string_view element);

}  // namespace quipu::extract
