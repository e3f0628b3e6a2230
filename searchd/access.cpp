// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/access.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/config/listen_address.h"
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

bool IsOrigin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  if (text.substr(0, scheme) != "http" && text.substr(0, scheme) != "https") return false;
  const std::string_view host = text.substr(scheme + 3);
  // Browsers send hosts in lower case, and no path.
  return !host.empty() && host.size() <= 260 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return (std::isalnum(c) != 0 && std::isupper(c) == 0) || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']' || c == '_';
  });
}

bool AllowsOrigin(const config::Searchd& searchd, std::string_view origin) {
  return std::any_of(searchd.allow_origins.begin(), searchd.allow_origins.end(),
                     [&](const std::string& allowed) { return allowed == "*" || allowed == origin; });
}

Status CheckAccess(const config::Config& config) {
  const config::Searchd& searchd = config.searchd;
  if (!searchd.keys_file.empty()) {
    return Error{
        Code::kConfig,
        "`searchd.keys_file` is set, but this version cannot enforce keys yet. It does not start rather "
        "than serve unprotected what you wanted protected; remove the line to serve without keys."};
  }
  for (const std::string& origin : searchd.allow_origins) {
    if (origin == "*" || IsOrigin(origin)) continue;
    return Error{Code::kConfig,
                 fmt::format("`searchd.allow_origins`: expected the scheme and host of a site in lower case, "
                             "such as `https://example.org`, without a path, or `*`; not `{}`.",
                             origin)};
  }
  for (const std::string& listen : {searchd.listen, searchd.admin_listen}) {
    if (listen.empty() || searchd.open_access || IsLocal(listen)) continue;
    return Error{Code::kConfig,
                 fmt::format("Without keys only this machine is served, but `{}` can be reached by "
                             "others. Listen on 127.0.0.1, or set `open_access = true` under "
                             "[searchd] if everyone may search everything.",
                             listen)};
  }
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

}  // namespace quipu::searchd
