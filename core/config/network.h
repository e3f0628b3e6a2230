// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/result.h"

namespace quipu::config {

/// An address of IPv6, or of IPv4 as IPv6 has it (::ffff:192.0.2.1), so that both forms are one.
using Address = std::array<std::uint8_t, 16>;

/// Reads "192.0.2.1" or "2001:db8::1": no brackets, no port, no zone.
std::optional<Address> ParseAddress(std::string_view text);

/// Whether it is one of IPv4.
bool IsV4(const Address& address);

/// The addresses that begin with the first `bits` of `base`; or the peers of a Unix socket.
struct Network {
  Address base{};
  int bits = 128;
  bool is_unix_socket = false;

  bool Contains(const Address& address) const;
};

/// Reads "127.0.0.1", "10.0.0.0/8", "2001:db8::/32" or "unix". Bits behind the prefix must be zero: who
/// writes others means another network.
Result<Network> ParseNetwork(std::string_view text);

}  // namespace quipu::config
