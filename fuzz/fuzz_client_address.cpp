// SPDX-License-Identifier: GPL-2.0-or-later
// X-Forwarded-For and heads that were never parsed, from anyone: what comes out is an address that was
// written there, or the peer's; a header that is found lies within the head.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/config/network.h"
#include "searchd/http/request_head.h"
#include "searchd/limits/client_address.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto kProxies = quipu::searchd::ReadProxies({"127.0.0.1", "10.0.0.0/8", "::/16", "unix"});
  for (const std::string_view peer : {"127.0.0.1", "unix", "203.0.113.7"}) {
    const std::string client = quipu::searchd::ClientAddress(peer, text, kProxies);
    Require(client == peer ||
            (text.find(client) != std::string_view::npos && quipu::config::ParseAddress(client).has_value()));
    Require(peer != "203.0.113.7" || client == peer);
    Require(quipu::searchd::CountedAs(client).size() <= 16);
  }
  const auto network = quipu::config::ParseNetwork(text);
  if (network && !network->is_unix_socket) Require(network->Contains(network->base));
  const std::string_view origin = quipu::http::FindHeader(text, "origin");
  if (!origin.empty()) {
    Require(origin.data() >= text.data() && origin.data() + origin.size() <= text.data() + text.size());
    Require(origin.find('\n') == std::string_view::npos);
  }
  return 0;
}
