// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "searchd/http/connection.h"

namespace quipu::http {

/// Every open connection. Closing goes through it, so that the sweep never touches a descriptor that
/// the kernel has given to somebody else meanwhile.
class ConnectionTable {
 public:
  ConnectionTable() = default;
  ~ConnectionTable();
  ConnectionTable(const ConnectionTable&) = delete;
  ConnectionTable& operator=(const ConnectionTable&) = delete;

  Connection* Insert(std::unique_ptr<Connection> connection);
  /// Closes and frees a connection that the caller owns.
  void Close(Connection* connection);

  /// Ends those past their deadline: their owner-to-be gets an event and closes them.
  void SweepExpired(std::int64_t now_ns);
  /// Ends those that wait for a request, or all of them.
  void EndIdle();
  void EndAll();

  std::size_t size() const { return size_.load(std::memory_order_relaxed); }

 private:
  std::mutex mutex_;
  std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
  std::atomic<std::size_t> size_{0};
};

}  // namespace quipu::http
