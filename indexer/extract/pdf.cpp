// SPDX-License-Identifier: GPL-2.0-or-later
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <memory>
#include <utility>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/format.h"
#include "indexer/extract/pdf_headline.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/xmp.h"

namespace quipu::extract {
namespace {

void Ignore(const std::string& /*message*/, void* /*closure*/) {}

std::string Utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

std::string Info(const poppler::document& pdf, const char* key) {
  return TidyLine(Utf8(pdf.info_key(key)), kMaxFieldBytes);
}

std::string Or(const std::string& first, const std::string& second) { return first.empty() ? second : first; }

void ReadMetadata(const poppler::document& pdf, Reading& reading) {
  const XmpMetadata xmp = ParseXmp(Utf8(pdf.metadata()));
  reading.title = Or(Info(pdf, "Title"), xmp.title);
  reading.date = Or(Or(Info(pdf, "CreationDate"), xmp.date), Info(pdf, "ModDate"));
  reading.language = xmp.language;
  const std::string author = Info(pdf, "Author");
  reading.SetList("author", author.empty() ? xmp.authors : std::vector<std::string>{author});
  reading.SetField("description", Or(Info(pdf, "Subject"), xmp.description));
  const std::string keywords = Info(pdf, "Keywords");
  reading.SetList("tags", keywords.empty() ? xmp.subjects : SplitKeywords(keywords));
}

bool HasWords(std::string_view text) {
  return HasLetters(text) || text.find_first_of("0123456789") != std::string_view::npos;
}

/// The pages' text, a segment each. What stops it early is told in the reading.
void ReadPages(const poppler::document& pdf, const FileContent& file, Reading& reading) {
  BodyWriter writer;
  const int pages = pdf.pages();
  for (int number = 0; number < pages; ++number) {
    if (writer.full() || file.OutOfTime()) {
      reading.state = State::kTruncated;
      reading.reason = "only the first " + std::to_string(number) + " of " + std::to_string(pages) +
                       " pages were read: " + (writer.full() ? "more than 32 MiB of text" : "out of time");
      break;
    }
    const std::unique_ptr<poppler::page> page(pdf.create_page(number));
    if (!page) continue;
    writer.Paragraph();
    writer.BeginSegment({.page = static_cast<std::uint32_t>(number + 1)});
    // The order in which people read, as far as the layout tells: columns one after the other.
    writer.Verbatim(Utf8(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)));
    if (number == 0) reading.headline = PdfHeadline(*page);
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
}

}  // namespace

Reading ReadPdf(const FileContent& file) {
  poppler::set_debug_error_function(&Ignore, nullptr);
  const std::unique_ptr<poppler::document> pdf(
      poppler::document::load_from_raw_data(file.bytes.data(), static_cast<int>(file.bytes.size())));
  if (!pdf) return Refuse(State::kFailed, "not a readable PDF (damaged or cut off)");
  // Many are protected against editing only: an empty password opens them.
  if (pdf->is_locked() && pdf->unlock("", "")) return Refuse(State::kEncrypted, "opens only with a password");
  Reading reading;
  ReadMetadata(*pdf, reading);
  ReadPages(*pdf, file, reading);
  if (!HasWords(reading.body))
    return Refuse(State::kEmpty, "no text layer: needs OCR (`ocr = true` on its source)");
  return reading;
}

}  // namespace quipu::extract
