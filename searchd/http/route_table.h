// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "searchd/http/message.h"
#include "searchd/http/request_head.h"

namespace quipu::http {

struct RouteMatch {
  const Route* route = nullptr;
  std::vector<std::string> args;  // what the pattern's {…} matched, decoded once
  std::string path;               // the whole path, decoded once
};

/// Why no route serves a request; `allow` is the Allow header of a 405.
struct NoRoute {
  Refusal refusal;
  std::string allow;
};

/// The routes by method and path. Matching happens on the encoded segments, each decoded once, so that
/// "%2F" in an id does not end the segment. A literal segment is preferred to a {name}. Immutable:
/// any thread may ask.
class RouteTable {
 public:
  explicit RouteTable(std::vector<Route> routes);
  RouteTable(const RouteTable&) = delete;
  RouteTable& operator=(const RouteTable&) = delete;

  /// The route for `method` (HEAD finds GET's) and the encoded `path`.
  std::variant<RouteMatch, NoRoute> Find(std::string_view method, std::string_view path) const;

 private:
  struct Entry {
    Route route;
    std::vector<std::string> segments;  // "" stands for {name}
  };
  static bool Matches(const Entry& entry, const std::vector<std::string>& segments);
  NoRoute Explain(std::string_view method, const std::vector<std::string>& segments) const;

  std::vector<Entry> entries_;
};

}  // namespace quipu::http
