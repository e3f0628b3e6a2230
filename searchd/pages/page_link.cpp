// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/page_link.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "core/text/fold.h"
#include "searchd/json/safe_url.h"
#include "searchd/pages/html.h"

namespace quipu::searchd {
namespace {

std::string PercentDecode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto [end, fault] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
      // Control characters stay encoded: they would be read as nothing.
      if (fault == std::errc() && end == text.data() + i + 3 && byte >= 0x20 && byte != 0x7F) {
        out += static_cast<char>(byte);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return text::ValidUtf8(out);
}

}  // namespace

std::string PublicAddress(const schema::Document& document) {
  std::string url = SafeUrl(document.url);
  const bool absolute = url.starts_with('/') || url.find("://") != std::string::npos;
  return absolute ? url : "";
}

std::string AddressOf(const schema::Document& document, const std::string& index,
                      std::string_view language_part) {
  std::string url = PublicAddress(document);
  if (!url.empty()) return url;
  url = "view?index=" + PercentEncode(index) + "&id=" + PercentEncode(document.id);
  return url.append(language_part);
}

std::string AddressOf(const search::Passage& passage, const schema::Document& document,
                      const std::string& index, std::string_view language_part) {
  if (!PublicAddress(document).empty()) return SafeUrl(passage.url);
  const std::size_t fragment = passage.url.find('#');
  return AddressOf(document, index, language_part) +
         (fragment == std::string::npos ? "" : passage.url.substr(fragment));
}

std::string ReadableAddress(const schema::Document& document) {
  std::string_view url = document.url;
  if (SafeUrl(url).empty()) return document.id;
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  std::string readable;
  while (!url.empty()) {
    const std::size_t slash = std::min(url.find('/'), url.size());
    if (slash > 0) readable += (readable.empty() ? "" : " › ") + PercentDecode(url.substr(0, slash));
    url.remove_prefix(std::min(slash + 1, url.size()));
  }
  return readable.empty() ? document.id : readable;
}

}  // namespace quipu::searchd
