// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/route_table.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "searchd/http/target.h"

namespace quipu::http {
namespace {

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  path.remove_prefix(1);  // the leading "/"
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool IsParameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string Join(const std::vector<std::string>& segments) {
  std::string path;
  for (const std::string& segment : segments) path.append("/").append(segment);
  return path;
}

}  // namespace

RouteTable::RouteTable(std::vector<Route> routes) {
  for (Route& route : routes) {
    if (!route.pattern.starts_with('/'))
      throw std::logic_error("route pattern `" + route.pattern + "` must begin with /");
    Entry entry{std::move(route), {}};
    for (const std::string_view segment : SplitPath(entry.route.pattern)) {
      entry.segments.emplace_back(IsParameter(segment) ? std::string() : std::string(segment));
    }
    entries_.push_back(std::move(entry));
  }
  // Literal segments first: "" sorts before all else, so the order is the reverse of the natural one.
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.segments > b.segments; });
}

bool RouteTable::Matches(const Entry& entry, const std::vector<std::string>& segments) {
  if (entry.segments.size() != segments.size()) return false;
  // A pattern that is "/" has one empty segment, which is a literal.
  if (entry.route.pattern == "/") return segments.front().empty();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].empty()) return false;
    if (!entry.segments[i].empty() && entry.segments[i] != segments[i]) return false;
  }
  return true;
}

std::variant<RouteMatch, NoRoute> RouteTable::Find(std::string_view method, std::string_view path) const {
  std::vector<std::string> segments;
  for (const std::string_view segment : SplitPath(path)) {
    auto decoded = DecodeEscapes(segment);
    if (!decoded)
      return NoRoute{{400, {Code::kBadRequest, "The path holds a malformed percent escape."}}, {}};
    segments.push_back(std::move(*decoded));
  }
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  for (const Entry& entry : entries_) {
    if (entry.route.method != wanted || !Matches(entry, segments)) continue;
    RouteMatch match{&entry.route, {}, Join(segments)};
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (entry.segments[i].empty() && entry.route.pattern != "/")
        match.args.push_back(std::move(segments[i]));
    }
    return match;
  }
  return Explain(method, segments);
}

NoRoute RouteTable::Explain(std::string_view method, const std::vector<std::string>& segments) const {
  std::set<std::string> methods;
  for (const Entry& entry : entries_) {
    if (!Matches(entry, segments)) continue;
    methods.insert(entry.route.method);
    if (entry.route.method == "GET") methods.insert("HEAD");
  }
  const bool writes = method == "PUT" || method == "PATCH" || method == "DELETE" || method == "POST";
  // What would change an index says how one does, at whatever address the client expects it.
  if (methods.empty() && (!writes || method == "POST")) {
    return {{404, {Code::kNotFound, "There is nothing at this address."}}, {}};
  }
  std::string allow;
  for (const std::string& name : methods) allow.append(allow.empty() ? "" : ", ").append(name);
  std::string message = "`" + std::string(method) + "` is not served here";
  message += allow.empty() ? "." : "; use " + allow + ".";
  if (writes) message += " This server only reads: `quipu-indexer run` changes an index.";
  return {{405, {Code::kMethodNotAllowed, std::move(message)}}, allow.empty() ? "GET, HEAD, OPTIONS" : allow};
}

}  // namespace quipu::http
