// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/polite_client.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <ctime>
#include <utility>

#include <fmt/format.h>

namespace quipu::web {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Kind = Fetched::Kind;

constexpr int kMaxRobotsRedirects = 5;
constexpr int kMaxTries = 3;
constexpr int kMaxFailuresInARow = 8;
constexpr int kFailuresThatCount = 20;
constexpr milliseconds kMaxCrawlDelay{60000};

Fetched Outcome(Kind kind, std::string reason) {
  Fetched fetched;
  fetched.kind = kind;
  fetched.reason = std::move(reason);
  return fetched;
}

std::string ReadAll(int fd, std::size_t limit) {
  std::string text(limit, '\0');
  std::size_t have = 0;
  while (have < limit) {
    const ssize_t got = ::pread(fd, text.data() + have, limit - have, static_cast<off_t>(have));
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  text.resize(have);
  return text;
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Seconds or a date; nothing if the header says neither.
std::optional<milliseconds> RetryAfter(const HttpResponse& response) {
  const std::string_view text = response.Header("retry-after");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size() && seconds >= 0)
    return milliseconds(std::min<std::int64_t>(seconds, 1'000'000'000) * 1000);
  if (const auto date = ParseHttpDate(text)) {
    const std::int64_t now = std::time(nullptr);
    return milliseconds(std::clamp<std::int64_t>(*date - now, 0, 1'000'000'000) * 1000);
  }
  return std::nullopt;
}

Fetched Understand(const HttpRequest& request, HttpResponse response) {
  const int status = response.status;
  Fetched fetched;
  fetched.reason = fmt::format("the server answered {}", status);
  if (response.too_large) {
    fetched.kind = Kind::kNotRead;
    fetched.reason = fmt::format("larger than {} MiB", std::max<std::uint64_t>(request.max_bytes >> 20U, 1));
  } else if (response.is_media) {
    fetched.kind = Kind::kNotRead;
    fetched.reason = fmt::format("no reader for {}", response.Header("content-type"));
  } else if (status == 200) {
    fetched.kind = Kind::kPage;
  } else if (status == 304) {
    fetched.kind = Kind::kNotModified;
  } else if (status == 404 || status == 410) {
    fetched.kind = Kind::kGone;
  } else if (IsRedirect(status)) {
    fetched.location = request.url.Resolve(response.Header("location"));
    fetched.kind = fetched.location ? Kind::kRedirect : Kind::kRefused;
    if (!fetched.location) fetched.reason += " and leads to no address of http or https";
  } else if (status >= 400 && status < 500 && status != 408 && status != 429) {
    fetched.kind = Kind::kRefused;
  } else {
    fetched.kind = Kind::kUnreachable;
  }
  fetched.response = std::move(response);
  return fetched;
}

}  // namespace

/// What is known of one host.
struct PoliteClient::Host {
  std::mutex turn;  // held while it is asked, if there is a delay
  std::mutex mutex;
  bool robots_read = false;
  Robots robots;
  std::string robots_fault;  // why nothing may be asked for
  bool robots_unknown = false;
  milliseconds delay{0};
  Clock::time_point next;  // no request before
  int asked = 0;
  int failed = 0;
  int failed_in_a_row = 0;
  std::string given_up;  // why; empty: it is not
};

PoliteClient::Host& PoliteClient::HostOf(const Url& url) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Host>& host = hosts_[url.origin()];
  if (!host) {
    host = std::make_shared<Host>();
    host->delay = parts_.politeness.delay;
  }
  return *host;
}

/// False if a stop was requested meanwhile.
bool PoliteClient::Wait(milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, parts_.stop, time, [] { return false; });
  return !parts_.stop.stop_requested();
}

Fetched PoliteClient::Get(const HttpRequest& request) {
  Host& host = HostOf(request.url);
  const Robots& robots = RobotsOf(host, request.url);
  if (parts_.stop.stop_requested()) return Outcome(Kind::kInterrupted, "interrupted");
  {
    const std::lock_guard lock(host.mutex);
    if (host.robots_unknown) return Outcome(Kind::kUnreachable, host.robots_fault);
    if (!host.given_up.empty()) return Outcome(Kind::kUnreachable, host.given_up);
  }
  if (!robots.Allows(request.url.target())) return Outcome(Kind::kDisallowed, "robots.txt disallows it");
  Fetched fetched = Try(host, request);
  Judge(host, fetched);
  return fetched;
}

/// Comes back when the host says that it is busy.
Fetched PoliteClient::Try(Host& host, const HttpRequest& request) {
  for (int attempt = 1;; ++attempt) {
    Fetched fetched = Once(host, request);
    const int status = fetched.response.status;
    if (fetched.kind != Kind::kUnreachable || (status != 429 && status != 503) || attempt == kMaxTries)
      return fetched;
    const milliseconds pause = RetryAfter(fetched.response).value_or(milliseconds(1000 * attempt));
    if (pause > parts_.politeness.max_retry_after) {
      const std::lock_guard lock(host.mutex);
      host.given_up = fmt::format("the server answered {} and asks not to come back for {} s", status,
                                  pause.count() / 1000);
      fetched.reason = host.given_up;
      return fetched;
    }
    if (!Wait(pause)) return Outcome(Kind::kInterrupted, "interrupted");
  }
}

Fetched PoliteClient::Once(Host& host, const HttpRequest& request) {
  milliseconds delay{0};
  {
    const std::lock_guard lock(host.mutex);
    delay = host.delay;
  }
  std::unique_lock turn(host.turn, std::defer_lock);
  if (delay.count() > 0) {
    turn.lock();
    const auto pause = std::chrono::duration_cast<milliseconds>(host.next - Clock::now());
    if (pause.count() > 0 && !Wait(pause)) return Outcome(Kind::kInterrupted, "interrupted");
  }
  if (parts_.stop.stop_requested()) return Outcome(Kind::kInterrupted, "interrupted");
  auto response = parts_.http.Get(request, parts_.stop);
  if (turn.owns_lock()) host.next = Clock::now() + delay;
  if (!response) {
    return Outcome(response.error().code == Code::kInterrupted ? Kind::kInterrupted : Kind::kUnreachable,
                   response.error().message);
  }
  return Understand(request, std::move(response).value());
}

/// A host that fails again and again is left alone: it may be down, or it may not want us.
void PoliteClient::Judge(Host& host, const Fetched& fetched) {
  const std::lock_guard lock(host.mutex);
  ++host.asked;
  if (fetched.kind == Kind::kInterrupted) return;
  if (fetched.kind != Kind::kUnreachable) {
    host.failed_in_a_row = 0;
    return;
  }
  ++host.failed;
  ++host.failed_in_a_row;
  const bool mostly = host.failed >= kFailuresThatCount && host.failed * 2 > host.asked;
  if (!host.given_up.empty() || (host.failed_in_a_row < kMaxFailuresInARow && !mostly)) return;
  host.given_up =
      fmt::format("the host was left alone after {} failures; the last: {}", host.failed, fetched.reason);
}

const Robots& PoliteClient::RobotsOf(Host& host, const Url& url) {
  const std::lock_guard lock(host.mutex);
  if (!host.robots_read) {
    if (const auto place = url.Resolve("/robots.txt")) ReadRobots(host, *place);
    // An interruption says nothing about the host.
    host.robots_read = !parts_.stop.stop_requested();
  }
  return host.robots;
}

/// RFC 9309: without robots.txt (4xx) all is allowed; if nobody can say what it holds (5xx, no answer),
/// nothing.
void PoliteClient::ReadRobots(Host& host, Url url) {
  const auto began = Clock::now();
  for (int redirects = 0; redirects <= kMaxRobotsRedirects; ++redirects) {
    auto response = parts_.http.Get(
        {.url = url, .max_bytes = Robots::kMaxBytes, .accept = "text/plain,*/*;q=0.5"}, parts_.stop);
    host.next = Clock::now() + host.delay;
    if (!response) {
      host.robots = Robots::ForbidAll();
      host.robots_unknown = true;
      host.robots_fault = "its robots.txt cannot be had: " + response.error().message;
      return;
    }
    const int status = response->status;
    if (IsRedirect(status)) {
      const auto target = url.Resolve(response->Header("location"));
      if (!target || !parts_.scope.AllowsHost(*target)) return;
      url = *target;
      continue;
    }
    if (status >= 500 || status == 429) {
      host.robots = Robots::ForbidAll();
      host.robots_unknown = true;
      host.robots_fault = fmt::format("its robots.txt cannot be had: the server answered {}", status);
      return;
    }
    if (status != 200 || !response->body.valid()) return;
    host.robots = Robots::Parse(ReadAll(response->body.get(), Robots::kMaxBytes), parts_.politeness.product);
    if (const auto asked = host.robots.crawl_delay_ms())
      host.delay = std::max(host.delay, std::min(milliseconds(*asked), kMaxCrawlDelay));
    host.next = began + host.delay;
    return;
  }
}

std::vector<std::string> PoliteClient::SitemapsOf(const Url& url) {
  return RobotsOf(HostOf(url), url).sitemaps();
}

}  // namespace quipu::web
