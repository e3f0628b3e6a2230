// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace quipu::job {

/// Ctrl-C, SIGTERM and SIGHUP as a request to stop. The first asks; whoever works watches the token and ends
/// in good order. A second one, or a second without an end, ends the process at once with 130: what was
/// committed is safe, since an index survives even SIGKILL.
///
/// One object a process, made before any thread, since it blocks the signals in its thread and all later
/// ones.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  bool requested() const { return stop_.stop_requested(); }

  /// Called (from another thread) when the first signal comes and again before the process is ended: kills
  /// the helper processes. Replaced by the next call; empty: nothing.
  void OnStop(std::function<void()> action);

 private:
  void Wait();
  void Act();

  std::stop_source stop_;
  std::mutex mutex_;
  std::function<void()> action_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace quipu::job
