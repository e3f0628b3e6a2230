// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::http {

/// A request as routes see it: no socket, no library type.
struct Request {
  std::string method;  // "GET"; HEAD arrives as GET with `head` set
  bool head = false;
  std::string path;                                        // decoded, without the query string
  std::vector<std::string> path_args;                      // what the route's {…} matched, decoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order, repeats kept
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case; repeats joined with ", "
  std::string remote_address;                  // of the peer, as text
  bool secure = false;                         // came over TLS
  std::string id;                              // unique per request, for logs and 500 answers
  std::shared_ptr<const void> grant;           // what Route::admit noted of the sender; only handed on

  /// The header's value, "" if absent. `name` in lower case.
  std::string_view Header(std::string_view name) const {
    const auto found = headers.find(std::string(name));
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // besides Content-Type and Content-Length
};

using Handler = std::function<Response(const Request&)>;

/// Refuses a request, whose body is not there yet, or lets it go on and may note in `grant` what its sender
/// may do. Called before the request waits for anything; must not block.
using Admission = std::function<std::optional<Response>(Request&)>;

/// What a search as you type is of: another by the same `typist` of a `text` that goes on from this one's, or
/// back, is its next keystroke. `typist` names the client and everything of the request but the text.
struct Typing {
  std::string typist;
  std::string text;
};

/// Reads that from a request whose body is there; nothing if it is no such search. Must not throw or block.
using TypingReader = std::function<std::optional<Typing>(const Request&)>;

/// Whether a route may wait behind searches, or must answer at once whatever the load.
enum class Cost { kCheap, kSearch };

/// One line of the table that routes requests, makes /openapi.json and is checked against the docs.
struct Route {
  std::string method;   // "GET", "POST"
  std::string pattern;  // "/indexes/{uid}/search": a {name} matches one segment
  Cost cost = Cost::kCheap;
  std::string summary;  // a sentence for /openapi.json
  Handler handler;
  Admission admit = nullptr;      // empty: everybody
  TypingReader typing = nullptr;  // empty: nobody types here
};

}  // namespace quipu::http
