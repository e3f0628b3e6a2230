// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/worker.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bit>
#include <memory>
#include <new>
#include <utility>

#include "searchd/http/connection_io.h"

namespace quipu::http {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::int64_t kLingerNs = 1000 * kNsPerMs;
constexpr int kAcceptsPerEvent = 64;
// A client may send many requests at once; others get a turn after so many, or so many unsent bytes.
constexpr int kAnswersPerEvent = 32;
constexpr std::size_t kUnsentBytes = 65536;
// How many connections over the limit are told 503; beyond, they are closed without a word.
constexpr std::size_t kToldConnections = 64;

std::uint64_t TagOf(const Connection* connection) { return std::bit_cast<std::uint64_t>(connection); }

// Connections are aligned, so odd tags are free for tickets of the queue.
static_assert(alignof(Connection) >= 4);
std::uint64_t TagOfTicket(std::uint64_t ticket) { return ticket * 2 + 1; }

/// The `Origin` of a request that was parsed; "" if it has none.
std::string_view OriginIn(const RequestHead& head) {
  for (const HeaderLine& header : head.headers) {
    if (EqualsIgnoringCase(header.name, "origin")) return header.value;
  }
  return {};
}

}  // namespace

void Worker::Run() {
  for (;;) {
    const Poller::Event event = state_.poller.Wait();
    if (event.tag == Poller::kWakeTag) return;
    if (event.tag == kListenerTag) {
      OnClients();
    } else if ((event.tag & 1) != 0) {
      OnAbandoned(event.tag / 2);
    } else {
      OnReady(std::bit_cast<Connection*>(event.tag), event.bits);
    }
  }
}

void Worker::OnClients() {
  for (int i = 0; i < kAcceptsPerEvent; ++i) {
    Listener::Accepted accepted;
    const Listener::Outcome outcome = state_.listener.Accept(accepted);
    if (outcome == Listener::Outcome::kAccepted) {
      Welcome(std::move(accepted));
      continue;
    }
    if (outcome == Listener::Outcome::kExhausted) {
      // Watching again at once would spin: the waiting clients keep the listener readable.
      ++state_.rejected;
      state_.listener_paused = true;
      return;
    }
    if (outcome == Listener::Outcome::kClosed) return;
    break;
  }
  state_.listener.Watch(state_.poller, kListenerTag);
}

void Worker::Welcome(Listener::Accepted accepted) {
  ++state_.accepted;
  const auto limit = static_cast<std::size_t>(state_.options.max_connections);
  const std::size_t open = state_.connections.size();
  if (open >= limit + kToldConnections) {
    ++state_.rejected;
    ::close(accepted.fd);
    return;
  }
  Connection* const connection = state_.connections.Insert(
      std::make_unique<Connection>(accepted.fd, std::move(accepted.remote), state_.limits));
  connection->phase = Phase::kServing;
  if (state_.options.certificate) {
    connection->tls = state_.options.certificate->Begin(connection->fd);
    // Who is over the limit could be told so only after a handshake, which costs more than an answer.
    if (!connection->tls || open >= limit) {
      ++state_.rejected;
      return Close(connection);
    }
  }
  if (open >= limit) {
    ++state_.rejected;
    Refuse(connection,
           {503, {Code::kOverloaded, "The server has too many connections; try again in a moment."}});
    return Settle(connection);
  }
  Park(connection, Phase::kIdle, NowNs() + state_.options.header_timeout_ms * kNsPerMs, EPOLLIN | EPOLLRDHUP);
}

void Worker::OnAbandoned(std::uint64_t ticket) {
  Connection* const connection = state_.searches.Abandon(ticket);
  if (connection == nullptr) return;
  ++state_.abandoned;
  Close(connection);
}

void Worker::OnReady(Connection* connection, std::uint32_t bits) {
  const Phase phase = connection->phase.load(std::memory_order_acquire);
  connection->deadline_ns.store(kNoDeadline, std::memory_order_relaxed);
  connection->phase.store(Phase::kServing, std::memory_order_relaxed);
  if ((bits & (EPOLLERR | EPOLLHUP)) != 0) return Close(connection);
  if (phase == Phase::kLingering) return Drain(connection);
  if (phase == Phase::kWriting) {
    if (!Flush(connection)) return Close(connection);
    if (connection->has_output()) return Settle(connection);
  }
  try {
    const bool shakes_hands = connection->tls && !connection->tls->established();
    if ((bits & (EPOLLIN | EPOLLRDHUP)) != 0 || shakes_hands) ReadAvailable(*connection);
    Proceed(connection);
  } catch (const std::bad_alloc&) {
    // Nothing allocates once the connection is given away, so it is still ours: give this client up.
    Close(connection);
  }
}

void Worker::Drain(Connection* connection) {
  if (!DiscardAvailable(*connection)) return Close(connection);
  Park(connection, Phase::kLingering, connection->read_deadline_ns, EPOLLIN | EPOLLRDHUP);
}

/// Answers what is complete, in order, then parks, queues or closes.
void Worker::Proceed(Connection* connection) {
  for (int answered = 0; answered < kAnswersPerEvent && !connection->close_when_written; ++answered) {
    if (connection->out.size() - connection->out_begin > kUnsentBytes) break;
    const Framing::Step step = connection->framing.Advance(connection->pending_input());
    if (step == Framing::Step::kRefused) {
      Refuse(connection, connection->framing.refusal());
    } else if (step == Framing::Step::kMore) {
      if (AwaitMore(connection)) return;
    } else {
      Plan& plan = connection->plan = responder_.FindRoute(connection->framing.head());
      plan.last = plan.last || state_.stopping;
      if (plan.is_search() && state_.searches.IsFull(plan.arrived_ns)) {
        // Before anything else is looked at: under a flood this is what there is most of.
        RefuseOverload(connection);
        continue;
      }
      responder_.Complete(connection->framing.head(), connection->remote, plan);
      if (plan.waits()) return Dispatch(connection);
      Answer(connection);
    }
  }
  Settle(connection);
}

/// Parks until more of the request comes. False if there was a reason to answer (or end) instead.
bool Worker::AwaitMore(Connection* connection) {
  const bool begun = !connection->pending_input().empty();
  if (connection->end_of_input || connection->expired) {
    if (begun && connection->expired) {
      Refuse(connection, {408, {Code::kBadRequest, "The request took too long to arrive."}});
    }
    connection->close_when_written = true;
    return false;
  }
  if (!ReserveBody(connection)) return false;
  if (connection->framing.TakeExpectation()) connection->out.append("HTTP/1.1 100 Continue\r\n\r\n");
  if (connection->has_output() && !Flush(connection)) {
    connection->close_when_written = true;
    return false;
  }
  if (connection->has_output()) {
    Park(connection, Phase::kWriting, connection->write_deadline_ns, EPOLLOUT);
    return true;
  }
  const std::int64_t now = NowNs();
  if (connection->tls && !connection->tls->established()) {
    // One deadline for all of it: who sends a byte a second does not move it.
    if (connection->read_deadline_ns == kNoDeadline)
      connection->read_deadline_ns = now + state_.options.header_timeout_ms * kNsPerMs;
    const std::uint32_t bits = connection->tls->wants_write() ? EPOLLOUT : EPOLLIN;
    Park(connection, Phase::kIdle, connection->read_deadline_ns, bits | EPOLLRDHUP);
    return true;
  }
  if (!begun) {
    if (state_.stopping) return !(connection->close_when_written = true);
    connection->read_deadline_ns = kNoDeadline;
    EmptyBuffer(connection->in, connection->in_begin);
    Park(connection, Phase::kIdle, now + state_.options.idle_timeout_ms * kNsPerMs, EPOLLIN | EPOLLRDHUP);
    return true;
  }
  const bool in_body = connection->framing.has_head();
  if (connection->read_deadline_ns == kNoDeadline || in_body != connection->reading_body) {
    const std::int64_t timeout_ms =
        in_body ? state_.options.body_timeout_ms : state_.options.header_timeout_ms;
    connection->read_deadline_ns = now + timeout_ms * kNsPerMs;
    connection->reading_body = in_body;
  }
  Park(connection, Phase::kReading, connection->read_deadline_ns, EPOLLIN | EPOLLRDHUP);
  return true;
}

/// Bodies on their way may fill memory many times over: ten thousand clients with a megabyte each.
bool Worker::ReserveBody(Connection* connection) {
  const std::size_t wanted = connection->framing.content_length();
  if (wanted == 0 || connection->reserved_bytes > 0) return true;
  if (state_.buffered_bytes.fetch_add(wanted) + wanted > state_.options.max_buffered_bytes) {
    state_.buffered_bytes.fetch_sub(wanted);
    ++state_.rejected;
    Refuse(connection,
           {503, {Code::kOverloaded, "The server receives too much at once; try again in a moment."}});
    return false;
  }
  connection->reserved_bytes = wanted;
  return true;
}

void Worker::Dispatch(Connection* connection) {
  // Earlier answers of a pipeline need not wait for this search.
  if (connection->has_output() && !Flush(connection)) return Close(connection);
  const auto watch = [&](std::uint64_t ticket) {
    // Who is known to send no more may still read; only a broken connection tells that it has gone.
    const std::uint32_t hang_up = EPOLLRDHUP;
    state_.poller.Arm(connection->fd, connection->end_of_input ? 0 : hang_up, TagOfTicket(ticket));
  };
  SearchQueue::Arrival arrival{.connection = connection, .now_ns = connection->plan.arrived_ns};
  if (state_.searches.busy())
    arrival.typing = Responder::ReadTyping(connection->plan, connection->framing.body());
  const SearchQueue::Decision decision = state_.searches.Admit(std::move(arrival), watch);
  // If it is queued another thread may own it already.
  if (decision.admission == SearchQueue::Admission::kRun) return RunSearches(connection);
  if (decision.admission == SearchQueue::Admission::kFull) return RefuseWaiting(connection, nullptr);
  if (decision.superseded == nullptr) return;
  static const Refusal kTypedOn{503, {Code::kOverloaded, "A later search of yours has taken its place."}};
  ++state_.abandoned;
  RefuseWaiting(decision.superseded, &kTypedOn);
}

/// Answers 503 to one that was in the queue, or at its door.
void Worker::RefuseWaiting(Connection* connection, const Refusal* reason) {
  try {
    RefuseOverload(connection, reason);
    Settle(connection);
  } catch (const std::bad_alloc&) {
    // Nothing allocates once the connection is given away, so it is still ours: give this client up.
    Close(connection);
  }
}

void Worker::RunSearches(Connection* connection) {
  while (connection != nullptr) {
    const std::int64_t started_ns = NowNs();
    Answer(connection);
    const std::int64_t done_ns = NowNs();
    while (Connection* const late = state_.searches.TakeLate(done_ns)) RefuseWaiting(late, nullptr);
    // The place is given up before the connection: else its next search, on another thread, may find none
    // free and wait, and a client that has ended sending would be taken for one that has gone.
    Connection* const next = state_.searches.Finish(done_ns - started_ns);
    // Parked even if another request is there: searches that wait go first.
    Settle(connection);
    connection = next;
  }
}

void Worker::Answer(Connection* connection) {
  const std::size_t before = connection->out.size();
  Plan& plan = connection->plan;
  try {
    responder_.Answer(connection->framing.head(), connection->framing.body(), plan, NowNs(), connection->out);
    if (plan.last) connection->close_when_written = true;
  } catch (const std::bad_alloc&) {
    // Memory is short for this one answer: give the client up, not the server.
    connection->out.resize(before);
    connection->close_when_written = true;
  }
  ++state_.requests;
  Consume(connection);
}

void Worker::Refuse(Connection* connection, const Refusal& refusal) {
  responder_.Refuse(refusal,
                    {.method = {},
                     .pattern = {},
                     .remote = connection->remote,
                     .origin = FindHeader(connection->pending_input(), "origin"),
                     .head = false,
                     .minor_version = 1,
                     .last = true},
                    connection->out);
  ++state_.requests;
  connection->close_when_written = true;
  connection->linger = true;
}

/// Answers 503 to a search that was read; null: too many wait.
void Worker::RefuseOverload(Connection* connection, const Refusal* reason) {
  const RequestHead& head = connection->framing.head();
  const Responder::RefusedRequest refused{.method = head.method,
                                          .pattern = connection->plan.route()->pattern,
                                          .remote = connection->remote,
                                          .origin = OriginIn(head),
                                          .head = head.method == "HEAD",
                                          .minor_version = head.minor_version,
                                          .last = connection->plan.last};
  if (reason == nullptr) {
    responder_.RefuseOverload(refused, connection->out);
    ++state_.rejected;
  } else {
    responder_.Refuse(*reason, refused, connection->out);
  }
  ++state_.requests;
  connection->close_when_written = connection->plan.last;
  Consume(connection);
}

/// The request is answered: the next one begins after it.
void Worker::Consume(Connection* connection) {
  connection->in_begin += connection->framing.size();
  connection->framing.Next();
  connection->plan = Plan();
  connection->read_deadline_ns = kNoDeadline;
  state_.buffered_bytes -= connection->reserved_bytes;
  connection->reserved_bytes = 0;
  if (connection->in_begin == connection->in.size()) EmptyBuffer(connection->in, connection->in_begin);
  // Moving the rest to the front costs its length, so do it only when that at most doubles the work.
  if (connection->in_begin > connection->in.size() / 2) {
    connection->in.erase(0, connection->in_begin);
    connection->in_begin = 0;
  }
}

/// Writes what there is, then parks the connection or closes it.
void Worker::Settle(Connection* connection) {
  if (connection->has_output()) {
    if (!Flush(connection)) return Close(connection);
    if (connection->has_output())
      return Park(connection, Phase::kWriting, connection->write_deadline_ns, EPOLLOUT);
  }
  if (connection->close_when_written) {
    const bool unread = connection->linger || !connection->pending_input().empty();
    return unread && !connection->end_of_input ? Linger(connection) : Close(connection);
  }
  if (!connection->pending_input().empty() || connection->end_of_input) {
    // There may be a whole request: a socket that can be written wakes a thread at once, after others' turns.
    return Park(connection, Phase::kReading, connection->read_deadline_ns, EPOLLOUT);
  }
  if (state_.stopping) return Close(connection);
  Park(connection, Phase::kIdle, NowNs() + state_.options.idle_timeout_ms * kNsPerMs, EPOLLIN | EPOLLRDHUP);
}

/// Sends what the socket takes. False if the client is gone.
bool Worker::Flush(Connection* connection) {
  if (!WriteAvailable(*connection)) return false;
  if (!connection->has_output()) {
    connection->write_deadline_ns = kNoDeadline;
  } else if (connection->write_deadline_ns == kNoDeadline) {
    // For the whole answer: who takes a byte a second does not move it.
    connection->write_deadline_ns = NowNs() + state_.options.write_timeout_ms * kNsPerMs;
  }
  return true;
}

/// Closing a socket with unread bytes resets it, and the client may lose the answer that says why.
void Worker::Linger(Connection* connection) {
  if (connection->tls) connection->tls->SayGoodbye();
  ::shutdown(connection->fd, SHUT_WR);
  connection->read_deadline_ns = NowNs() + kLingerNs;
  Drain(connection);
}

/// From here on the connection belongs to whoever gets its event.
void Worker::Park(Connection* connection, Phase phase, std::int64_t deadline_ns, std::uint32_t bits) {
  const int fd = connection->fd;
  const bool polled = std::exchange(connection->polled, true);
  connection->deadline_ns.store(deadline_ns, std::memory_order_relaxed);
  // The last touch: whoever gets the event reads `phase` first, and with it sees all that was done here.
  connection->phase.store(phase, std::memory_order_release);
  // Added only now: even with no bits asked for, a hang-up would be told to another thread at once.
  const bool armed = polled ? state_.poller.Arm(fd, bits, TagOf(connection))
                            : state_.poller.Add(fd, bits, TagOf(connection));
  if (!armed) Close(connection);
}

void Worker::Close(Connection* connection) {
  state_.buffered_bytes -= connection->reserved_bytes;
  if (connection->tls) connection->tls->SayGoodbye();
  state_.connections.Close(connection);
}

}  // namespace quipu::http
