// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tests/support/raw_http_client.h"

namespace quipu::test {

/// Asks one server, each request on a connection of its own. Targets are sent as they are: percent-encode
/// them.
class HttpClient {
 public:
  using Headers = std::map<std::string, std::string>;

  explicit HttpClient(int port) : port_(port) {}

  RawAnswer Get(std::string_view target, const Headers& headers = {}) const {
    return Ask("GET", target, headers, "");
  }
  RawAnswer PostJson(std::string_view target, std::string_view json) const {
    return Ask("POST", target, {{"Content-Type", "application/json"}}, json);
  }
  RawAnswer Ask(std::string_view method, std::string_view target, const Headers& headers,
                std::string_view body) const;

 private:
  int port_;
};

}  // namespace quipu::test
