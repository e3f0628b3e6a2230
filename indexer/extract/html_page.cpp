// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/html_page.h"

#include <algorithm>
#include <functional>

namespace quipu::extract {
namespace {

using Choice = std::function<bool(std::uint8_t)>;

/// Bytes other than white space, by what a region's text is.
struct Weights {
  std::size_t marked = 0;
  std::size_t main = 0;
  std::size_t article = 0;
  std::size_t content = 0;  // all but chrome
};

std::size_t CountInk(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c > ' ' || (c & 0x80) != 0; }));
}

/// By which regions the content is known; nothing if the page does not say.
Choice Choose(const Weights& weights) {
  if (weights.marked > 0) return [](std::uint8_t r) { return (r & kMarked) != 0; };
  if (weights.main > 0) return [](std::uint8_t r) { return (r & kMain) != 0 && (r & kChrome) == 0; };
  // Small <article>s beside much other text are cards and comments, not the content.
  if (weights.article * 4 > weights.content)
    return [](std::uint8_t r) { return (r & kArticle) != 0 && (r & kChrome) == 0; };
  if (weights.article > 0) return [](std::uint8_t r) { return (r & kChrome) == 0; };
  return {};
}

constexpr std::size_t kMenuLinks = 5;     // fewer in a row are part of the text
constexpr std::size_t kLabelInk = 40;     // a link that says more is no label of a menu
constexpr std::size_t kContentInk = 200;  // what must remain for anything to be left out

}  // namespace

void HtmlPage::Add(Kind kind, std::string_view text, std::uint8_t region) {
  // Twice the body's bound leaves room for regions that will be left out.
  if (text.empty() || text_.size() + text.size() > 2 * BodyWriter::kMaxBytes + (1U << 20)) return;
  const bool joins = !pieces_.empty() && pieces_.back().kind == kind && pieces_.back().region == region;
  if (joins) {
    pieces_.back().size += static_cast<std::uint32_t>(text.size());
  } else {
    pieces_.push_back(
        {kind, region, static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text.size())});
  }
  text_ += text;
}

void HtmlPage::Text(std::string_view text, std::uint8_t region) { Add(Kind::kText, text, region); }

void HtmlPage::Verbatim(std::string_view text, std::uint8_t region) { Add(Kind::kVerbatim, text, region); }

void HtmlPage::Mark(Kind kind, std::uint8_t region) {
  // A run of tags leaves one break, the strongest.
  if (!pieces_.empty() && pieces_.back().region == region) {
    const Kind last = pieces_.back().kind;
    if (last == kind || (last == Kind::kParagraph && kind != Kind::kHeading)) return;
  }
  pieces_.push_back({kind, region, 0, 0});
}

std::size_t HtmlPage::BeginHeading(std::uint8_t region) {
  headings_.emplace_back();
  pieces_.push_back({Kind::kHeading, region, static_cast<std::uint32_t>(headings_.size() - 1), 0});
  return headings_.size() - 1;
}

void HtmlPage::WritePiece(const Piece& piece, BodyWriter& writer) const {
  const std::string_view text =
      std::string_view(text_).substr(piece.kind == Kind::kHeading ? 0 : piece.begin, piece.size);
  switch (piece.kind) {
    case Kind::kText: return writer.Text(text);
    case Kind::kVerbatim: return writer.Verbatim(text);
    case Kind::kSpace: return writer.Space();
    case Kind::kLine: return writer.LineBreak();
    case Kind::kParagraph: return writer.Paragraph();
    case Kind::kHeading:
      if (!headings_[piece.begin].heading.empty()) writer.BeginSegment(headings_[piece.begin]);
      return;
  }
}

std::vector<HtmlPage::Block> HtmlPage::CutBlocks() const {
  std::vector<Block> blocks(1);
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const bool breaks = piece.kind == Kind::kLine || piece.kind == Kind::kParagraph;
    if (breaks && blocks.back().ink > 0) {
      blocks.back().end = i;
      blocks.push_back({.begin = i, .end = i});
    }
    Block& block = blocks.back();
    block.end = i + 1;
    if (piece.kind == Kind::kHeading) block.heading = true;
    if (piece.kind != Kind::kText && piece.kind != Kind::kVerbatim) continue;
    const std::size_t ink = CountInk(std::string_view(text_).substr(piece.begin, piece.size));
    block.ink += ink;
    block.chrome = block.chrome || (piece.region & kChrome) != 0;
    if ((piece.region & kLink) == 0) continue;
    block.link_ink += ink;
    block.links += ink > 0 ? 1 : 0;
  }
  return blocks;
}

/// For each piece, whether it is part of a menu. Where little else would remain nothing is.
std::vector<bool> HtmlPage::FindMenus() const {
  std::vector<Block> blocks = CutBlocks();
  const auto mostly_links = [](const Block& block) {
    return !block.heading && block.link_ink * 10 > block.ink * 6;
  };
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end = i;
    std::size_t links = 0;
    std::size_t ink = 0;
    for (; end < blocks.size() && (blocks[end].ink == 0 || mostly_links(blocks[end])); ++end) {
      links += blocks[end].links;
      ink += blocks[end].ink;
    }
    const bool menu = links >= kMenuLinks && ink < links * kLabelInk;
    for (; i < end; ++i) blocks[i].menu = menu;
    if (i < blocks.size()) ++i;
  }
  std::size_t kept = 0;
  std::size_t all = 0;
  for (Block& block : blocks) {
    block.menu = block.menu || (block.chrome && !block.heading && block.link_ink * 10 > block.ink * 3);
    all += block.ink;
    kept += block.menu ? 0 : block.ink;
  }
  std::vector<bool> menus(pieces_.size(), false);
  if (kept < kContentInk || kept * 4 < all) return menus;
  for (const Block& block : blocks) {
    for (std::size_t i = block.begin; i < block.end && block.menu; ++i) menus[i] = true;
  }
  return menus;
}

void HtmlPage::Write(BodyWriter& writer) const {
  Weights weights;
  for (const Piece& piece : pieces_) {
    if (piece.kind != Kind::kText && piece.kind != Kind::kVerbatim) continue;
    const std::size_t ink = CountInk(std::string_view(text_).substr(piece.begin, piece.size));
    const bool chrome = (piece.region & kChrome) != 0;
    if ((piece.region & kMarked) != 0) weights.marked += ink;
    if (chrome) continue;
    weights.content += ink;
    if ((piece.region & kMain) != 0) weights.main += ink;
    if ((piece.region & kArticle) != 0) weights.article += ink;
  }
  const Choice kept = Choose(weights);
  const std::vector<bool> menus = kept ? std::vector<bool>() : FindMenus();
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const bool written = kept ? kept(piece.region) : !menus[i];
    // What is left out still separates what is around it.
    if (written) {
      WritePiece(piece, writer);
    } else if (piece.kind == Kind::kParagraph || piece.kind == Kind::kLine) {
      writer.LineBreak();
    } else {
      writer.Space();
    }
  }
}

}  // namespace quipu::extract
