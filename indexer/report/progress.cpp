// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace quipu::report {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kDefaultWidth = 80;
constexpr std::chrono::milliseconds kTellInterval{500};

Clock::duration Interval(ProgressStyle style) {
  switch (style) {
    case ProgressStyle::kBar: return std::chrono::milliseconds(100);
    case ProgressStyle::kJson: return std::chrono::seconds(1);
    default: return std::chrono::seconds(5);
  }
}

int WidthOf(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
  return size.ws_col - 1;  // a full last column makes some terminals wrap
}

/// A closed or full descriptor loses the line, never the job.
void Write(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
}

constexpr std::string_view kEraseLine = "\r\x1b[K";

}  // namespace

ProgressStyle ChooseStyle(std::string_view word, int fd) {
  if (word == "none") return ProgressStyle::kNone;
  if (word == "json") return ProgressStyle::kJson;
  if (word == "bar") return ProgressStyle::kBar;
  if (word == "lines") return ProgressStyle::kLines;
  return ::isatty(fd) == 1 ? ProgressStyle::kBar : ProgressStyle::kLines;
}

Progress::Progress(ProgressStyle style, int fd) : style_(style), fd_(fd) {
  thread_ = std::thread([this] { Loop(); });
}

Progress::~Progress() {
  End();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Progress::Begin(std::string_view index, std::string_view stage, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  TellEnd();
  state_ = {};
  state_.index = index;
  state_.stage = stage;
  state_.total = total;
  began_ = shown_ = Clock::now();
  active_ = true;
  if (style_ == ProgressStyle::kJson) Show();
  TellWatcher();
}

void Progress::Tell(std::function<void(const ProgressState&)> watcher) {
  const std::lock_guard lock(mutex_);
  watcher_ = std::move(watcher);
  if (active_) TellWatcher();
}

void Progress::TellWatcher() {
  told_ = Clock::now();
  if (watcher_) watcher_(Snapshot());
}

void Progress::Starting(std::string_view id) {
  if (style_ != ProgressStyle::kBar) return;
  const std::lock_guard lock(mutex_);
  state_.current = id;
}

void Progress::Finished(std::uint64_t bytes, bool problem) {
  const std::lock_guard lock(mutex_);
  ++state_.done;
  state_.bytes += bytes;
  if (problem) ++state_.problems;
}

void Progress::End() {
  const std::lock_guard lock(mutex_);
  TellEnd();
  if (drawn_) Write(fd_, kEraseLine);
  drawn_ = false;
  active_ = false;
}

/// A program that reads the JSON learns how each stage ended, however short it was.
void Progress::TellEnd() {
  if (active_ && style_ == ProgressStyle::kJson) Show();
}

void Progress::Loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, std::chrono::milliseconds(100), [this] { return stopping_; });
    if (!active_ || stopping_) continue;
    if (style_ != ProgressStyle::kNone && Clock::now() - shown_ >= Interval(style_)) Show();
    if (Clock::now() - told_ >= kTellInterval) TellWatcher();
  }
}

void Progress::Show() {
  shown_ = Clock::now();
  const ProgressState now = Snapshot();
  switch (style_) {
    case ProgressStyle::kBar:
      Write(fd_, std::string(kEraseLine) + RenderBar(now, WidthOf(fd_)));
      drawn_ = true;
      break;
    case ProgressStyle::kLines: Write(fd_, RenderLine(now) + "\n"); break;
    case ProgressStyle::kJson: Write(fd_, RenderJson(now) + "\n"); break;
    case ProgressStyle::kNone: break;
  }
}

ProgressState Progress::Snapshot() const {
  ProgressState now = state_;
  now.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
  return now;
}

}  // namespace quipu::report
