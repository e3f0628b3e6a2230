// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/search/search_result.h"

namespace quipu::searchd {

/// `text` without control characters: nothing in a document may steer somebody's terminal.
std::string PlainText(std::string_view text);

/// HTML of a passage as plain text; what is in <mark> is bold if `bold`.
std::string BoldText(std::string_view html, bool bold);

/// The title as HTML, marked if the core marked it; the id if there is none.
std::string EmphasizedTitle(const search::Hit& hit);

}  // namespace quipu::searchd
