// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "core/schema/document.h"

namespace quipu::searchd {

/// Where a click on a document's title leads: its url if that is safe, else what we have stored of it.
std::string AddressOf(const schema::Document& document, const std::string& index);

/// The address as people read it: "example.org › statements › informe.pdf". The id if there is no url.
std::string ReadableAddress(const schema::Document& document);

}  // namespace quipu::searchd
