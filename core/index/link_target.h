// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::index {

/// Where a link leads, in a form in which two names of one page are mostly equal: resolved against `base`
/// (the url of the document that has it; may be relative itself), without scheme, fragment, dot segments and
/// a last slash, the host in lower case. Empty for links that lead to no page (mailto:).
std::string LinkTarget(std::string_view base, std::string_view link);

}  // namespace quipu::index
