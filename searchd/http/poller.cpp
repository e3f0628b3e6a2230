// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/poller.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace quipu::http {
namespace {

bool Control(int epoll_fd, int operation, int fd, std::uint32_t bits, std::uint64_t tag) {
  epoll_event event{};
  event.events = bits;
  event.data.u64 = tag;
#ifdef __SANITIZE_THREAD__
  // The sanitizer sees epoll_ctl use `fd`, but not that arming it hands it to the thread that gets its
  // event: it takes that thread's close() for a race. So the call is kept out of its sight.
  return ::syscall(SYS_epoll_ctl, epoll_fd, operation, fd, &event) == 0;
#else
  return ::epoll_ctl(epoll_fd, operation, fd, &event) == 0;
#endif
}

}  // namespace

Poller::Poller()
    : epoll_fd_(::epoll_create1(EPOLL_CLOEXEC)), wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (epoll_fd_ < 0 || wake_fd_ < 0 || !Control(epoll_fd_, EPOLL_CTL_ADD, wake_fd_, EPOLLIN, kWakeTag)) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
}

Poller::~Poller() {
  ::close(epoll_fd_);
  ::close(wake_fd_);
}

bool Poller::Add(int fd, std::uint32_t bits, std::uint64_t tag) const {
  return Control(epoll_fd_, EPOLL_CTL_ADD, fd, bits | EPOLLONESHOT, tag);
}

bool Poller::Arm(int fd, std::uint32_t bits, std::uint64_t tag) const {
  return Control(epoll_fd_, EPOLL_CTL_MOD, fd, bits | EPOLLONESHOT, tag);
}

Poller::Event Poller::Wait() const {
  epoll_event event{};
  // One event a call: a thread that goes off to search must not take others' events with it.
  while (::epoll_wait(epoll_fd_, &event, 1, -1) != 1) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_wait");
  }
  return {event.data.u64, event.events};
}

void Poller::Wake() const {
  const std::uint64_t one = 1;
  // A full counter wakes as well, so the result does not matter.
  [[maybe_unused]] const ssize_t written = ::write(wake_fd_, &one, sizeof one);
}

}  // namespace quipu::http
