// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "searchd/routes/endpoint.h"

namespace quipu::searchd {

/// What somebody searched for.
struct Question {
  std::string_view index_uid, q;
  bool found = false;  // at least one document
};

/// Counts it, if `searchd.count_queries` says so.
void CountQuery(const Services& services, const http::Request& request, const Question& question);

}  // namespace quipu::searchd
