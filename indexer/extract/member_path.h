// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// The path of a member as it becomes part of an id: valid UTF-8 (names in other charsets are decoded), `/`
/// between its parts, none of which is empty, "." or ".."; no control characters; at most 400 bytes. A
/// hostile name ("../../etc/passwd", "C:\x", "a\0b") becomes a harmless one; one that has nothing left
/// becomes "unnamed".
std::string SafeMemberPath(std::string_view path);

}  // namespace quipu::extract
