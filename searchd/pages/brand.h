// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/config/config.h"

namespace quipu::searchd {

/// How the pages look on this site: what `searchd.page_…` says, read once. A file that cannot be read is as
/// if it were not configured; `check` tells.
struct Brand {
  std::string title, home;
  std::string style;    // CSS behind our own
  std::string version;  // changes with `style`
  std::string logo, logo_type;
  std::string header_html, footer_html;
};

Brand ReadBrand(const config::Searchd& searchd);

/// kConfig if a colour is none, the logo of a kind that browsers do not show, or the language none of ours.
Status CheckBrand(const config::Searchd& searchd);

}  // namespace quipu::searchd
