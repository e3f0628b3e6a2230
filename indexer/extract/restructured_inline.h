// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// Running text of reStructuredText without its inline markup: emphasis, literals, roles, references and
/// substitutions become their words, links their text.
std::string RestructuredInline(std::string_view text);

}  // namespace quipu::extract
