// SPDX-License-Identifier: GPL-2.0-or-later
#include "bench/overload/conversation.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace quipu::bench {

std::int64_t NowNs() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

Conversation::Conversation(int port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
  std::perror("overload_load: connect");
  std::exit(1);
}

Conversation::~Conversation() { ::close(fd_); }

void Conversation::Ask(std::string_view target, std::int64_t due_ns) {
  request_.assign("GET ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
  busy_ = true;
  due_ns_ = due_ns;
  sent_ns_ = NowNs();
  wanted_ = 0;
  answer_.clear();
  // A request fits into an empty socket; what a closed one says comes with Read().
  [[maybe_unused]] const ssize_t sent = ::send(fd_, request_.data(), request_.size(), MSG_NOSIGNAL);
}

int Conversation::Read() {
  char buffer[65536];
  const ssize_t got = ::recv(fd_, buffer, sizeof buffer, MSG_DONTWAIT);
  if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
  answer_.append(buffer, static_cast<std::size_t>(got));
  if (wanted_ == 0) {
    const std::size_t end = answer_.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    constexpr std::string_view kName = "\r\nContent-Length: ";
    std::size_t length = 0;
    if (const std::size_t at = answer_.find(kName); at < end)
      std::from_chars(answer_.data() + at + kName.size(), answer_.data() + end, length);
    wanted_ = end + 4 + length;
  }
  if (answer_.size() < wanted_) return 0;
  busy_ = false;
  int status = 0;
  std::from_chars(answer_.data() + 9, answer_.data() + 12, status);
  return status;
}

}  // namespace quipu::bench
