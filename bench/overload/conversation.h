// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quipu::bench {

/// The monotonic clock, in nanoseconds.
std::int64_t NowNs();

/// One kept connection to 127.0.0.1 on which one request after another is asked. Not thread-safe.
class Conversation {
 public:
  /// Connects, or ends the program with a sentence.
  explicit Conversation(int port);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  int fd() const { return fd_; }
  bool busy() const { return busy_; }

  /// Sends a GET that was due at `due_ns`.
  void Ask(std::string_view target, std::int64_t due_ns);
  /// Reads what there is: the status of the answer once it is whole, 0 before, -1 if the server has closed.
  int Read();

  std::int64_t due_ns() const { return due_ns_; }
  std::int64_t sent_ns() const { return sent_ns_; }

 private:
  int fd_ = -1;
  bool busy_ = false;
  std::int64_t due_ns_ = 0, sent_ns_ = 0;
  std::string request_, answer_;
  std::size_t wanted_ = 0;  // bytes of the whole answer; 0 while its head is incomplete
};

}  // namespace quipu::bench
