// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/network.h"

namespace quipu::searchd {

/// The proxies of `searchd.trusted_proxies`, checked when they were read.
std::vector<config::Network> ReadProxies(const std::vector<std::string>& texts);

/// The address of the client: `peer` ("192.0.2.1", "2001:db8::1", "unix"), unless that is one of `proxies`;
/// then the last address of `forwarded_for` (X-Forwarded-For, or several of them joined by commas) that is
/// none of them. What stands before it the client may have written. Where it cannot be read, the last hop
/// that could.
std::string ClientAddress(std::string_view peer, std::string_view forwarded_for,
                          std::span<const config::Network> proxies);

/// Under which name requests of `address` are counted: itself, but of IPv6 its /64, which one subscriber has.
std::string CountedAs(std::string_view address);

}  // namespace quipu::searchd
