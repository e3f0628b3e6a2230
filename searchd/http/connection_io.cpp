// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/connection_io.h"

#include <sys/socket.h>

#include <cerrno>

namespace quipu::http {
namespace {

constexpr std::size_t kReadBytes = 16384;
constexpr int kReadsAtOnce = 16;
constexpr std::size_t kKeptBytes = 4096;

using Moved = TlsSession::Moved;
using Outcome = TlsSession::Outcome;

Moved Judge(ssize_t result) {
  if (result > 0) return {Outcome::kMoved, static_cast<std::size_t>(result)};
  const bool later = result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  return {later ? Outcome::kLater : Outcome::kEnd};
}

Moved Receive(Connection& connection, char* to, std::size_t size) {
  if (connection.tls) return connection.tls->Read(to, size);
  for (;;) {
    const ssize_t got = ::recv(connection.fd, to, size, MSG_DONTWAIT);
    if (got >= 0 || errno != EINTR) return Judge(got);
  }
}

Moved Transmit(Connection& connection, const char* from, std::size_t size) {
  if (connection.tls) return connection.tls->Write(from, size);
  for (;;) {
    const ssize_t sent = ::send(connection.fd, from, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0 || errno != EINTR) return Judge(sent);
  }
}

}  // namespace

void ReadAvailable(Connection& connection) {
  char buffer[kReadBytes];
  for (int i = 0; i < kReadsAtOnce; ++i) {
    const Moved got = Receive(connection, buffer, sizeof buffer);
    if (got.outcome == Outcome::kEnd) connection.end_of_input = true;
    if (got.outcome != Outcome::kMoved) return;
    connection.in.append(buffer, got.bytes);
    // Less than asked for is all there was: no need to ask again only to hear so. A record of TLS says
    // nothing about what is behind it.
    if (got.bytes < sizeof buffer && !connection.tls) return;
  }
}

bool WriteAvailable(Connection& connection) {
  while (connection.has_output()) {
    const Moved sent = Transmit(connection, connection.out.data() + connection.out_begin,
                                connection.out.size() - connection.out_begin);
    if (sent.outcome == Outcome::kEnd) return false;
    if (sent.outcome == Outcome::kLater) return true;
    connection.out_begin += sent.bytes;
  }
  EmptyBuffer(connection.out, connection.out_begin);
  return true;
}

bool DiscardAvailable(const Connection& connection) {
  char buffer[kReadBytes];
  for (int i = 0; i < kReadsAtOnce; ++i) {
    const ssize_t got = ::recv(connection.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got > 0 || (got < 0 && errno == EINTR)) continue;
    return Judge(got).outcome == Outcome::kLater;
  }
  return true;
}

void EmptyBuffer(std::string& buffer, std::size_t& begin) {
  begin = 0;
  buffer.clear();
  if (buffer.capacity() > kKeptBytes) buffer.shrink_to_fit();
}

}  // namespace quipu::http
