// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "core/config/listen_address.h"

namespace quipu::http {
namespace {

constexpr int kBacklog = 1024;

Error Cannot(const std::string& address, const std::string& why) {
  return {Code::kConfig, "cannot listen on " + address + ": " + why};
}

Error CannotNow(const std::string& address, int error) {
  if (error == EADDRINUSE) return Cannot(address, "another program already uses this address");
  return Cannot(address, std::generic_category().message(error));
}

std::string RemoteText(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text) == nullptr ? "" : text;
  }
  if (address.ss_family != AF_INET6) return "unix";
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof v6);
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    return inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text, sizeof text) == nullptr ? "" : text;
  }
  return inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text) == nullptr ? "" : text;
}

int PortOf(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

/// Binds and listens; the descriptor, or -1 with errno.
int ListenOn(int family, const sockaddr* address, socklen_t size) {
  const int fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  // Not SO_REUSEPORT: a second server on the same address must fail, not share its clients.
  if (family != AF_UNIX) ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(fd, address, size) == 0 && ::listen(fd, kBacklog) == 0) return fd;
  const int error = errno;
  ::close(fd);
  errno = error;
  return -1;
}

/// Whether the socket file at `address` has nobody behind it, as after a crash.
bool IsStale(const sockaddr_un& address) {
  struct stat status {};
  if (::lstat(address.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) return false;
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const bool refused = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
                       errno == ECONNREFUSED;
  ::close(fd);
  return refused;
}

}  // namespace

Status Listener::Bind(const std::string& address) {
  const auto parsed = config::ParseListenAddress(address);
  if (!parsed) return parsed.error();
  Status status = parsed->unix_path.empty() ? BindHost(parsed->host, std::to_string(parsed->port))
                                            : BindPath(parsed->unix_path);
  if (status.ok()) spare_fd_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  return status;
}

void Listener::Adopt(int socket) {
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  fd_ = socket;
  port_ = PortOf(fd_);
  spare_fd_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

Status Listener::BindPath(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    return Cannot("unix:" + path,
                  "a socket's path has 1 to " + std::to_string(sizeof address.sun_path - 1) + " bytes");
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  fd_ = ListenOn(AF_UNIX, generic, sizeof address);
  if (fd_ < 0 && errno == EADDRINUSE && IsStale(address)) {
    ::unlink(path.c_str());
    fd_ = ListenOn(AF_UNIX, generic, sizeof address);
  }
  if (fd_ < 0) return CannotNow("unix:" + path, errno);
  path_ = path;
  return Done{};
}

Status Listener::BindHost(const std::string& host, const std::string& port) {
  const std::string shown = (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    return Cannot(shown, ::gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
  int error = EADDRNOTAVAIL;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    fd_ = ListenOn(at->ai_family, at->ai_addr, at->ai_addrlen);
    if (fd_ >= 0) {
      port_ = PortOf(fd_);
      return Done{};
    }
    error = errno;
  }
  return CannotNow(shown, error);
}

Listener::Outcome Listener::Accept(Accepted& accepted) {
  const std::lock_guard lock(mutex_);
  if (fd_ < 0) return Outcome::kClosed;
  for (;;) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    accepted.fd = ::accept4(fd_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted.fd >= 0) {
      accepted.remote = RemoteText(address);
      const int on = 1;
      if (address.ss_family != AF_UNIX) ::setsockopt(accepted.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      return Outcome::kAccepted;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return Outcome::kNone;
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      RefuseOne();
      return Outcome::kExhausted;
    }
    // Anything else is about one client that is gone (ECONNABORTED, EPERM, network errors): the next.
    if (errno == EBADF || errno == EINVAL || errno == ENOTSOCK) return Outcome::kClosed;
  }
}

void Listener::Watch(const Poller& poller, std::uint64_t tag) {
  const std::lock_guard lock(mutex_);
  if (fd_ < 0) return;
  watched_ = watched_ ? poller.Arm(fd_, EPOLLIN, tag) : poller.Add(fd_, EPOLLIN, tag);
}

void Listener::RefuseOne() {
  if (spare_fd_ >= 0) ::close(spare_fd_);
  const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0) ::close(fd);
  spare_fd_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void Listener::Close() {
  const std::lock_guard lock(mutex_);
  if (fd_ >= 0) ::close(fd_);
  if (spare_fd_ >= 0) ::close(spare_fd_);
  if (!path_.empty()) ::unlink(path_.c_str());
  fd_ = spare_fd_ = -1;
  path_.clear();
}

}  // namespace quipu::http
