// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/safe_url.h"

#include <algorithm>
#include <cctype>

namespace quipu::searchd {

std::string SafeUrl(std::string_view url) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  if (url.empty() || url.front() == ' ' || url.back() == ' ') return "";
  if (std::any_of(url.begin(), url.end(), is_control)) return "";
  const std::size_t colon = url.find(':');
  // A colon after one of these is no scheme's: "a/b:c", "?q=a:b", "#:~:text=".
  if (colon == std::string_view::npos || url.find_first_of("/?#") < colon) return std::string(url);
  std::string scheme(url.substr(0, colon));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return scheme == "http" || scheme == "https" ? std::string(url) : "";
}

}  // namespace quipu::searchd
