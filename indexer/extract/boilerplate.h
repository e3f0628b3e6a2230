// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::extract {

/// Whether a declared title says nothing: empty, "untitled", "Document1", "Microsoft Word - x.doc", a
/// file name or a path.
bool SaysNothing(std::string_view title);

/// Whether a line is one that no document is about: a call to action ("Download … here"), navigation, a
/// page number, a date, an address of the web or of mail, a letterhead.
bool IsBoilerplate(std::string_view line);

/// Whether a line is written in capitals alone (at least three letters).
bool IsAllCaps(std::string_view line);

}  // namespace quipu::extract
