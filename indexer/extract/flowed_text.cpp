// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/flowed_text.h"

#include <algorithm>

namespace quipu::extract {

std::string JoinFlowedLines(std::string_view text, bool delete_space) {
  std::string joined;
  joined.reserve(text.size());
  bool flows = false;  // the line before goes on
  std::size_t depth_before = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::size_t depth = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(depth);
    // A space was put before lines that would else look quoted or be taken for a mailbox's mark.
    if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    const bool continues = flows && depth == depth_before;
    if (!continues) {
      if (!joined.empty()) joined += '\n';
      joined.append(depth, '>');
      if (depth > 0) joined += ' ';
    }
    flows = !line.empty() && line.back() == ' ' && line != "-- ";
    if (flows && delete_space) line.remove_suffix(1);
    joined += line;
    depth_before = depth;
  }
  return joined;
}

}  // namespace quipu::extract
