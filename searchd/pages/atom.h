// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quipu::searchd {

/// One entry of an Atom feed. All texts are plain but `summary_html`, in which only <mark> is markup.
struct AtomEntry {
  std::string id;       // an IRI that never changes
  std::string title;    // not empty
  std::string link;     // absolute
  std::string updated;  // RFC 3339, with time and zone
  std::string author;   // empty: the feed's
  std::string language;
  std::string summary_html;
};

struct AtomFeed {
  std::string id, title, updated, author;
  std::string self;  // the feed's own address, absolute
  std::string page;  // the same search for people, absolute
  std::vector<AtomEntry> entries;
};

/// The feed as RFC 4287 has it. Characters that XML does not allow are left out, whatever the documents say.
std::string RenderAtom(const AtomFeed& feed);

/// `text` as XML's character data: escaped, valid UTF-8, without forbidden characters.
std::string EscapeXml(std::string_view text);

}  // namespace quipu::searchd
