// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "searchd/http/tls.h"

namespace quipu::searchd {

/// Whether only this machine can reach `listen` ("host:port", "[v6]:port", "unix:/path").
bool IsLocal(std::string_view listen);

/// kConfig with a sentence if serving `config` would show what its owner wanted protected: an address
/// that others reach without keys and without `open_access`. Likewise for origins that no browser sends and
/// colours that are none.
Status CheckAccess(const config::Config& config);

/// Reads the configured certificate. kConfig if it cannot be used; without one nothing happens.
Status LoadCertificate(const config::Searchd& searchd, http::TlsCertificate& certificate);

/// Every fault of the keys file, and a `page_key` that is not in it.
std::vector<config::Fault> CheckKeys(const config::Searchd& searchd);

}  // namespace quipu::searchd
