// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::extract {

/// What an HTML element means for the text in and around it.
enum class Layout {
  kInline,
  kBlock,     // a paragraph of its own
  kLine,      // a line of its own
  kCell,      // a space
  kBreak,     // <br>
  kVerbatim,  // <pre>: a block whose lines count
  kHeading,   // h1 to h6
  kHidden,    // nothing in it is text of the page
};
Layout LayoutOf(std::string_view element);

/// nav, footer, aside: around the content wherever they stand.
bool IsChrome(std::string_view element);

}  // namespace quipu::extract
