// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

#include "searchd/http/responder.h"
#include "searchd/http/server_state.h"

namespace quipu::http {

/// One serving thread's work: waits for an event, reads, answers or queues, writes, arms again. All
/// workers of a server do the same.
class Worker {
 public:
  explicit Worker(ServerState& state) : state_(state), responder_(state.responders) {}

  /// The tag under which the listener is watched.
  static constexpr std::uint64_t kListenerTag = 2;

  /// Until the poller is woken.
  void Run();

 private:
  void OnClients();
  void OnAbandoned(std::uint64_t ticket);
  void OnReady(Connection* connection, std::uint32_t bits);

  void Welcome(Listener::Accepted accepted);
  void Drain(Connection* connection);
  void Proceed(Connection* connection);
  bool AwaitMore(Connection* connection);
  bool ReserveBody(Connection* connection);
  void Dispatch(Connection* connection);
  void RunSearches(Connection* connection);
  void RefuseWaiting(Connection* connection, const Refusal* reason);
  void Answer(Connection* connection);
  void Refuse(Connection* connection, const Refusal& refusal);
  void RefuseOverload(Connection* connection, const Refusal* reason = nullptr);
  void Consume(Connection* connection);
  void Settle(Connection* connection);
  bool Flush(Connection* connection);
  void Linger(Connection* connection);
  void Park(Connection* connection, Phase phase, std::int64_t deadline_ns, std::uint32_t bits);
  void Close(Connection* connection);

  ServerState& state_;
  Responder responder_;
};

}  // namespace quipu::http
