// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/index/glass_table.h"
#include "core/index/table_cursor.h"

namespace quipu::index::glass {

/// Merges the tables of posting lists, in which metadata, values and the lengths of documents stand as well.
TableRoot MergePostings(const std::vector<MergedPart>& parts, const std::filesystem::path& path);

}  // namespace quipu::index::glass
