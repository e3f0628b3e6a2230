// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "core/index/block_codec.h"
#include "core/index/text_store.h"

namespace quipu::index {
namespace {

/// A block is ended at the best place between these sizes.
constexpr std::size_t kMinBlockBytes = 1400;
constexpr std::size_t kWantedBlockBytes = 2600;
static_assert(kWantedBlockBytes <= kMaxBlockBytes);

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// How good it is to cut before `body[at]`: 3 after a paragraph, 2 after a sentence or line, 1 after a word.
int CutQuality(std::string_view body, std::size_t at) {
  if (IsSpace(body[at])) return 0;  // white space stays with what stands before it
  const char before = body[at - 1];
  if (before == '\n') return at >= 2 && body[at - 2] == '\n' ? 3 : 2;
  if (IsSpace(before)) {
    const char end = at >= 2 ? body[at - 2] : ' ';
    return end == '.' || end == '!' || end == '?' ? 2 : 1;
  }
  // The ideographic full stop, U+3002: Chinese and Japanese have no spaces.
  return at >= 3 && body.substr(at - 3, 3) == "\xE3\x80\x82" ? 2 : 0;
}

/// Where the block that begins at `begin` ends; `body` goes on beyond the wanted size.
std::size_t FindCut(std::string_view body, std::size_t begin) {
  std::size_t best = 0;
  int best_quality = 0;
  for (std::size_t at = begin + kWantedBlockBytes; at >= begin + kMinBlockBytes; --at) {
    const int quality = CutQuality(body, at);
    if (quality <= best_quality) continue;
    best = at;
    best_quality = quality;
    if (quality == 3) break;
  }
  if (best_quality > 0) return best;
  // No white space for a thousand bytes: Thai, Chinese without full stops, or no text at all.
  best = begin + kWantedBlockBytes;
  // Malformed text may go on with continuation bytes; three are the most that a character has.
  for (int i = 0; i < 3 && IsContinuation(body[best]); ++i) --best;
  return best;
}

}  // namespace

std::vector<std::uint32_t> CutBlocks(std::string_view body) {
  std::vector<std::uint32_t> begins;
  std::size_t begin = 0;
  while (begin < body.size()) {
    begins.push_back(static_cast<std::uint32_t>(begin));
    if (body.size() - begin <= kWantedBlockBytes) break;
    begin = FindCut(body, begin);
  }
  return begins;
}

}  // namespace quipu::index
