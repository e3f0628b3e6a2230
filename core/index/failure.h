// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace quipu::index {

/// What went wrong, for people; called in a handler (`catch (...)`). Xapian's errors are no std::exception: a
/// handler for those alone lets a full disk end the program.
std::string DescribeFailure();

}  // namespace quipu::index
