// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/indexer/extract/sample_doc.h"

#include "tests/indexer/extract/sample_ole.h"

namespace quipu::extract::testing {
namespace {

constexpr std::size_t kTextPlace = 1024;
constexpr std::size_t kPage = 512;

void Put(std::string& bytes, std::size_t at, const std::string& value) {
  bytes.replace(at, value.size(), value);
}

/// A page of paragraph formats for the text at kTextPlace.
std::string FormatPage(const std::vector<DocSampleParagraph>& paragraphs) {
  std::string page(kPage, '\0');
  std::size_t entry_place = kPage - 1;
  std::uint32_t begin = 0;
  const std::size_t count = paragraphs.size();
  for (std::size_t i = 0; i < count; ++i) {
    Put(page, i * 4, Le32(static_cast<std::uint32_t>(kTextPlace + begin)));
    begin = paragraphs[i].end;
    std::string entry = Le16(paragraphs[i].style) + paragraphs[i].sprms;
    if (entry.size() % 2 == 0) {
      const std::string head = {'\0', static_cast<char>(entry.size() / 2)};
      entry.insert(0, head);
    } else {
      entry.insert(entry.begin(), static_cast<char>((entry.size() + 1) / 2));
    }
    entry_place = (entry_place - entry.size()) & ~std::size_t{1};
    Put(page, entry_place, entry);
    page[(count + 1) * 4 + i * 13] = static_cast<char>(entry_place / 2);
  }
  Put(page, count * 4, Le32(static_cast<std::uint32_t>(kTextPlace + begin)));
  page[kPage - 1] = static_cast<char>(count);
  return page;
}

}  // namespace

std::string MakeDoc(const DocSample& sample) {
  std::string main(kTextPlace, '\0');
  std::string ends = Le32(0);
  std::string places;
  std::uint32_t characters = 0;
  for (const DocSamplePiece& piece : sample.pieces) {
    const auto place = static_cast<std::uint32_t>(main.size());
    characters += static_cast<std::uint32_t>(piece.bytes.size() / (piece.wide ? 2 : 1));
    ends += Le32(characters);
    places += Le16(0) + Le32(piece.wide ? place : (place * 2) | 0x40000000) + Le16(0);
    main += piece.bytes;
  }
  const std::string pieces = ends + places;
  std::string table = '\2' + Le32(static_cast<std::uint32_t>(pieces.size())) + pieces;
  const std::size_t clx_bytes = table.size();

  Put(main, 0, Le16(0xA5EC) + Le16(193));
  Put(main, 0x0A, Le16(static_cast<std::uint16_t>(0x0200 | sample.flags)));
  Put(main, 0x4C, Le32(sample.text));
  Put(main, 0x50, Le32(sample.footnotes));
  Put(main, 0x1A2, Le32(0) + Le32(static_cast<std::uint32_t>(clx_bytes)));
  if (!sample.paragraphs.empty()) {
    main.resize((main.size() + kPage - 1) / kPage * kPage, '\0');
    const auto page = static_cast<std::uint32_t>(main.size() / kPage);
    main += FormatPage(sample.paragraphs);
    Put(main, 0x102, Le32(static_cast<std::uint32_t>(table.size())) + Le32(12));
    table += Le32(kTextPlace) + Le32(kTextPlace + sample.paragraphs.back().end) + Le32(page);
  }
  return MakeOle({{"WordDocument", main}, {"1Table", table}, {"\005SummaryInformation", sample.summary}});
}

std::string MakeSimpleDoc(const std::string& text) {
  return MakeDoc({.pieces = {{text}}, .text = static_cast<std::uint32_t>(text.size())});
}

}  // namespace quipu::extract::testing
