// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quipu::extract {

/// Sends one message (a 4-byte little-endian length, then the bytes) and, if `attached` is not negative,
/// a copy of that descriptor. Returns false if the other side is gone.
bool SendMessage(int socket, std::string_view message, int attached = -1);

/// As a process reads its tasks: waits for one message, and for the descriptor that may come with it
/// (the caller closes it). Nothing when the socket closes or the message is over `max_bytes`.
struct Received {
  std::string message;
  int attached = -1;
};
std::optional<Received> ReceiveMessage(int socket, std::size_t max_bytes);

/// As the pool waits for an answer.
enum class Wait { kAnswered, kClosed, kTimedOut, kCancelled, kTooLong };
struct Answer {
  Wait wait = Wait::kClosed;
  std::string message;
};
struct AnswerLimits {
  std::size_t max_bytes = 0;
  std::chrono::steady_clock::time_point deadline;
  int cancel = -1;  // readable when waiting is to end
};
/// Memory grows with what has arrived, not with what the length promises.
Answer AwaitAnswer(int socket, const AnswerLimits& limits);

}  // namespace quipu::extract
