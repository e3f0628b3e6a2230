// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/opensearch.h"

#include <fmt/format.h>

#include "searchd/pages/html.h"

namespace quipu::searchd {

std::string RenderOpenSearch(const OfferedIndex& index, std::string_view base) {
  // The specification allows 16 characters here; cut at a character, not inside one.
  std::string short_name = index.title.substr(0, 16);
  while (!short_name.empty() && short_name.size() < index.title.size() &&
         (static_cast<unsigned char>(index.title[short_name.size()]) & 0xC0) == 0x80) {
    short_name.pop_back();
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
      "<ShortName>{}</ShortName>\n<Description>{}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
      "<Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{}/icon.svg</Image>\n"
      "<Url type=\"text/html\" template=\"{}/search?q={{searchTerms}}&amp;index={}\"/>\n"
      "</OpenSearchDescription>\n",
      EscapeHtml(short_name), EscapeHtml(index.title), EscapeHtml(base), EscapeHtml(base),
      PercentEncode(index.uid));
}

}  // namespace quipu::searchd
