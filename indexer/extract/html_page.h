// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/body_writer.h"

namespace quipu::extract {

/// Where on a page a piece of text stands; bits, since regions nest.
enum Region : std::uint8_t {
  kPlain = 0,
  kChrome = 1,   // nav, aside, footer, a page's own header: around the content, not of it
  kMain = 2,     // <main>, role="main"
  kArticle = 4,  // <article>
  kMarked = 8,   // data-quipu-body: the author says so
  kLink = 16,    // leads to another page
};

/// What a page says, in order, each piece with its region. Which regions are the content is known only at
/// the end of the page, so that parsing records and Write chooses.
class HtmlPage {
 public:
  void Text(std::string_view text, std::uint8_t region);
  void Verbatim(std::string_view text, std::uint8_t region);
  void Space(std::uint8_t region) { Mark(Kind::kSpace, region); }
  void LineBreak(std::uint8_t region) { Mark(Kind::kLine, region); }
  void Paragraph(std::uint8_t region) { Mark(Kind::kParagraph, region); }

  /// What follows stands under a heading, whose text and anchor may be told later.
  std::size_t BeginHeading(std::uint8_t region);
  schema::Segment& heading(std::size_t index) { return headings_[index]; }

  /// Writes the content: what is marked as body; else <main>; else the <article>s if they hold a good part
  /// of the text; else the page without its menus: chrome that consists of links, and runs of short links.
  /// A page that is little else than links keeps them all.
  void Write(BodyWriter& writer) const;

  std::size_t bytes() const { return text_.size(); }

 private:
  enum class Kind : std::uint8_t { kText, kVerbatim, kSpace, kLine, kParagraph, kHeading };
  struct Piece {
    Kind kind;
    std::uint8_t region;
    std::uint32_t begin;  // in text_, or the index of a heading
    std::uint32_t size;
  };

  /// Pieces from one break of a line to the next.
  struct Block {
    std::size_t begin = 0;  // of pieces_
    std::size_t end = 0;
    std::size_t ink = 0;       // bytes other than white space
    std::size_t link_ink = 0;  // of these, in links
    std::size_t links = 0;
    bool chrome = false;
    bool heading = false;
    bool menu = false;
  };

  std::vector<Block> CutBlocks() const;
  std::vector<bool> FindMenus() const;
  void Mark(Kind kind, std::uint8_t region);
  void Add(Kind kind, std::string_view text, std::uint8_t region);
  void WritePiece(const Piece& piece, BodyWriter& writer) const;

  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<schema::Segment> headings_;
};

}  // namespace quipu::extract
