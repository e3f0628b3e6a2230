// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/base_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace quipu::searchd {

std::string BaseAddress(const http::Request& request) {
  const std::string_view host = request.Header("host");
  const bool plain =
      !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']' || c == '_';
      });
  if (!plain) return "";
  const bool secure = request.secure || request.Header("x-forwarded-proto") == "https";
  return fmt::format("{}://{}", secure ? "https" : "http", host);
}

}  // namespace quipu::searchd
