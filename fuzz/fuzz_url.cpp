// SPDX-License-Identifier: GPL-2.0-or-later
// A link as a page writes it. What is accepted is http or https, in a form that does not change when it is
// read again, and what a page's memo keeps comes back.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/web/page_memo.h"
#include "indexer/web/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu::web;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Url base = *Url::Parse("https://example.org/a/b?c=d");
  for (const auto& url : {Url::Parse(text), base.Resolve(text)}) {
    if (!url) continue;
    if (!url->text().starts_with("http://") && !url->text().starts_with("https://")) std::abort();
    if (url->text().size() > kMaxUrlBytes || url->host().empty() || !url->path().starts_with('/'))
      std::abort();
    for (const char c : url->text()) {
      if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F || c == '#')
        std::abort();
    }
    const auto again = Url::Parse(url->text());
    if (!again || again->text() != url->text() || again->host() != url->host()) std::abort();
  }
  const PageMemo memo = DecodeMemo(text);
  if (DecodeMemo(EncodeMemo(memo)).links.size() > memo.links.size()) std::abort();
  return 0;
}
