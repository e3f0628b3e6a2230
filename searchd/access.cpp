// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/access.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include "core/config/listen_address.h"
#include "core/config/origin.h"
#include "searchd/keys/key_ring.h"
#include "searchd/pages/brand.h"

namespace quipu::searchd {

bool IsLocal(std::string_view listen) {
  const auto address = config::ParseListenAddress(listen);
  if (!address) return false;
  if (!address->unix_path.empty() || address->host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, address->host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, address->host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

namespace {

Status CheckListen(const config::Searchd& searchd, const std::string& listen, bool asks_for_keys) {
  if (listen.empty() || searchd.open_access || asks_for_keys || IsLocal(listen)) return Done{};
  return Error{
      Code::kConfig,
      fmt::format("Without keys only this machine is served, but `{}` can be reached by others. Listen "
                  "on 127.0.0.1, write keys with `quipu-searchd key new`, or set `open_access = true` "
                  "under [searchd] if everyone may search everything.",
                  listen)};
}

}  // namespace

Status CheckAccess(const config::Config& config) {
  const config::Searchd& searchd = config.searchd;
  for (const std::string& origin : searchd.allow_origins) {
    if (origin == "*" || config::IsOrigin(origin)) continue;
    return Error{Code::kConfig,
                 fmt::format("`searchd.allow_origins`: expected the scheme and host of a site in lower case, "
                             "such as `https://example.org`, without a path, or `*`; not `{}`.",
                             origin)};
  }
  if (Status listening = CheckListen(searchd, searchd.listen, !searchd.keys_file.empty()); !listening)
    return listening;
  // It asks for no key.
  if (Status listening = CheckListen(searchd, searchd.admin_listen, false); !listening) return listening;
  http::TlsCertificate certificate;
  if (Status loaded = LoadCertificate(searchd, certificate); !loaded) return loaded;
  return CheckBrand(searchd);
}

Status LoadCertificate(const config::Searchd& searchd, http::TlsCertificate& certificate) {
  if (searchd.tls_certificate.empty() != searchd.tls_key.empty()) {
    return Error{Code::kConfig,
                 "`searchd.tls_certificate` and `searchd.tls_key` need each other: set both, or none."};
  }
  return searchd.tls_certificate.empty() ? Status(Done{})
                                         : certificate.Load(searchd.tls_certificate, searchd.tls_key);
}

std::vector<config::Fault> CheckKeys(const config::Searchd& searchd) {
  if (searchd.keys_file.empty()) {
    if (searchd.page_key.empty()) return {};
    return {{0, 0, "`searchd.page_key` names a key, but there is no `searchd.keys_file`"}};
  }
  const ReadKeys keys = ReadKeyRing(searchd.keys_file);
  if (!keys.faults.empty() || searchd.page_key.empty() || keys.ring->FindById(searchd.page_key) != nullptr)
    return keys.faults;
  return {
      {0, 0, fmt::format("`searchd.page_key` is `{}`, which is the id of no key here", searchd.page_key)}};
}

}  // namespace quipu::searchd
