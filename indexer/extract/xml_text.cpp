// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/xml_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>

#include "indexer/extract/charset.h"
#include "indexer/extract/html_parser.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

bool IsOwn(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_';
}

void AppendEntity(std::string& out, std::string_view name) {
  const std::string terminated(name);
  const htmlEntityDesc* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(terminated.c_str()));
  if (known == nullptr) {
    out += ' ';
  } else {
    AppendUtf8(out, known->value);
  }
}

}  // namespace

std::string DecodeXml(std::string_view bytes) {
  const std::string text = DecodeText(bytes, DeclaredCharset(bytes)).text;
  std::size_t at = 0;
  if (text.compare(0, 5, "<?xml") == 0) at = std::min(text.find("?>"), text.size() - 2) + 2;
  std::string out;
  out.reserve(text.size());
  while (at < text.size()) {
    const std::size_t amp = std::min(text.find('&', at), text.size());
    out.append(text, at, amp - at);
    at = amp;
    if (at >= text.size()) break;
    std::size_t end = at + 1;
    while (end < text.size() && end - at < 40 && IsNameCharacter(text[end])) ++end;
    const std::string_view name = std::string_view(text).substr(at + 1, end - at - 1);
    const bool named = !name.empty() && end < text.size() && text[end] == ';' && !IsOwn(name);
    if (named) {
      AppendEntity(out, name);
      at = end + 1;
    } else {
      out += '&';
      ++at;
    }
  }
  return out;
}

}  // namespace quipu::extract
