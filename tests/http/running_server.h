// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "searchd/http/event_server.h"
#include "tests/support/raw_http_client.h"
#include "tests/support/within.h"

namespace quipu::test {

/// A gate that search handlers wait at, so that a test decides how long a search takes.
class Gate {
 public:
  void Wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
    --waiting_;
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool AwaitWaiting(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(3), [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

/// The error object that tests look for; the real one has more members.
inline http::Response PlainError(int status, const Error& error, std::string_view origin) {
  http::Response response;
  response.status = status;
  response.body =
      "{\"code\":\"" + std::string(CodeName(error.code)) + "\",\"message\":\"" + error.message + "\"}";
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (!origin.empty()) response.headers.emplace_back("X-Seen-Origin", origin);
  return response;
}

http::Response Text(std::string body, int status = 200);

/// What a handler saw, as text: method, path, arguments, query, body.
std::string Describe(const http::Request& request);

/// Routes that tests share: GET /health, GET and POST /echo, GET /item/{id}, GET /big (8 MB), GET /throw,
/// GET and POST /search (Cost::kSearch, waits at the gate).
std::vector<http::Route> TestRoutes(Gate& gate);

/// A server of those routes on a free port with a thread that runs it.
class RunningServer {
 public:
  explicit RunningServer(http::ServerOptions options = {}, std::vector<http::Route> more = {});
  ~RunningServer() { Stop(0); }

  int port() const { return server_->port(); }
  RawClient Client() const { return RawClient(port()); }
  http::EventServer& server() { return *server_; }
  Gate& gate() { return gate_; }
  /// Stops and waits until Run() has returned.
  void Stop(std::int64_t grace_ms = 0);

 private:
  Gate gate_;
  std::unique_ptr<http::EventServer> server_;
  std::thread thread_;
};

/// Calls `holds` until it is true or 3 s are over; what it said last.
template <typename Condition>
bool Eventually(Condition holds) {
  return Within(std::chrono::seconds(3), holds);
}

}  // namespace quipu::test
