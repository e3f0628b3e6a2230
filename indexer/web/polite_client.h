// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/web/http_client.h"
#include "indexer/web/robots.h"
#include "indexer/web/url_scope.h"

namespace quipu::web {

struct Politeness {
  std::chrono::milliseconds delay{500};  // between two requests to a host; 0: none, and several at once
  std::string product;                   // the name in robots.txt
  std::chrono::milliseconds max_retry_after{60000};
};

/// What a request came to.
struct Fetched {
  enum class Kind {
    kPage,         // 200: `response`
    kNotModified,  // 304
    kGone,         // 404, 410
    kRedirect,     // `location`; nothing was followed
    kDisallowed,   // robots.txt forbids it
    kNotRead,      // over max_bytes, or of a type that nothing reads
    kRefused,      // another 4xx, or a redirect that leads nowhere
    kUnreachable,  // 5xx, 429, no answer, or the host was given up: nobody knows what is there today
    kInterrupted,
  };
  Kind kind = Kind::kUnreachable;
  std::string reason;  // for all but kPage and kNotModified
  HttpResponse response;
  std::optional<Url> location;
};

/// Asks for pages as a good guest does: by the rules of robots.txt, with a pause between requests to a host
/// and one at a time, coming back later when a host says so (429, 503), and leaving it alone once it keeps
/// failing. Thread-safe. Everything but the state of hosts outlives it.
class PoliteClient {
 public:
  struct Parts {
    HttpClient& http;
    const UrlScope& scope;
    Politeness politeness;
    std::stop_token stop;
  };
  explicit PoliteClient(Parts parts) : parts_(std::move(parts)) {}

  Fetched Get(const HttpRequest& request);

  /// The sitemaps that the robots.txt of `url`'s host names.
  std::vector<std::string> SitemapsOf(const Url& url);

 private:
  struct Host;
  Host& HostOf(const Url& url);
  const Robots& RobotsOf(Host& host, const Url& url);
  void ReadRobots(Host& host, Url url);
  Fetched Try(Host& host, const HttpRequest& request);
  Fetched Once(Host& host, const HttpRequest& request);
  void Judge(Host& host, const Fetched& fetched);
  bool Wait(std::chrono::milliseconds time);

  Parts parts_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Host>> hosts_;
};

}  // namespace quipu::web
