// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace quipu::searchd {

/// `text` for an element's content or a quoted attribute: `& < > " '` become entities.
std::string EscapeHtml(std::string_view text);

/// HTML in which only <mark> and </mark> may be markup: every other `<` and `>` is escaped, and marks that
/// have no partner are dropped. Entities stay as they are.
std::string OnlyMarks(std::string_view html);

/// `text` as one part of a URL: everything but RFC 3986's unreserved characters as %XX.
std::string PercentEncode(std::string_view text);

/// ` lang="es"` for an element whose text is in `language`, "" if that is no plain language tag.
std::string LanguageAttribute(std::string_view language);

/// A text of ours with each `{}` filled in; the arguments are escaped here.
template <typename... Args>
std::string Say(std::string_view text, const Args&... args) {
  return fmt::format(fmt::runtime(text), EscapeHtml(args)...);
}

}  // namespace quipu::searchd
