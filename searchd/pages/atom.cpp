// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/atom.h"

#include <fmt/format.h>

#include <iterator>

#include "core/text/fold.h"
#include "searchd/pages/html.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

/// ` xml:lang="es"`, made of what LanguageAttribute takes for a language.
std::string XmlLanguage(std::string_view language) {
  std::string attribute = LanguageAttribute(language);
  return attribute.empty() ? attribute : " xml:" + attribute.substr(1);
}

void AppendEntry(std::string& out, const AtomEntry& entry) {
  fmt::format_to(Out(out),
                 "<entry{}>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n"
                 "<link rel=\"alternate\" href=\"{}\"/>\n",
                 XmlLanguage(entry.language), EscapeXml(entry.id), EscapeXml(entry.title),
                 EscapeXml(entry.updated), EscapeXml(entry.link));
  if (!entry.author.empty())
    fmt::format_to(Out(out), "<author><name>{}</name></author>\n", EscapeXml(entry.author));
  if (!entry.summary_html.empty())
    fmt::format_to(Out(out), "<summary type=\"html\">{}</summary>\n",
                   EscapeXml(OnlyMarks(entry.summary_html)));
  out += "</entry>\n";
}

}  // namespace

std::string EscapeXml(std::string_view text) {
  const std::string valid = text::ValidUtf8(text);
  std::string allowed;
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto c = static_cast<unsigned char>(valid[i]);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;
    // U+FFFE and U+FFFF are valid UTF-8 and no XML.
    if (valid.compare(i, 3, "\xEF\xBF\xBE") == 0 || valid.compare(i, 3, "\xEF\xBF\xBF") == 0) {
      i += 2;
      continue;
    }
    allowed += valid[i];
  }
  return EscapeHtml(allowed);
}

std::string RenderAtom(const AtomFeed& feed) {
  std::string out;
  fmt::format_to(Out(out),
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
                 "<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n"
                 "<author><name>{}</name></author>\n<generator>Quipu</generator>\n"
                 "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n"
                 "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
                 EscapeXml(feed.id), EscapeXml(feed.title), EscapeXml(feed.updated), EscapeXml(feed.author),
                 EscapeXml(feed.self), EscapeXml(feed.page));
  for (const AtomEntry& entry : feed.entries) AppendEntry(out, entry);
  out += "</feed>\n";
  return out;
}

}  // namespace quipu::searchd
