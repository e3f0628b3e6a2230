// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/query/filter_ast.h"
#include "searchd/http/message.h"

namespace quipu::searchd {

/// What the sender of a request may see. A default one is everything.
struct Grant {
  bool opens_all = true;
  std::set<std::string, std::less<>> indexes;  // if not all
  std::string filter_text;                     // as the key has it
  query::FilterNode filter;                    // marked as fixed; default: every document

  bool Opens(std::string_view index) const { return opens_all || indexes.contains(index); }
  /// Whether only some of an index's documents may be seen.
  bool IsConfined() const { return !filter.IsEverything(); }
  /// Whether it may see figures of the whole server.
  bool IsEverything() const { return opens_all && !IsConfined(); }
};

/// What the gate noted of the request's sender; everything where there is no gate, or no keys.
inline const Grant& GrantOf(const http::Request& request) {
  static const Grant kEverything;
  return request.grant ? *static_cast<const Grant*>(request.grant.get()) : kEverything;
}

}  // namespace quipu::searchd
