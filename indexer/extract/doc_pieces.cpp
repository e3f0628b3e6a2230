// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/doc_pieces.h"

#include <algorithm>

#include "indexer/extract/little_endian.h"

namespace quipu::extract {
namespace {

constexpr std::uint64_t kFlags = 0x0A;
constexpr std::uint16_t kComplex = 0x0004;
constexpr std::uint16_t kEncrypted = 0x0100;
constexpr std::uint16_t kTable1 = 0x0200;
constexpr std::uint16_t kFirstVersionOf97 = 106;

/// The piece table inside a CLX: after blocks of formatting (type 1), a block of type 2.
std::string_view PieceTable(std::string_view clx) {
  while (clx.size() > 5 && U8(clx, 0) == 1)
    clx.remove_prefix(std::min<std::size_t>(3U + U16(clx, 1), clx.size()));
  return U8(clx, 0) == 2 ? Slice(clx, 5, U32(clx, 1)) : std::string_view();
}

/// As much of the piece as lies within the stream.
void AddPiece(DocPiece piece, std::size_t stream_bytes, std::vector<DocPiece>& pieces) {
  if (piece.begin >= piece.end || piece.place >= stream_bytes) return;
  const std::uint64_t room = (stream_bytes - piece.place) / (piece.wide ? 2 : 1);
  piece.end = static_cast<std::uint32_t>(std::min<std::uint64_t>(piece.end, piece.begin + room));
  if (piece.begin < piece.end) pieces.push_back(piece);
}

std::vector<DocPiece> ReadPieces(std::string_view table, std::size_t stream_bytes, bool old) {
  std::vector<DocPiece> pieces;
  if (table.size() < 16) return pieces;
  const std::size_t count = (table.size() - 4) / 12;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t place = U32(table, (count + 1) * 4 + i * 8 + 2);
    DocPiece piece{.begin = U32(table, i * 4), .end = U32(table, i * 4 + 4), .place = place, .wide = false};
    constexpr std::uint32_t kNarrow = 0x40000000;
    if (!old) {
      piece.wide = (place & kNarrow) == 0;
      piece.place = piece.wide ? place & 0x3FFFFFFF : (place & 0x3FFFFFFF) / 2;
    }
    AddPiece(piece, stream_bytes, pieces);
  }
  return pieces;
}

DocLayout ReadOldLayout(std::string_view main) {
  constexpr std::uint64_t kTextBegin = 0x18;
  constexpr std::uint64_t kTextLength = 0x34;
  constexpr std::uint64_t kClx = 0x160;
  DocLayout layout{.parts = {.text = U32(main, kTextLength)}, .pieces = {}, .old = true};
  if ((U16(main, kFlags) & kComplex) != 0) {
    const std::string_view clx = Slice(main, U32(main, kClx), U32(main, kClx + 4));
    layout.pieces = ReadPieces(PieceTable(clx), main.size(), true);
  }
  if (layout.pieces.empty()) {
    AddPiece({.begin = 0, .end = layout.parts.text, .place = U32(main, kTextBegin), .wide = false},
             main.size(), layout.pieces);
  }
  return layout;
}

}  // namespace

std::string_view DocTableStream(std::string_view main) {
  return (U16(main, kFlags) & kTable1) != 0 ? "1Table" : "0Table";
}

bool IsEncryptedDoc(std::string_view main) { return (U16(main, kFlags) & kEncrypted) != 0; }

DocLayout ReadDocLayout(std::string_view main, std::string_view table) {
  if (U16(main, 2) < kFirstVersionOf97) return ReadOldLayout(main);
  DocLayout layout{.parts = {.text = U32(main, 0x4C),
                             .footnotes = U32(main, 0x50),
                             .headers = U32(main, 0x54),
                             .macros = U32(main, 0x58),
                             .comments = U32(main, 0x5C),
                             .endnotes = U32(main, 0x60),
                             .boxes = U32(main, 0x64)},
                   .pieces = {},
                   .old = false};
  constexpr std::uint64_t kClx = 0x1A2;
  const std::string_view clx = Slice(table, U32(main, kClx), U32(main, kClx + 4));
  layout.pieces = ReadPieces(PieceTable(clx), main.size(), false);
  return layout;
}

}  // namespace quipu::extract
