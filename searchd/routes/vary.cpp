// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/vary.h"

#include <algorithm>

namespace quipu::searchd {

void AddVary(http::Response& response, std::string_view name) {
  const auto vary = std::find_if(response.headers.begin(), response.headers.end(),
                                 [](const auto& header) { return header.first == "Vary"; });
  if (vary == response.headers.end()) {
    response.headers.emplace_back("Vary", name);
  } else {
    vary->second.append(", ").append(name);
  }
}

}  // namespace quipu::searchd
