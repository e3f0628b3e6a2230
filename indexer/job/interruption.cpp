// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/interruption.h"

#include <pthread.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>

namespace quipu::job {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kExitInterrupted = 130;
/// A job that is compacting cannot be asked; the contract gives it a second.
constexpr std::chrono::milliseconds kPatience{900};
constexpr timespec kPoll{0, 50'000'000};

sigset_t StopSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

}  // namespace

Interruption::Interruption() {
  const sigset_t set = StopSignals();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A reader of our output that goes away is an error of write(), not our end.
  std::signal(SIGPIPE, SIG_IGN);
  // A limit of file size is an error of write() too, as a full disk is.
  std::signal(SIGXFSZ, SIG_IGN);
  thread_ = std::thread([this] { Wait(); });
}

Interruption::~Interruption() {
  ending_ = true;
  thread_.join();
}

void Interruption::OnStop(std::function<void()> action) {
  const std::lock_guard lock(mutex_);
  action_ = std::move(action);
  if (action_ && requested()) action_();
}

void Interruption::Act() {
  const std::lock_guard lock(mutex_);
  if (action_) action_();
}

void Interruption::Wait() {
  const sigset_t set = StopSignals();
  Clock::time_point first{};
  while (!ending_) {
    const bool signalled = ::sigtimedwait(&set, nullptr, &kPoll) > 0;
    if (signalled && !requested()) {
      first = Clock::now();
      stop_.request_stop();
      Act();
    } else if (signalled || (requested() && Clock::now() - first > kPatience)) {
      Act();
      constexpr char kMessage[] = "\nquipu-indexer: stopped at once; the next run resumes\n";
      [[maybe_unused]] const auto put = ::write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
      ::_exit(kExitInterrupted);
    }
  }
}

}  // namespace quipu::job
