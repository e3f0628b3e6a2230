// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "indexer/report/progress_line.h"

namespace quipu::report {

enum class ProgressStyle { kBar, kLines, kJson, kNone };

/// The style for `--progress` ("auto", "bar", "lines", "json", "none"): `auto` is a bar if `fd` is a
/// terminal, else lines.
ProgressStyle ChooseStyle(std::string_view word, int fd);

/// Shows how far a job is, on a descriptor (standard error), from a thread of its own: the bar ten times
/// a second, a line every five seconds, JSON every second. Everything is thread-safe.
class Progress {
 public:
  Progress(ProgressStyle style, int fd);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Begins a stage ("scanning", "reading", "publishing"); the clock starts anew. `total` 0: not known.
  void Begin(std::string_view index, std::string_view stage, std::uint64_t total);
  void Starting(std::string_view id);
  void Finished(std::uint64_t bytes, bool problem);
  /// Tells `watcher` too, whatever the style: when a stage begins and twice a second. Replaced by the next
  /// call; empty: nobody. After the call the one before is not called any more.
  void Tell(std::function<void(const ProgressState&)> watcher);
  /// Ends the stage: removes the bar from the screen, so that other text can follow.
  void End();

 private:
  void Loop();
  void TellEnd();
  void TellWatcher();
  void Show();
  ProgressState Snapshot() const;

  const ProgressStyle style_;
  const int fd_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool active_ = false;
  bool drawn_ = false;
  ProgressState state_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;
  std::chrono::steady_clock::time_point told_;
  std::function<void(const ProgressState&)> watcher_;
  std::thread thread_;
};

}  // namespace quipu::report
