// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "core/base/result.h"
#include "searchd/http/message.h"

namespace quipu::searchd {

/// The HTTP status that `code` is answered with.
int StatusOf(Code code);

/// The contract's error object: `message`, `code`, `type`, `link`.
http::Response RenderError(int status, const Error& error);
http::Response RenderError(const Error& error);

}  // namespace quipu::searchd
