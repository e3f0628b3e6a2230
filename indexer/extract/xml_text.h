// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// XML as UTF-8 that ParseXml takes: the charset that it declares or has converted, the declaration removed,
/// and named entities other than XML's own five (which a DTD that is never loaded would define) replaced by
/// HTML's characters of these names, or by a blank.
std::string DecodeXml(std::string_view bytes);

}  // namespace quipu::extract
