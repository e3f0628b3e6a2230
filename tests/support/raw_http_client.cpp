// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/raw_http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <utility>

namespace quipu::test {
namespace {

using Clock = std::chrono::steady_clock;

bool WaitFor(int fd, short events, Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
  pollfd ready{fd, events, 0};
  return left > 0 && ::poll(&ready, 1, static_cast<int>(left)) == 1;
}

template <typename Address>
int ConnectTo(const Address& address, int family, int receive_buffer) {
  const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0) ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

int Connect(int port, const std::string& host, int receive_buffer) {
  if (port == 0) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    host.copy(address.sun_path, sizeof address.sun_path - 1);
    return ConnectTo(address, AF_UNIX, receive_buffer);
  }
  if (host.find(':') != std::string::npos) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET6, host.c_str(), &address.sin6_addr);
    return ConnectTo(address, AF_INET6, receive_buffer);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  return ConnectTo(address, AF_INET, receive_buffer);
}

RawAnswer ParseHead(const std::string& head) {
  RawAnswer answer;
  std::size_t at = head.find("\r\n");
  answer.version = head.substr(0, 8);
  answer.status = std::stoi(head.substr(9, 3));
  while (at + 2 < head.size()) {
    const std::size_t end = head.find("\r\n", at + 2);
    const std::string line = head.substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) break;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answer.headers[name] = line.substr(colon + 2);
    at = end;
  }
  return answer;
}

std::size_t LengthOf(const RawAnswer& answer) {
  const std::string length = answer.Header("content-length");
  return length.empty() ? 0 : std::stoul(length);
}

}  // namespace

RawClient::RawClient(int port, const std::string& host, int receive_buffer)
    : fd_(Connect(port, host, receive_buffer)) {
  const int on = 1;
  if (port != 0 && fd_ >= 0) ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawClient::RawClient(RawClient&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)) {}

bool RawClient::Send(std::string_view bytes, Ms patience) {
  const auto until = Clock::now() + patience;
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN || !WaitFor(fd_, POLLOUT, until)) {
      return false;
    }
  }
  return true;
}

bool RawClient::Fill(Clock::time_point until) {
  if (fd_ < 0 || !WaitFor(fd_, POLLIN, until)) return false;
  char bytes[65536];
  const ssize_t got = ::recv(fd_, bytes, sizeof bytes, MSG_DONTWAIT);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

RawAnswer RawClient::Read(bool head, Ms patience) {
  const auto until = Clock::now() + patience;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill(until)) return {};
  }
  RawAnswer answer = ParseHead(buffer_.substr(0, end + 2));
  buffer_.erase(0, end + 4);
  if (head || answer.status == 204 || answer.status == 304 || answer.status / 100 == 1) return answer;
  const auto size = LengthOf(answer);
  while (buffer_.size() < size) {
    if (!Fill(until)) return {};
  }
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

RawAnswer RawClient::Ask(std::string_view bytes, Ms patience) {
  Send(bytes, patience);
  return Read(bytes.starts_with("HEAD "), patience);
}

bool RawClient::IsClosed(Ms patience) {
  const auto until = Clock::now() + patience;
  while (Clock::now() < until) {
    if (!WaitFor(fd_, POLLIN, until)) return false;
    char bytes[65536];
    const ssize_t got = ::recv(fd_, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return true;
  }
  return false;
}

std::string RawClient::ReadAll(Ms patience) {
  const auto until = Clock::now() + patience;
  while (Fill(until)) {
  }
  return std::exchange(buffer_, {});
}

std::string RawClient::ReadSome(std::size_t bytes, Ms patience) {
  if (buffer_.empty()) {
    if (!WaitFor(fd_, POLLIN, Clock::now() + patience)) return {};
    std::string some(bytes, '\0');
    const ssize_t got = ::recv(fd_, some.data(), bytes, MSG_DONTWAIT);
    some.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return some;
  }
  std::string some = buffer_.substr(0, bytes);
  buffer_.erase(0, some.size());
  return some;
}

void RawClient::EndSending() { ::shutdown(fd_, SHUT_WR); }

void RawClient::Reset() {
  const linger now{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  Close();
}

void RawClient::Close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::string Get(std::string_view target, std::string_view extra) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(extra) + "\r\n";
}

std::string Post(std::string_view target, std::string_view body, std::string_view extra) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(extra) + "\r\n" + std::string(body);
}

}  // namespace quipu::test
