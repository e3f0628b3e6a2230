// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "core/config/key_table.h"

namespace quipu::config {

/// Reads `text` as `key`'s value, as an environment variable or a flag gives it: lists are separated by
/// commas. The error tells what was expected.
Result<Value> ReadValue(const Key& key, std::string_view text);

/// Makes the paths in `value` absolute against `base`, including a Unix socket's; "-" stays.
Value Anchored(const Key& key, Value value, const std::filesystem::path& base);

}  // namespace quipu::config
