// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/extract/compound_file.h"
#include "indexer/extract/reading.h"

namespace quipu::extract {

/// Fills title, date, author, description and tags from the property sets of an old Office file
/// (\005SummaryInformation), as far as they are there and sound.
void ReadOleProperties(const CompoundFile& file, Reading& reading);

/// A FILETIME (100 ns since 1601) as ISO 8601 in UTC; "" for 0 and for years before 1900 or after 2200.
std::string IsoFromFileTime(std::uint64_t ticks);

}  // namespace quipu::extract
