// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/terminal_text.h"

#include <array>
#include <utility>

#include "searchd/pages/html.h"

namespace quipu::searchd {

std::string PlainText(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F are control characters as well; in UTF-8 they are C2 80 to C2 9F.
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    if (byte < 0x20 || byte == 0x7F || c1) {
      out += ' ';
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string BoldText(std::string_view html, bool bold) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities = {
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}}};
  const std::string marked = OnlyMarks(PlainText(html));
  std::string_view rest = marked;
  std::string out;
  const auto take = [&](std::string_view token, std::string_view text) {
    if (!rest.starts_with(token)) return false;
    out += text;
    rest.remove_prefix(token.size());
    return true;
  };
  while (!rest.empty()) {
    bool taken = take("<mark>", bold ? "\x1b[1m" : "") || take("</mark>", bold ? "\x1b[0m" : "");
    for (const auto& [entity, text] : kEntities) taken = taken || take(entity, text);
    if (taken) continue;
    out += rest.front();
    rest.remove_prefix(1);
  }
  return out;
}

std::string EmphasizedTitle(const search::Hit& hit) {
  if (!hit.title_html.empty()) return hit.title_html;
  return EscapeHtml(hit.document.title.empty() ? hit.document.id : hit.document.title);
}

}  // namespace quipu::searchd
