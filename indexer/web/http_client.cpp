// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/http_client.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "indexer/web/spool.h"

namespace quipu::web {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxHeaderBytes = 64U << 10;
constexpr std::chrono::milliseconds kConnectTimeout{10000};
constexpr int kPollMs = 100;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

/// The same file for a process that is not trusted: it may read it, and not even truncate it.
UniqueFd ReadOnly(const UniqueFd& file) {
  UniqueFd fd(::open(fmt::format("/proc/self/fd/{}", file.get()).c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid()) throw std::system_error(errno, std::generic_category(), "a page's temporary file");
  return fd;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// One answer as it comes in.
struct Incoming {
  HttpResponse response;
  const std::filesystem::path& folder;
  std::uint64_t max_bytes;
  bool no_media = false;
  UniqueFd file;
  std::size_t header_bytes = 0;
  bool headers_too_long = false;
  int write_error = 0;
  Clock::time_point last_byte = Clock::now();
};

bool IsMedia(std::string_view type) {
  const std::string lower = LowerCase(type.substr(0, 6));
  return lower.starts_with("video/") || lower.starts_with("audio/") || lower.starts_with("font/");
}

std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* user) {
  auto& incoming = *static_cast<Incoming*>(user);
  const std::string_view line(data, size * count);
  incoming.last_byte = Clock::now();
  incoming.header_bytes += line.size();
  if (incoming.header_bytes > kMaxHeaderBytes) {
    incoming.headers_too_long = true;
    return 0;
  }
  // A new status line: what came before was provisional (100, 103), or a proxy's.
  if (line.starts_with("HTTP/")) incoming.response.headers.clear();
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && colon > 0) {
    incoming.response.headers.emplace_back(LowerCase(Trim(line.substr(0, colon))),
                                           Trim(line.substr(colon + 1)));
  }
  return line.size();
}

std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto& incoming = *static_cast<Incoming*>(user);
  std::string_view bytes(data, size * count);
  const std::size_t taken = bytes.size();
  incoming.last_byte = Clock::now();
  if (incoming.no_media && IsMedia(incoming.response.Header("content-type"))) {
    incoming.response.is_media = true;
    return 0;
  }
  const std::uint64_t room = incoming.max_bytes - incoming.response.bytes;
  if (bytes.size() > room) {
    incoming.response.too_large = true;
    bytes = bytes.substr(0, static_cast<std::size_t>(room));
  }
  incoming.response.bytes += bytes.size();
  if (!incoming.file.valid()) incoming.file = NamelessFile(incoming.folder);
  while (!bytes.empty()) {
    const ssize_t put = ::write(incoming.file.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      incoming.write_error = errno;
      return 0;
    }
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return incoming.response.too_large ? 0 : taken;
}

// Throwing through C is undefined: what goes wrong in a callback is told as an error of writing.
std::size_t OnBodySafely(char* data, std::size_t size, std::size_t count, void* user) {
  try {
    return OnBody(data, size, count, user);
  } catch (const std::system_error& error) {
    static_cast<Incoming*>(user)->write_error = error.code().value();
  } catch (const std::bad_alloc&) {
    static_cast<Incoming*>(user)->write_error = ENOMEM;
  }
  return 0;
}

std::size_t OnHeaderSafely(char* data, std::size_t size, std::size_t count, void* user) {
  try {
    return OnHeader(data, size, count, user);
  } catch (const std::bad_alloc&) {
    static_cast<Incoming*>(user)->write_error = ENOMEM;
  }
  return 0;
}

/// What the environment says, and this machine: no proxy leads there.
std::string HostsWithoutProxy() {
  std::string hosts = "localhost,127.0.0.1,::1";
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
    if (value == nullptr || *value == '\0') continue;
    if (std::string_view(value) == "*") return value;
    return hosts + "," + value;
  }
  return hosts;
}

std::string Seconds(std::chrono::milliseconds time) {
  return fmt::format("{:g} s", static_cast<double>(time.count()) / 1000);
}

Error Failure(std::string message) { return {Code::kIo, std::move(message)}; }

/// One connection's worth of libcurl, used by one request at a time.
class Line {
 public:
  explicit Line(const HttpSettings& settings)
      : settings_(settings), multi_(curl_multi_init()), easy_(curl_easy_init()) {
    if (!multi_ || !easy_) throw std::bad_alloc();
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_PROTOCOLS_STR, "http,https");
    Set(CURLOPT_FOLLOWLOCATION, 0L);
    Set(CURLOPT_USERAGENT, settings.user_agent.c_str());
    Set(CURLOPT_ACCEPT_ENCODING, "gzip, br");
    Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    Set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(settings.timeout, kConnectTimeout).count()));
    Set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
    Set(CURLOPT_PATH_AS_IS, 1L);  // it is normalised already
    // Setting this replaces what the environment says, so that is said again.
    Set(CURLOPT_NOPROXY, HostsWithoutProxy().c_str());
    if (!settings.ca_file.empty()) Set(CURLOPT_CAINFO, settings.ca_file.c_str());
    Set(CURLOPT_HEADERFUNCTION, &OnHeaderSafely);
    Set(CURLOPT_WRITEFUNCTION, &OnBodySafely);
    Set(CURLOPT_ERRORBUFFER, error_.data());
  }

  Result<HttpResponse> Get(const HttpRequest& request, const std::stop_token& stop) {
    Incoming incoming{.response = {},
                      .folder = settings_.temporary_folder,
                      .max_bytes = request.max_bytes,
                      .no_media = request.no_media};
    const HeaderList headers = HeadersOf(request);
    Set(CURLOPT_URL, request.url.text().c_str());
    Set(CURLOPT_HTTPHEADER, headers.get());
    Set(CURLOPT_HEADERDATA, &incoming);
    Set(CURLOPT_WRITEDATA, &incoming);
    error_.front() = '\0';
    const std::optional<CURLcode> code = Run(incoming, stop);
    if (stop.stop_requested()) return Error{Code::kInterrupted, "interrupted"};
    if (!code) return Failure("no byte came for " + Seconds(settings_.idle_timeout));
    const bool cut = incoming.response.too_large || incoming.response.is_media;
    if (*code != CURLE_OK && !cut) return Explain(*code, incoming);
    return Complete(std::move(incoming));
  }

 private:
  template <typename Value>
  void Set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK)
      throw std::runtime_error(fmt::format("libcurl lacks option {}", static_cast<int>(option)));
  }

  static HeaderList HeadersOf(const HttpRequest& request) {
    HeaderList list;
    const auto add = [&list](const std::string& line) {
      // A stored validator must not become a second header.
      if (line.find_first_of("\r\n") != std::string::npos) return;
      curl_slist* longer = curl_slist_append(list.get(), line.c_str());
      if (longer == nullptr) throw std::bad_alloc();
      (void)list.release();
      list.reset(longer);
    };
    add(fmt::format("Accept: {}", request.accept));
    if (!request.etag.empty()) add("If-None-Match: " + request.etag);
    if (!request.last_modified.empty()) add("If-Modified-Since: " + request.last_modified);
    return list;
  }

  /// Nothing if it was stopped or took too long between two bytes.
  std::optional<CURLcode> Run(Incoming& incoming, const std::stop_token& stop) {
    curl_multi_add_handle(multi_.get(), easy_.get());
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_.get()); });
    std::optional<CURLcode> code;
    int running = 1;
    while (running > 0 && !stop.stop_requested()) {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
      if (running == 0) break;
      if (Clock::now() - incoming.last_byte > settings_.idle_timeout) break;
      if (curl_multi_poll(multi_.get(), nullptr, 0, kPollMs, nullptr) != CURLM_OK) break;
    }
    int left = 0;
    if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left); message != nullptr)
      code = message->data.result;
    curl_multi_remove_handle(multi_.get(), easy_.get());
    return code;
  }

  Error Explain(CURLcode code, const Incoming& incoming) const {
    if (incoming.headers_too_long) return Failure("the answer's headers are longer than 64 KiB");
    if (incoming.write_error != 0) {
      return Failure("the page cannot be kept in a temporary file: " +
                     std::generic_category().message(incoming.write_error));
    }
    switch (code) {
      case CURLE_OPERATION_TIMEDOUT:
        return Failure("no complete answer within " + Seconds(settings_.timeout));
      case CURLE_COULDNT_RESOLVE_HOST: return Failure("the host is not known");
      case CURLE_COULDNT_CONNECT: return Failure("the connection was refused or the host cannot be reached");
      case CURLE_PEER_FAILED_VERIFICATION:
        return Failure(std::string("the certificate is not trusted: ") + Detail(code));
      case CURLE_SSL_CACERT_BADFILE: return Failure("`ca_file` cannot be read");
      case CURLE_GOT_NOTHING: return Failure("the connection was closed without an answer");
      case CURLE_PARTIAL_FILE: return Failure("the answer ended before its end");
      case CURLE_BAD_CONTENT_ENCODING: return Failure("the answer's compression is broken");
      default: return Failure(Detail(code));
    }
  }

  std::string Detail(CURLcode code) const {
    return error_.front() != '\0' ? std::string(error_.data()) : curl_easy_strerror(code);
  }

  Result<HttpResponse> Complete(Incoming incoming) {
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    incoming.response.status = static_cast<int>(status);
    if (status == 200) {
      if (!incoming.file.valid()) incoming.file = NamelessFile(settings_.temporary_folder);
      incoming.response.body = ReadOnly(incoming.file);
    }
    return std::move(incoming.response);
  }

  const HttpSettings& settings_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  // The easy handle goes first: it must not outlive the connections that the other one keeps.
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::unique_ptr<CURL, FreeEasy> easy_;
};

class CurlClient final : public HttpClient {
 public:
  explicit CurlClient(HttpSettings settings) : settings_(std::move(settings)) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw std::runtime_error("libcurl cannot be initialised");
  }
  ~CurlClient() override {
    idle_.clear();
    curl_global_cleanup();
  }
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  Result<HttpResponse> Get(const HttpRequest& request, std::stop_token stop) override {
    std::unique_ptr<Line> line = Take();
    auto response = line->Get(request, stop);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(line));
    return response;
  }

 private:
  std::unique_ptr<Line> Take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Line> line = std::move(idle_.back());
        idle_.pop_back();
        return line;
      }
    }
    return std::make_unique<Line>(settings_);
  }

  const HttpSettings settings_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Line>> idle_;
};

}  // namespace

std::string_view HttpResponse::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::unique_ptr<HttpClient> MakeHttpClient(HttpSettings settings) {
  return std::make_unique<CurlClient>(std::move(settings));
}

std::optional<std::int64_t> ParseHttpDate(std::string_view text) {
  const time_t time = curl_getdate(std::string(text).c_str(), nullptr);
  if (time == -1) return std::nullopt;
  return time;
}

}  // namespace quipu::web
