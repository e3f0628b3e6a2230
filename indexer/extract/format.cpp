// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/format.h"

#include <algorithm>
#include <array>

namespace quipu::extract {
namespace {

/// An OOXML file with a password is an OLE file that hides which kind it is.
Reading ReadEncryptedOffice(const FileContent& /*file*/) {
  return Refuse(State::kEncrypted, "opens only with a password");
}

constexpr std::array kFormats = {
    Format{"text", &ReadPlainText, true},
    Format{"html", &ReadHtml, true},
    Format{"markdown", &ReadMarkdown, true},
    Format{"rst", &ReadRestructuredText, true},
    Format{"asciidoc", &ReadAsciidoc, true},
    Format{"latex", &ReadLatex, true},
    Format{"subtitles", &ReadSubtitles, true},
    Format{"notebook", &ReadNotebook},
    Format{"docbook", &ReadXml, true},
    Format{"xml", &ReadXml, true},
    Format{"svg", &ReadSvg, true},
    Format{"pdf", &ReadPdf},
    Format{"docx", &ReadDocx},
    Format{"odt", &ReadOdt},
    Format{"zip", &ReadArchive, false, true},
    Format{"tar", &ReadArchive, false, true},
    Format{"7z", &ReadArchive, false, true},
    Format{"application/gzip", &ReadCompressed, false, true},
    Format{"application/x-bzip2", &ReadCompressed, false, true},
    Format{"application/x-xz", &ReadCompressed, false, true},
    Format{"application/zstd", &ReadCompressed, false, true},
    Format{"eml", &ReadMail, false, true},
    Format{"mbox", &ReadMailbox, false, true},
    Format{"iwork", &ReadIwork},
    Format{"rtf", &ReadRtf},
    Format{"doc", &ReadDoc},
    Format{"xls", &ReadXls},
    Format{"ppt", &ReadPpt},
    Format{"msg", &ReadMsg, false, true},
    Format{"pptx", &ReadPptx},
    Format{"xlsx", &ReadXlsx},
    Format{"xlsb", &ReadXlsb},
    Format{"xps", &ReadXps},
    Format{"vsdx", &ReadVsdx},
    Format{"ods", &ReadOds},
    Format{"odp", &ReadOdp},
    Format{"odg", &ReadOdp},
    Format{"csv", &ReadCsv, true},
    Format{"epub", &ReadEpub},
    Format{"fb2", &ReadFb2},
    Format{"encrypted-office", &ReadEncryptedOffice},
};

}  // namespace

std::span<const Format> Formats() { return kFormats; }

const Format* FindFormat(std::string_view type) {
  const auto* found =
      std::find_if(kFormats.begin(), kFormats.end(), [type](const Format& f) { return f.type == type; });
  return found == kFormats.end() ? nullptr : found;
}

}  // namespace quipu::extract
