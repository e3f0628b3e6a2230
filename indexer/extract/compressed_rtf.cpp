// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/compressed_rtf.h"

#include <algorithm>
#include <array>

#include "indexer/extract/little_endian.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kWindow = 4096;
constexpr std::uint32_t kCompressed = 0x75465A4C;
constexpr std::uint32_t kUncompressed = 0x414C454D;

/// What every such text begins with, as if it had been written before.
constexpr std::string_view kPreset =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    "\\fdecor "
    "MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

std::string Inflate(std::string_view in, std::size_t max_bytes) {
  std::array<char, kWindow> window{};
  std::copy(kPreset.begin(), kPreset.end(), window.begin());
  std::size_t at = kPreset.size();
  std::string out;
  const auto put = [&](char c) {
    out += c;
    window[at] = c;
    at = (at + 1) % kWindow;
  };
  while (!in.empty() && out.size() < max_bytes) {
    const std::uint8_t kinds = U8(in, 0);
    in.remove_prefix(1);
    for (int bit = 0; bit < 8 && !in.empty() && out.size() < max_bytes; ++bit) {
      if ((kinds >> bit & 1) == 0) {
        put(in[0]);
        in.remove_prefix(1);
        continue;
      }
      if (in.size() < 2) return out;
      const std::size_t reference = static_cast<std::size_t>(U8(in, 0)) << 8 | U8(in, 1);
      in.remove_prefix(2);
      const std::size_t from = reference >> 4;
      if (from == at) return out;  // the end
      for (std::size_t i = 0; i < (reference & 0xF) + 2; ++i) put(window[(from + i) % kWindow]);
    }
  }
  return out;
}

}  // namespace

std::string DecompressRtf(std::string_view bytes, std::size_t max_bytes) {
  const std::uint32_t kind = U32(bytes, 8);
  const std::string_view content = Slice(bytes, kHeaderBytes, bytes.size());
  if (kind == kUncompressed) return std::string(content.substr(0, max_bytes));
  return kind == kCompressed ? Inflate(content, max_bytes) : "";
}

}  // namespace quipu::extract
