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

Choice Choose(const Weights& weights) {
  if (weights.marked > 0) return [](std::uint8_t r) { return (r & kMarked) != 0; };
  if (weights.main > 0) return [](std::uint8_t r) { return (r & kMain) != 0 && (r & kChrome) == 0; };
  // Small <article>s beside much other text are cards and comments, not the content.
  if (weights.article * 4 > weights.content)
    return [](std::uint8_t r) { return (r & kArticle) != 0 && (r & kChrome) == 0; };
  if (weights.article > 0) return [](std::uint8_t r) { return (r & kChrome) == 0; };
  return [](std::uint8_t) { return true; };
}

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
  for (const Piece& piece : pieces_) {
    // What is left out still separates the words around it.
    kept(piece.region) ? WritePiece(piece, writer) : writer.Space();
  }
}

}  // namespace quipu::extract
