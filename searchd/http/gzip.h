// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::http {

enum class Packing {
  kFast,   // for an answer that is made once
  kSmall,  // for what is packed once and sent often
};

/// `text` in the gzip format. Throws std::bad_alloc.
std::string Gzip(std::string_view text, Packing packing);

/// Whether an Accept-Encoding header takes gzip (RFC 9110, 12.5.3): named, or `*`, and not with q=0.
bool AcceptsGzip(std::string_view accept_encoding);

}  // namespace quipu::http
