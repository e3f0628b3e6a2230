// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/limits/client_address.h"

#include <algorithm>
#include <optional>

#include "searchd/http/request_head.h"

namespace quipu::searchd {
namespace {

// No honest request comes through more; beyond, the work is not worth it.
constexpr int kMaxHops = 32;
constexpr std::size_t kCountedV6Bytes = 8;

bool IsTrusted(std::string_view hop, std::span<const config::Network> proxies) {
  const auto address = config::ParseAddress(hop);
  return std::any_of(proxies.begin(), proxies.end(), [&](const config::Network& proxy) {
    return proxy.is_unix_socket ? hop == "unix" : address && proxy.Contains(*address);
  });
}

/// The address of a hop: some proxies write "[2001:db8::1]:1234" or "192.0.2.1:1234".
std::optional<std::string_view> AddressOf(std::string_view hop) {
  hop = http::TrimBlanks(hop);
  if (hop.starts_with('[')) {
    hop.remove_prefix(1);
    hop = hop.substr(0, hop.find(']'));
  } else if (std::count(hop.begin(), hop.end(), ':') == 1) {
    hop = hop.substr(0, hop.find(':'));
  }
  return config::ParseAddress(hop) ? std::optional(hop) : std::nullopt;
}

}  // namespace

std::vector<config::Network> ReadProxies(const std::vector<std::string>& texts) {
  std::vector<config::Network> proxies;
  for (const std::string& text : texts) {
    if (const auto network = config::ParseNetwork(text)) proxies.push_back(*network);
  }
  return proxies;
}

std::string ClientAddress(std::string_view peer, std::string_view forwarded_for,
                          std::span<const config::Network> proxies) {
  std::string_view client = peer;
  for (int hop = 0; hop < kMaxHops && !forwarded_for.empty() && IsTrusted(client, proxies); ++hop) {
    const std::size_t comma = forwarded_for.rfind(',');
    const bool first = comma == std::string_view::npos;
    const auto address = AddressOf(first ? forwarded_for : forwarded_for.substr(comma + 1));
    if (!address) break;
    client = *address;
    forwarded_for = first ? std::string_view() : forwarded_for.substr(0, comma);
  }
  return std::string(client);
}

std::string CountedAs(std::string_view address) {
  const auto parsed = config::ParseAddress(address);
  if (!parsed) return std::string(address);
  const std::size_t counted = config::IsV4(*parsed) ? parsed->size() : kCountedV6Bytes;
  return {reinterpret_cast<const char*>(parsed->data()), counted};
}

}  // namespace quipu::searchd
