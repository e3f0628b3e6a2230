// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace quipu::index {

/// Merges databases that nobody changes meanwhile into a new one in `folder`, which is made: documents get
/// new numbers in the order of `paths`, and so few gaps stay that each part's first document follows the last
/// of the part before. Of metadata with one key the first part's stays. Nothing is synced.
///
/// It does what Xapian::Database::compact does, on two threads; a database in a format that is not known here
/// is left to that. Throws Xapian::Error and std::system_error.
void MergeDatabases(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& folder);

}  // namespace quipu::index
