// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/connection_io.h"

#include <sys/socket.h>

#include <cerrno>

namespace quipu::http {
namespace {

constexpr std::size_t kReadBytes = 16384;
constexpr int kReadsAtOnce = 16;
constexpr std::size_t kKeptBytes = 4096;

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

void ReadAvailable(Connection& connection) {
  char buffer[kReadBytes];
  for (int i = 0; i < kReadsAtOnce; ++i) {
    const ssize_t got = ::recv(connection.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0 || (got < 0 && !WouldBlock())) connection.end_of_input = true;
    if (got > 0) connection.in.append(buffer, static_cast<std::size_t>(got));
    // Less than asked for is all there was: no need to ask again only to hear so.
    if (got < static_cast<ssize_t>(sizeof buffer)) return;
  }
}

bool WriteAvailable(Connection& connection) {
  while (connection.has_output()) {
    const ssize_t sent = ::send(connection.fd, connection.out.data() + connection.out_begin,
                                connection.out.size() - connection.out_begin, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
      connection.out_begin += static_cast<std::size_t>(sent);
    } else if (errno != EINTR) {
      return WouldBlock();
    }
  }
  EmptyBuffer(connection.out, connection.out_begin);
  return true;
}

bool DiscardAvailable(const Connection& connection) {
  char buffer[kReadBytes];
  for (int i = 0; i < kReadsAtOnce; ++i) {
    const ssize_t got = ::recv(connection.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got > 0 || (got < 0 && errno == EINTR)) continue;
    return got < 0 && WouldBlock();
  }
  return true;
}

void EmptyBuffer(std::string& buffer, std::size_t& begin) {
  begin = 0;
  buffer.clear();
  if (buffer.capacity() > kKeptBytes) buffer.shrink_to_fit();
}

}  // namespace quipu::http
