// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// What an XMP packet says of its document, in the Dublin Core terms.
struct XmpMetadata {
  std::string title;
  std::string description;
  std::string date;
  std::string language;
  std::vector<std::string> authors;
  std::vector<std::string> subjects;
};

/// What cannot be read is left empty.
XmpMetadata ParseXmp(std::string_view packet);

}  // namespace quipu::extract
