// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "indexer/web/url.h"

namespace quipu::web {

struct HttpSettings {
  std::string user_agent;
  std::filesystem::path ca_file;                  // certificates to trust; empty: the system's
  std::chrono::milliseconds timeout{30000};       // of a whole answer
  std::chrono::milliseconds idle_timeout{15000};  // without a byte
  std::filesystem::path temporary_folder;         // where bodies are kept; empty: the system's
};

/// One request. Validators that are not empty make it conditional.
struct HttpRequest {
  Url url;
  std::string etag;
  std::string last_modified;
  std::uint64_t max_bytes = 256ULL << 20;  // of the body, decompressed
  bool no_media = false;                   // films, sounds and fonts are not loaded
  std::string_view accept = "*/*";
};

/// What a server answered, whatever it answered. Redirects are not followed.
struct HttpResponse {
  int status = 0;
  /// In order, names in lower case. At most 64 KiB together: with more the request has failed.
  std::vector<std::pair<std::string, std::string>> headers;
  /// The body, decompressed, in a file without a name, at its beginning; readable only. Not valid unless the
  /// status is 200; the first max_bytes of one that is too large.
  UniqueFd body;
  std::uint64_t bytes = 0;
  bool too_large = false;  // over max_bytes; it was not read to its end
  bool is_media = false;   // with no_media: it was not read

  /// The first header of that name (in lower case), or "".
  std::string_view Header(std::string_view name) const;
};

/// Asks web servers. Thread-safe; tests put their own in its place.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// The Error (kIo, or kInterrupted within a tenth of a second of a stop request) says why there is no
  /// answer: unknown host, refused connection, a certificate that is not trusted, no byte for too long.
  virtual Result<HttpResponse> Get(const HttpRequest& request, std::stop_token stop) = 0;
};

/// The real one: HTTP/1.1 and 2, TLS verified, gzip and brotli, proxies from the environment, connections
/// kept. It speaks http and https only, sends no cookies and no credentials, and follows nothing.
std::unique_ptr<HttpClient> MakeHttpClient(HttpSettings settings);

/// `text` as seconds since 1970 if it is a date of HTTP.
std::optional<std::int64_t> ParseHttpDate(std::string_view text);

}  // namespace quipu::web
