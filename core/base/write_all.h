// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu {

/// Writes all of `bytes`, however often it takes. False if that fails; errno says why.
bool WriteAll(int fd, std::string_view bytes);

}  // namespace quipu
