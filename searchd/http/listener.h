// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "core/base/result.h"
#include "searchd/http/poller.h"

namespace quipu::http {

/// A listening socket, of IPv4, IPv6 or a path. Closing it is safe while another thread accepts.
class Listener {
 public:
  struct Accepted {
    int fd = -1;
    std::string remote;  // "192.0.2.1", "2001:db8::1", "unix"
  };
  enum class Outcome {
    kAccepted,
    kNone,       // nobody waits
    kExhausted,  // no descriptors or memory: try again later
    kClosed,
  };

  Listener() = default;
  ~Listener() { Close(); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Listens on "host:port", "[v6]:port" or "unix:/path". Port 0 takes a free one.
  Status Bind(const std::string& address);
  /// Takes over a socket that somebody else made listen; the file of a path stays theirs.
  void Adopt(int socket);

  /// Takes one client, non-blocking. When descriptors run out, one is refused (closed), so that a
  /// client gets an answer of sorts and the listener does not stay readable for ever.
  Outcome Accept(Accepted& accepted);

  /// Arms `poller` to tell `tag` when a client waits. Does nothing once closed.
  void Watch(const Poller& poller, std::uint64_t tag);

  void Close();
  int port() const { return port_; }

 private:
  Status BindPath(const std::string& path);
  Status BindHost(const std::string& host, const std::string& port);
  void RefuseOne();

  std::mutex mutex_;
  int fd_ = -1;
  int spare_fd_ = -1;  // given up for a moment to refuse a client when no descriptor is left
  int port_ = 0;
  bool watched_ = false;
  std::string path_;  // of a unix socket, removed on Close()
};

}  // namespace quipu::http
