// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/rtf_words.h"

#include <algorithm>
#include <array>

namespace quipu::extract {
namespace {

using Action = RtfAction;
using Destination = RtfDestination;

constexpr RtfWord To(std::string_view name, Destination destination) {
  return {name, Action::kDestination, static_cast<std::uint32_t>(destination)};
}
constexpr RtfWord Skip(std::string_view name) { return To(name, Destination::kSkipped); }

constexpr std::array kWords = {
    To("fonttbl", Destination::kFonts),
    To("stylesheet", Destination::kStyles),
    To("info", Destination::kInfo),
    To("title", Destination::kTitle),
    To("author", Destination::kAuthor),
    To("subject", Destination::kSubject),
    To("keywords", Destination::kKeywords),
    To("doccomm", Destination::kComment),
    To("creatim", Destination::kCreated),
    To("footnote", Destination::kFootnote),
    To("shpinst", Destination::kShape),
    To("shptxt", Destination::kShapeText),
    To("htmltag", Destination::kHtmlTag),
    Skip("pict"),
    Skip("shppict"),
    Skip("nonshppict"),
    Skip("shprslt"),
    Skip("sp"),
    Skip("objdata"),
    Skip("objclass"),
    Skip("objname"),
    Skip("fldinst"),
    Skip("datafield"),
    Skip("formfield"),
    Skip("header"),
    Skip("headerl"),
    Skip("headerr"),
    Skip("headerf"),
    Skip("footer"),
    Skip("footerl"),
    Skip("footerr"),
    Skip("footerf"),
    Skip("ftnsep"),
    Skip("ftnsepc"),
    Skip("aftnsep"),
    Skip("aftnsepc"),
    Skip("colortbl"),
    Skip("filetbl"),
    Skip("listtable"),
    Skip("listoverridetable"),
    Skip("listtext"),
    Skip("pntext"),
    Skip("pntxta"),
    Skip("pntxtb"),
    Skip("revtbl"),
    Skip("rsidtbl"),
    Skip("generator"),
    Skip("nonesttables"),
    Skip("annotation"),
    Skip("atnid"),
    Skip("atnauthor"),
    Skip("atntime"),
    Skip("bkmkstart"),
    Skip("bkmkend"),
    Skip("xe"),
    Skip("tc"),
    Skip("rxe"),
    Skip("upr"),
    Skip("operator"),
    Skip("revtim"),
    Skip("printim"),
    Skip("buptim"),
    Skip("private"),
    Skip("template"),
    RtfWord{"ud", Action::kUnicodeCopy},
    RtfWord{"emdash", Action::kCharacter, 0x2014},
    RtfWord{"endash", Action::kCharacter, 0x2013},
    RtfWord{"emspace", Action::kCharacter, 0x2003},
    RtfWord{"enspace", Action::kCharacter, 0x2002},
    RtfWord{"lquote", Action::kCharacter, 0x2018},
    RtfWord{"rquote", Action::kCharacter, 0x2019},
    RtfWord{"ldblquote", Action::kCharacter, 0x201C},
    RtfWord{"rdblquote", Action::kCharacter, 0x201D},
    RtfWord{"bullet", Action::kCharacter, 0x2022},
    RtfWord{"par", Action::kParagraph},
    RtfWord{"sect", Action::kParagraph},
    RtfWord{"page", Action::kParagraph},
    RtfWord{"column", Action::kParagraph},
    RtfWord{"line", Action::kLine},
    RtfWord{"lbr", Action::kLine},
    RtfWord{"tab", Action::kTab},
    RtfWord{"cell", Action::kCell},
    RtfWord{"nestcell", Action::kCell},
    RtfWord{"row", Action::kRow},
    RtfWord{"nestrow", Action::kRow},
    RtfWord{"ansicpg", Action::kCodePage},
    RtfWord{"mac", Action::kFileCodePage, 10000},
    RtfWord{"pc", Action::kFileCodePage, 437},
    RtfWord{"pca", Action::kFileCodePage, 850},
    RtfWord{"deff", Action::kDefaultFont},
    RtfWord{"f", Action::kFont},
    RtfWord{"fcharset", Action::kFontCharset},
    RtfWord{"cpg", Action::kFontCodePage},
    RtfWord{"plain", Action::kPlain},
    RtfWord{"pard", Action::kParagraphDefaults},
    RtfWord{"intbl", Action::kInTable},
    RtfWord{"s", Action::kStyle},
    RtfWord{"sbasedon", Action::kBasedOn},
    RtfWord{"outlinelevel", Action::kOutlineLevel},
    RtfWord{"u", Action::kUnicode},
    RtfWord{"uc", Action::kUnicodeSkip},
    RtfWord{"v", Action::kHidden},
    RtfWord{"deleted", Action::kHidden},
    RtfWord{"htmlrtf", Action::kHtmlCopy},
    RtfWord{"yr", Action::kYear},
    RtfWord{"mo", Action::kMonth},
    RtfWord{"dy", Action::kDay},
    RtfWord{"hr", Action::kHour},
    RtfWord{"min", Action::kMinute},
};

struct Charset {
  int charset;
  int code_page;
};
constexpr std::array kCharsets = {
    Charset{77, 10000}, Charset{128, 932},  Charset{129, 949},  Charset{130, 1361}, Charset{134, 936},
    Charset{136, 950},  Charset{161, 1253}, Charset{162, 1254}, Charset{163, 1258}, Charset{177, 1255},
    Charset{178, 1256}, Charset{186, 1257}, Charset{204, 1251}, Charset{222, 874},  Charset{238, 1250},
    Charset{254, 437},  Charset{255, 850},
};

}  // namespace

RtfWord FindRtfWord(std::string_view name) {
  const auto* found =
      std::find_if(kWords.begin(), kWords.end(), [name](const RtfWord& word) { return word.name == name; });
  return found == kWords.end() ? RtfWord{} : *found;
}

int CodePageOfCharset(int charset) {
  const auto* found = std::find_if(kCharsets.begin(), kCharsets.end(),
                                   [charset](const Charset& known) { return known.charset == charset; });
  return found == kCharsets.end() ? 0 : found->code_page;
}

}  // namespace quipu::extract
