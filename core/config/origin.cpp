// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/origin.h"

#include <algorithm>
#include <cctype>

namespace quipu::config {

bool IsOrigin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  if (text.substr(0, scheme) != "http" && text.substr(0, scheme) != "https") return false;
  const std::string_view host = text.substr(scheme + 3);
  // Browsers send hosts in lower case, and no path.
  return !host.empty() && host.size() <= 260 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return (std::isalnum(c) != 0 && std::isupper(c) == 0) || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']' || c == '_';
  });
}

}  // namespace quipu::config
