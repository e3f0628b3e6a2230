// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::searchd {

/// A file of the widget as it is served, and a hash of it.
struct WidgetFile {
  std::string_view text;
  std::string_view hash;
};

/// /embed.js: the small part that a page loads at once.
WidgetFile WidgetLoader();
/// /embed/main.js: the rest, fetched when somebody turns to the box.
WidgetFile WidgetMain();

}  // namespace quipu::searchd
