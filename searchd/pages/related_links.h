// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/search/search_result.h"
#include "searchd/pages/page_frame.h"

namespace quipu::searchd {

/// A small line of links under a hit: the same document in other languages, and near-duplicates that were
/// folded into it. Nothing if there are none.
void AppendRelated(std::string& out, const search::Hit& hit, const PageFrame& page);

/// What a language calls itself ("es": "Español"); the code where we do not know.
std::string_view OwnNameOf(std::string_view language);

}  // namespace quipu::searchd
