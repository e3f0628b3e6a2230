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

std::string DocutilsIds::Make(std::string_view heading) {
  std::string id;
  for (const char c : text::Fold(heading)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      id += c;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0xC0 && static_cast<unsigned char>(c) >= 0x80) {
      continue;  // the rest of a character that was replaced as one
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  id.erase(0, id.find_first_not_of("-0123456789"));
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.size() > 256) id.resize(256);
  if (!id.empty() && used_.insert(id).second) return id;
  do {
    id = "id" + std::to_string(next_++);
  } while (!used_.insert(id).second);
  return id;
}

std::string AsciidoctorIds::Make(std::string_view heading) {
  const std::string lower = text::FoldCase(heading);
  std::string id = "_";
  for (std::size_t at = 0; at < lower.size();) {
    const CodePoint c = DecodeUtf8(lower, at);
    at += c.size;
    const bool separator = c.value == ' ' || c.value == '-' || c.value == '.' || c.value == '_';
    if (separator && id.back() != '_') id += '_';
    if (!separator && IsKept(c.value)) AppendUtf8(id, c.value);
  }
  while (id.size() > 1 && id.back() == '_') id.pop_back();
  id = ClipUtf8(id, 256);
  const int seen = ++used_[id];
  return seen == 1 ? id : id + "_" + std::to_string(seen);
}

}  // namespace quipu::extract
