// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "searchd/http/message.h"
#include "searchd/pages/brand.h"

namespace quipu::searchd {

/// What a browser is shown in place of a page that it may not see (401, 403) or has asked for too often
/// (429): a sentence in its language, no search box and nothing of any index.
http::Response RefusalPage(int status, const Error& error, const Brand& brand,
                           std::string_view accept_language);

}  // namespace quipu::searchd
