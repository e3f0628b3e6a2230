// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/config/config.h"
#include "searchd/http/tls.h"

namespace quipu::searchd {

/// Whether only this machine can reach `listen` ("host:port", "[v6]:port", "unix:/path").
bool IsLocal(std::string_view listen);

/// kConfig with a sentence if serving `config` would show what its owner wanted protected: an address
/// that others reach without `open_access`, or keys that this version cannot enforce. Likewise for origins
/// that no browser sends and colours that are none.
Status CheckAccess(const config::Config& config);

/// Reads the configured certificate. kConfig if it cannot be used; without one nothing happens.
Status LoadCertificate(const config::Searchd& searchd, http::TlsCertificate& certificate);

/// Whether `text` is what browsers send as Origin: "https://example.org", "http://127.0.0.1:8080".
bool IsOrigin(std::string_view text);

/// Whether pages of `origin` may read answers (`searchd.allow_origins`).
bool AllowsOrigin(const config::Searchd& searchd, std::string_view origin);

}  // namespace quipu::searchd
