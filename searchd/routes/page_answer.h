// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "searchd/http/message.h"

namespace quipu::searchd {

/// An HTML answer under a policy without scripts and inline styles. Only pages of `framing_origins` may show
/// it in a frame.
http::Response PageAnswer(int status, std::string html, const std::vector<std::string>& framing_origins);

}  // namespace quipu::searchd
