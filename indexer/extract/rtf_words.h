// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace quipu::extract {

/// What the text of an RTF group is for.
enum class RtfDestination : std::uint8_t {
  kBody,
  kSkipped,
  kFonts,
  kStyles,
  kInfo,  // its groups are destinations of their own
  kTitle,
  kAuthor,
  kSubject,
  kKeywords,
  kComment,
  kCreated,
  kFootnote,
  kShape,  // its texts stand in groups inside it
  kShapeText,
  kHtmlTag,  // of a mail in HTML that was turned into RTF
};

/// What to do at a control word.
enum class RtfAction : std::uint8_t {
  kNone,
  kDestination,
  kCharacter,  // a character that has a name
  kParagraph,
  kLine,
  kTab,
  kCell,
  kRow,
  kCodePage,      // the file's
  kFileCodePage,  // the file's, fixed: \mac, \pc, \pca
  kDefaultFont,
  kFont,
  kFontCharset,
  kFontCodePage,
  kPlain,
  kParagraphDefaults,
  kInTable,
  kStyle,
  kBasedOn,
  kOutlineLevel,
  kUnicode,
  kUnicodeSkip,
  kHidden,
  kHtmlCopy,  // between these stands the RTF copy of the HTML around it
  kYear,
  kMonth,
  kDay,
  kHour,
  kMinute,
  kUnicodeCopy,  // \ud: the better half of \upr
};

struct RtfWord {
  std::string_view name;
  RtfAction action = RtfAction::kNone;
  std::uint32_t value = 0;  // of a character, a fixed code page, a destination
};

/// The control word of that name; its action is kNone if text does not depend on it.
RtfWord FindRtfWord(std::string_view name);

/// The code page that \fcharset stands for; 0: the file's.
int CodePageOfCharset(int charset);

}  // namespace quipu::extract
