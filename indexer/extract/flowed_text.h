// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// Mail text with "format=flowed" (RFC 3676) as its author wrote it: a line that ends in a space goes on in
/// the next of the same quote depth. `delete_space`: that space was added ("delsp=yes").
std::string JoinFlowedLines(std::string_view text, bool delete_space);

}  // namespace quipu::extract
