// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::searchd {

/// The pages' style sheet, and the relative address under which it may be cached for ever.
std::string_view StyleSheet();
std::string StyleSheetAddress();
/// The icon, as SVG.
std::string_view Icon();
/// docs/errors.md as it was when this program was built.
std::string_view ErrorsPage();

}  // namespace quipu::searchd
