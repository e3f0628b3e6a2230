// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/html_elements.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quipu::extract {
namespace {

using Row = std::pair<std::string_view, Layout>;

// Sorted by name: looked up by bisection.
constexpr std::array kLayouts = {
    Row{"address", Layout::kBlock},    Row{"article", Layout::kBlock},
    Row{"aside", Layout::kBlock},      Row{"audio", Layout::kHidden},
    Row{"blockquote", Layout::kBlock}, Row{"body", Layout::kBlock},
    Row{"br", Layout::kBreak},         Row{"canvas", Layout::kHidden},
    Row{"caption", Layout::kBlock},    Row{"center", Layout::kBlock},
    Row{"datalist", Layout::kHidden},  Row{"dd", Layout::kLine},
    Row{"details", Layout::kBlock},    Row{"dialog", Layout::kBlock},
    Row{"div", Layout::kBlock},        Row{"dl", Layout::kBlock},
    Row{"dt", Layout::kLine},          Row{"fieldset", Layout::kBlock},
    Row{"figcaption", Layout::kBlock}, Row{"figure", Layout::kBlock},
    Row{"footer", Layout::kBlock},     Row{"form", Layout::kBlock},
    Row{"h1", Layout::kHeading},       Row{"h2", Layout::kHeading},
    Row{"h3", Layout::kHeading},       Row{"h4", Layout::kHeading},
    Row{"h5", Layout::kHeading},       Row{"h6", Layout::kHeading},
    Row{"header", Layout::kBlock},     Row{"hr", Layout::kBlock},
    Row{"iframe", Layout::kHidden},    Row{"legend", Layout::kLine},
    Row{"li", Layout::kLine},          Row{"listing", Layout::kVerbatim},
    Row{"main", Layout::kBlock},       Row{"nav", Layout::kBlock},
    Row{"noframes", Layout::kHidden},  Row{"noscript", Layout::kHidden},
    Row{"object", Layout::kHidden},    Row{"ol", Layout::kBlock},
    Row{"optgroup", Layout::kLine},    Row{"option", Layout::kLine},
    Row{"p", Layout::kBlock},          Row{"plaintext", Layout::kVerbatim},
    Row{"pre", Layout::kVerbatim},     Row{"rp", Layout::kHidden},
    Row{"rt", Layout::kHidden},        Row{"script", Layout::kHidden},
    Row{"section", Layout::kBlock},    Row{"select", Layout::kHidden},
    Row{"style", Layout::kHidden},     Row{"summary", Layout::kBlock},
    Row{"svg", Layout::kHidden},       Row{"table", Layout::kBlock},
    Row{"tbody", Layout::kLine},       Row{"td", Layout::kCell},
    Row{"template", Layout::kHidden},  Row{"textarea", Layout::kVerbatim},
    Row{"tfoot", Layout::kLine},       Row{"th", Layout::kCell},
    Row{"thead", Layout::kLine},       Row{"tr", Layout::kLine},
    Row{"ul", Layout::kBlock},         Row{"video", Layout::kHidden},
    Row{"xmp", Layout::kVerbatim},
};

constexpr bool Sorted() {
  for (std::size_t i = 1; i < kLayouts.size(); ++i) {
    if (kLayouts[i - 1].first >= kLayouts[i].first) return false;
  }
  return true;
}
static_assert(Sorted());

}  // namespace

Layout LayoutOf(std::string_view element) {
  const auto* row = std::lower_bound(kLayouts.begin(), kLayouts.end(), element,
                                     [](const Row& r, std::string_view name) { return r.first < name; });
  return row != kLayouts.end() && row->first == element ? row->second : Layout::kInline;
}

bool IsChrome(std::string_view element) {
  return element == "nav" || element == "aside" || element == "footer";
}

}  // namespace quipu::extract
