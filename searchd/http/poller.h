// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

namespace quipu::http {

/// The epoll descriptor that all serving threads wait on, and the event that ends their waiting.
class Poller {
 public:
  static constexpr std::uint64_t kWakeTag = 0;

  struct Event {
    std::uint64_t tag = 0;   // what Arm() was given
    std::uint32_t bits = 0;  // EPOLLIN, …
  };

  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  /// Adds `fd`; its next event of `bits` is told to one thread, once. False if the kernel has no room.
  bool Add(int fd, std::uint32_t bits, std::uint64_t tag) const;
  /// Arms `fd` for one more event.
  bool Arm(int fd, std::uint32_t bits, std::uint64_t tag) const;
  /// Waits for one event. Once Wake() was called every wait ends at once with kWakeTag.
  Event Wait() const;
  void Wake() const;

 private:
  int epoll_fd_ = -1;
  int wake_fd_ = -1;
};

}  // namespace quipu::http
