// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>

#include "indexer/extract/charset.h"
#include "indexer/extract/epub_package.h"
#include "indexer/extract/format.h"
#include "indexer/extract/html_parser.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {

Reading ReadEpub(const FileContent& file) {
  ZipArchive zip(file.bytes);
  Reading reading;
  const EpubPackage package(zip, reading);
  if (package.encrypted() || zip.encrypted())
    return Refuse(State::kEncrypted, "protected against copying: opens only in its seller's reader");
  if (package.chapters().empty())
    return Refuse(State::kFailed, "the book's list of chapters is missing or damaged");
  BodyWriter writer;
  OfficeEnding ending;
  for (const std::string& chapter : package.chapters()) {
    ending.out_of_time = file.OutOfTime();
    if (ending.out_of_time || writer.full()) break;
    const ZipArchive::Member member = zip.Read(chapter);
    if (member.fault != ZipArchive::Fault::kNone) ending.fault = member.fault;
    const ParsedHtml page = ParseHtml(DecodeText(member.bytes, DeclaredCharset(member.bytes)).text);
    if (page.too_deep) ending.xml = XmlEnd::kTooDeep;
    writer.Paragraph();
    // A heading of the chapter's own that comes first takes the place of this.
    if (std::string title = package.TitleOf(chapter); !title.empty())
      writer.BeginSegment({.heading = std::move(title)});
    page.page.Write(writer);
  }
  reading = FinishOffice(std::move(reading), ending, writer);
  // An anchor inside the book is none of the file's address.
  for (schema::Segment& segment : reading.segments) segment.anchor.clear();
  return reading;
}

}  // namespace quipu::extract
