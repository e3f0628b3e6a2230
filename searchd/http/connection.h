// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "searchd/http/framing.h"
#include "searchd/http/responder.h"
#include "searchd/http/tls.h"

namespace quipu::http {

/// What a connection waits for; says which deadline runs and how it ends.
enum class Phase : std::uint8_t {
  kIdle,       // no byte of a request is there
  kReading,    // part of a request is there
  kServing,    // a thread works on it, or it is queued: no deadline
  kWriting,    // the client takes an answer
  kLingering,  // refused: what the client still sends is thrown away, so that it can read why
};

constexpr std::int64_t kNoDeadline = std::numeric_limits<std::int64_t>::max();

/// One client. Owned by whoever got its (one-shot) event, until it is armed again; the queue owns it
/// while its request waits. Other threads read the atomics only.
struct Connection {
  Connection(int socket, std::string peer, const HeadLimits& limits)
      : fd(socket), remote(std::move(peer)), framing(limits) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const int fd;
  const std::string remote;
  std::unique_ptr<TlsSession> tls;  // none: what is on the socket is plain

  std::string in;             // what was read
  std::size_t in_begin = 0;   // where the present request begins in `in`
  std::string out;            // what is to be written
  std::size_t out_begin = 0;  // how much of it was
  Framing framing;
  Plan plan;                       // of a complete request that is not answered yet
  std::size_t reserved_bytes = 0;  // of the server's room for bodies
  std::int64_t write_deadline_ns = kNoDeadline;
  std::int64_t read_deadline_ns = kNoDeadline;  // of the request (or the lingering) that goes on
  bool reading_body = false;                    // that deadline is the body's
  bool polled = false;                          // the poller knows it
  bool end_of_input = false;
  bool close_when_written = false;
  bool linger = false;  // after writing, wait for the client to stop sending

  std::atomic<Phase> phase{Phase::kIdle};
  std::atomic<std::int64_t> deadline_ns{kNoDeadline};
  std::atomic<bool> expired{false};

  std::string_view pending_input() const { return std::string_view(in).substr(in_begin); }
  bool has_output() const { return out_begin < out.size(); }
};

}  // namespace quipu::http
