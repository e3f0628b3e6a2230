// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "indexer/extract/reading.h"

namespace quipu::extract {

/// Fills title, date, language, author, description and tags from an office file's metadata member:
/// OOXML's docProps/core.xml or OpenDocument's meta.xml, which share the Dublin Core terms.
void ReadOfficeMetadata(std::string_view xml, Reading& reading);

}  // namespace quipu::extract
