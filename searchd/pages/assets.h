// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::searchd {

/// The pages' style sheet, and the relative address under which it may be cached for ever; `version` is that
/// of the site's own style behind ours.
std::string_view StyleSheet();
std::string StyleSheetAddress(std::string_view version = "");
/// The icon, as SVG.
std::string_view Icon();
/// docs/errors.md as it was when this program was built.
std::string_view ErrorsPage();

}  // namespace quipu::searchd
