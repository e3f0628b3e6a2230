// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <thread>

namespace quipu::test {

/// Asks `holds` every few milliseconds until it is true or `limit` is over; what it said last.
template <typename Condition>
bool Within(std::chrono::milliseconds limit, Condition holds) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < until) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return holds();
}

}  // namespace quipu::test
