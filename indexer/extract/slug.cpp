// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/slug.h"

#include "core/text/fold.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

bool IsKept(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  // Punctuation and symbols outside ASCII; everything else there is taken for letters and digits.
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7 || c == 0xFFFD) return false;
  if (c >= 0x2000 && c <= 0x2BFF) return c >= 0x200C && c <= 0x200D;
  return !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF0F) && !(c >= 0x1F000 && c <= 0x1FAFF);
}

}  // namespace

std::string SlugMaker::Make(std::string_view heading) {
  const std::string lower = text::FoldCase(heading);
  std::string slug;
  for (std::size_t at = 0; at < lower.size();) {
    const CodePoint c = DecodeUtf8(lower, at);
    if (c.value == ' ') slug += '-';
    if (IsKept(c.value)) AppendUtf8(slug, c.value);
    at += c.size;
  }
  slug = ClipUtf8(slug, 256);
  const int seen = used_[slug]++;
  return seen == 0 ? slug : slug + "-" + std::to_string(seen);
}

}  // namespace quipu::extract
