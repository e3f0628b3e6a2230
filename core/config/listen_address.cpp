// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/listen_address.h"

#include <algorithm>
#include <charconv>

namespace quipu::config {
namespace {

// sockaddr_un's sun_path has 108 bytes, the last a zero.
constexpr std::size_t kMaxUnixPath = 107;

Error Expected(std::string_view text) {
  return Error{Code::kConfig,
               "expected host:port, [v6]:port or unix:/path, not \"" + std::string(text) + "\""};
}

bool ParsePort(std::string_view digits, std::uint16_t& port) {
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, port);
  return !digits.empty() && failure == std::errc() && stop == end;
}

bool IsHostName(std::string_view host) {
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
}

bool IsIpv6(std::string_view host) {
  return host.find(':') != std::string_view::npos && std::all_of(host.begin(), host.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
                  c == '.';
         });
}

}  // namespace

Result<ListenAddress> ParseListenAddress(std::string_view text) {
  ListenAddress address;
  if (text.starts_with("unix:")) {
    address.unix_path = text.substr(5);
    if (address.unix_path.empty() || address.unix_path.find('\0') != std::string::npos) return Expected(text);
    if (address.unix_path.size() > kMaxUnixPath) {
      return Error{Code::kConfig, "the path of a Unix socket must be at most 107 bytes long"};
    }
    return address;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !ParsePort(text.substr(colon + 1), address.port))
    return Expected(text);
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (!IsIpv6(host)) return Expected(text);
  } else if (!IsHostName(host)) {
    return Expected(text);
  }
  address.host = host;
  return address;
}

}  // namespace quipu::config
