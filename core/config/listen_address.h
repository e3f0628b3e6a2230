// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace quipu::config {

/// Where a program listens: a TCP port of a host, or a Unix socket.
struct ListenAddress {
  std::string host;        // without brackets; empty with a unix path
  std::uint16_t port = 0;  // 0: any free one
  std::string unix_path;   // empty with a host

  bool operator==(const ListenAddress&) const = default;
};

/// Reads "host:port", "[v6]:port" or "unix:/path". The host is not looked up.
Result<ListenAddress> ParseListenAddress(std::string_view text);

}  // namespace quipu::config
