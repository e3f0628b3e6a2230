// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/connection_table.h"

#include <sys/socket.h>
#include <unistd.h>

namespace quipu::http {

ConnectionTable::~ConnectionTable() {
  for (const auto& [connection, owned] : connections_) ::close(connection->fd);
}

Connection* ConnectionTable::Insert(std::unique_ptr<Connection> connection) {
  Connection* const raw = connection.get();
  const std::lock_guard lock(mutex_);
  connections_.emplace(raw, std::move(connection));
  size_.store(connections_.size(), std::memory_order_relaxed);
  return raw;
}

void ConnectionTable::Close(Connection* connection) {
  const std::lock_guard lock(mutex_);
  ::close(connection->fd);
  connections_.erase(connection);
  size_.store(connections_.size(), std::memory_order_relaxed);
}

void ConnectionTable::SweepExpired(std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, owned] : connections_) {
    if (connection->deadline_ns.load(std::memory_order_relaxed) > now_ns) continue;
    connection->deadline_ns.store(kNoDeadline, std::memory_order_relaxed);
    connection->expired.store(true, std::memory_order_relaxed);
    // Who sent half a request is still told 408; who does not read, or only sends, is not.
    const bool half_read = connection->phase.load(std::memory_order_relaxed) == Phase::kReading;
    ::shutdown(connection->fd, half_read ? SHUT_RD : SHUT_RDWR);
  }
}

void ConnectionTable::EndIdle() {
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, owned] : connections_) {
    const Phase phase = connection->phase.load(std::memory_order_relaxed);
    if (phase == Phase::kIdle) ::shutdown(connection->fd, SHUT_RDWR);
  }
}

void ConnectionTable::EndAll() {
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, owned] : connections_) ::shutdown(connection->fd, SHUT_RDWR);
}

}  // namespace quipu::http
