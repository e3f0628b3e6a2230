// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/access.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include "core/config/listen_address.h"

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

Status CheckAccess(const config::Config& config) {
  const config::Searchd& searchd = config.searchd;
  if (!searchd.keys_file.empty()) {
    return Error{
        Code::kConfig,
        "`searchd.keys_file` is set, but this version cannot enforce keys yet. It does not start rather "
        "than serve unprotected what you wanted protected; remove the line to serve without keys."};
  }
  for (const std::string& listen : {searchd.listen, searchd.admin_listen}) {
    if (listen.empty() || searchd.open_access || IsLocal(listen)) continue;
    return Error{Code::kConfig,
                 fmt::format("Without keys only this machine is served, but `{}` can be reached by "
                             "others. Listen on 127.0.0.1, or set `open_access = true` under "
                             "[searchd] if everyone may search everything.",
                             listen)};
  }
  return Done{};
}

}  // namespace quipu::searchd
