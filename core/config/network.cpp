// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace quipu::config {
namespace {

constexpr std::size_t kMaxAddressText = 45;
constexpr int kV4PrefixBits = 96;
constexpr std::array<std::uint8_t, 12> kV4Prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

Error Expected(std::string_view text) {
  return {Code::kConfig,
          "expected an address or a network such as \"127.0.0.1\", \"10.0.0.0/8\" or \"unix\", not \"" +
              std::string(text.substr(0, 64)) + "\""};
}

/// `address` with all bits behind the first `bits` set to zero.
Address Masked(Address address, int bits) {
  for (int i = 0; i < static_cast<int>(address.size()); ++i) {
    const int kept = std::clamp(bits - 8 * i, 0, 8);
    address[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xFF00U >> static_cast<unsigned>(kept));
  }
  return address;
}

}  // namespace

std::optional<Address> ParseAddress(std::string_view text) {
  if (text.empty() || text.size() > kMaxAddressText) return std::nullopt;
  const std::string terminated(text);
  // inet_pton would stop at a zero byte.
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  Address address{};
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  std::copy(kV4Prefix.begin(), kV4Prefix.end(), address.begin());
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + kV4Prefix.size()) == 1) return address;
  return std::nullopt;
}

bool IsV4(const Address& address) { return std::equal(kV4Prefix.begin(), kV4Prefix.end(), address.begin()); }

bool Network::Contains(const Address& address) const {
  // ::/0 is all of IPv6, and whoever writes it does not mean the rest.
  return !is_unix_socket && IsV4(address) == IsV4(base) && Masked(address, bits) == base;
}

Result<Network> ParseNetwork(std::string_view text) {
  Network network;
  if (text == "unix") {
    network.is_unix_socket = true;
    return network;
  }
  const std::size_t slash = text.find('/');
  const std::optional<Address> base = ParseAddress(text.substr(0, slash));
  if (!base) return Expected(text);
  network.base = *base;
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), network.bits);
  if (failure != std::errc() || stop != digits.data() + digits.size() || digits.empty())
    return Expected(text);
  if (network.bits < 0 || network.bits > (is_v4 ? 32 : 128)) return Expected(text);
  if (is_v4) network.bits += kV4PrefixBits;
  if (Masked(network.base, network.bits) == network.base) return network;
  return Error{Code::kConfig,
               "\"" + std::string(text) + "\" has bits behind its prefix: write the network's first address"};
}

}  // namespace quipu::config
