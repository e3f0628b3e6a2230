// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "indexer/extract/reading.h"

namespace quipu::extract {

/// One row of the registry: a type as SniffType names it, and the function that reads it. A format is one
/// file, one declaration here and one row in format.cpp.
struct Format {
  std::string_view type;  // what the document's `type` says: "pdf", "html", …
  Reading (*read)(const FileContent&);
  bool reads_beginning = false;  // a file that is too long is read as far as allowed, not passed over
  bool has_members = false;      // may hand files in it to FileContent::members
};

std::span<const Format> Formats();

/// The row of that type, or nullptr: nothing reads it.
const Format* FindFormat(std::string_view type);

Reading ReadPlainText(const FileContent& file);
Reading ReadHtml(const FileContent& file);
Reading ReadMarkdown(const FileContent& file);
Reading ReadPdf(const FileContent& file);
Reading ReadDocx(const FileContent& file);
Reading ReadOdt(const FileContent& file);
Reading ReadArchive(const FileContent& file);
/// One file that was compressed, or a compressed tar archive.
Reading ReadCompressed(const FileContent& file);
Reading ReadMail(const FileContent& file);
Reading ReadMailbox(const FileContent& file);
Reading ReadRestructuredText(const FileContent& file);
Reading ReadAsciidoc(const FileContent& file);
Reading ReadLatex(const FileContent& file);
Reading ReadSubtitles(const FileContent& file);
/// Whether a text, which may be in lower case, begins as SRT or WebVTT do.
bool LooksLikeSubtitles(std::string_view text);
Reading ReadNotebook(const FileContent& file);
Reading ReadXml(const FileContent& file);
Reading ReadSvg(const FileContent& file);
/// Pages, Keynote and Numbers up to 2009.
Reading ReadIwork(const FileContent& file);
Reading ReadRtf(const FileContent& file);
Reading ReadDoc(const FileContent& file);
Reading ReadXls(const FileContent& file);
Reading ReadPpt(const FileContent& file);
Reading ReadMsg(const FileContent& file);
Reading ReadPptx(const FileContent& file);
Reading ReadXlsx(const FileContent& file);
Reading ReadXlsb(const FileContent& file);
Reading ReadXps(const FileContent& file);
Reading ReadVsdx(const FileContent& file);
Reading ReadOds(const FileContent& file);
Reading ReadOdp(const FileContent& file);
Reading ReadCsv(const FileContent& file);
Reading ReadEpub(const FileContent& file);
Reading ReadFb2(const FileContent& file);

}  // namespace quipu::extract
