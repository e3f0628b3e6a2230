// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/extractor.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "indexer/extract/utf8.h"
#include "indexer/extract/worker_process.h"

namespace quipu::extract {
namespace {

class FdGuard {
 public:
  explicit FdGuard(int fd) : fd_(fd) {}
  ~FdGuard() {
    if (fd_ >= 0) close(fd_);
  }
  FdGuard(const FdGuard&) = delete;
  FdGuard& operator=(const FdGuard&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

constexpr std::uint64_t kMembersTime = 10;  // times the time of one
constexpr int kMaxLost = 5;                 // processes that one file may cost

std::uint64_t Milliseconds(std::chrono::milliseconds duration) {
  return static_cast<std::uint64_t>(duration.count());
}

Extracted Failed(std::string reason) {
  Extracted extracted;
  extracted.state = State::kFailed;
  extracted.reason = std::move(reason);
  return extracted;
}

}  // namespace

const char* StateName(State state) {
  switch (state) {
    case State::kIndexed: return "indexed";
    case State::kEmpty: return "empty";
    case State::kEncrypted: return "encrypted";
    case State::kFailed: return "failed";
    case State::kTruncated: return "truncated";
    case State::kSkipped: return "skipped";
  }
  return "failed";
}

/// The slots, one process each, started when first needed.
class WorkerPool::Processes {
 public:
  explicit Processes(PoolOptions options)
      : options_(std::move(options)),
        cancel_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        slots_(static_cast<std::size_t>(std::max(options_.workers, 1))),
        starter_([this](const std::stop_token& stop) { StartOnRequest(stop); }) {}

  Extracted Extract(const FileTask& task) {
    Slot* slot = Acquire();
    if (slot == nullptr) return Failed("interrupted");
    const Lease lease(*this, *slot);
    const auto begin = std::chrono::steady_clock::now();
    Extracted extracted = RunIn(*slot, task);
    extracted.elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    return extracted;
  }

  void Cancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    const std::uint64_t one = 1;
    // An event counter that is already raised wakes everybody just as well.
    [[maybe_unused]] const ssize_t written = write(cancel_.get(), &one, sizeof one);
    changed_.notify_all();
  }

 private:
  using Started = Result<std::unique_ptr<WorkerProcess>>;
  struct Slot {
    bool busy = false;
    std::unique_ptr<WorkerProcess> process;
  };

  /// Gives the slot back, whatever happens in between.
  class Lease {
   public:
    Lease(Processes& pool, Slot& slot) : pool_(pool), slot_(slot) {}
    ~Lease() { pool_.Release(slot_); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

   private:
    Processes& pool_;
    Slot& slot_;
  };

  Slot* Acquire() {
    std::unique_lock lock(mutex_);
    const auto idle = [this] {
      return std::find_if(slots_.begin(), slots_.end(), [](const Slot& s) { return !s.busy; });
    };
    changed_.wait(lock, [&] { return cancelled_ || idle() != slots_.end(); });
    if (cancelled_) return nullptr;
    const auto slot = idle();
    slot->busy = true;
    return &*slot;
  }

  void Release(Slot& slot) {
    const bool spent =
        slot.process && (!slot.process->usable() || slot.process->files() >= options_.recycle_after);
    if (spent) slot.process.reset();
    const std::lock_guard lock(mutex_);
    slot.busy = false;
    changed_.notify_all();
  }

  /// A process that dies of a member costs that member: another goes on behind it.
  Extracted RunIn(Slot& slot, const FileTask& task) {
    TaskMessage message{.name = TidyLine(task.name, 4096),
                        .language = TidyLine(task.language, 64),
                        .charset = TidyLine(task.charset, 64),
                        .max_bytes = task.max_bytes,
                        .wanted = task.wanted,
                        // The reader stops by itself before it is stopped, and gives what it has.
                        .time_ms = Milliseconds(options_.file_timeout) * 3 / 4,
                        .members = static_cast<bool>(task.on_member),
                        .members_ms = Milliseconds(options_.file_timeout) * kMembersTime};
    for (int lost = 0;; ++lost) {
      Extracted extracted = RunOnce(slot, task, message);
      if (!slot.process || !slot.process->lost_at()) return extracted;
      if (lost == kMaxLost) {
        extracted.reason +=
            "; so did " + std::to_string(kMaxLost) + " members before it, and the rest was not read";
        return extracted;
      }
      message.resume_at = *slot.process->lost_at();
      message.blame = extracted.reason;
      lseek(task.fd, 0, SEEK_SET);
    }
  }

  Extracted RunOnce(Slot& slot, const FileTask& task, const TaskMessage& message) {
    if (slot.process && !slot.process->Alive()) slot.process.reset();
    if (!slot.process) {
      Started started = RequestStart();
      if (!started) return Failed(started.error().message);
      slot.process = std::move(started).value();
    }
    return slot.process->Run({.task = message,
                              .fd = task.fd,
                              .timeout = options_.file_timeout,
                              .cancel = cancel_.get(),
                              .on_member = task.on_member});
  }

  /// A process ends when the thread that started it does (PR_SET_PDEATHSIG), and callers' threads come
  /// and go: so one thread of the pool's own starts them all.
  Started RequestStart() {
    std::promise<Started> promise;
    std::future<Started> future = promise.get_future();
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(std::move(promise));
    }
    requested_.notify_one();
    return future.get();
  }

  void StartOnRequest(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (requested_.wait(lock, stop, [this] { return !requests_.empty(); })) {
      std::promise<Started> request = std::move(requests_.front());
      requests_.pop_front();
      lock.unlock();
      request.set_value(
          WorkerProcess::Start(options_.worker_program, {.memory_bytes = options_.memory_bytes}));
      lock.lock();
    }
  }

  PoolOptions options_;
  FdGuard cancel_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool cancelled_ = false;
  std::vector<Slot> slots_;
  std::condition_variable_any requested_;
  std::deque<std::promise<Started>> requests_;
  std::jthread starter_;  // last: it uses all of the above, and ends first
};

WorkerPool::WorkerPool(PoolOptions options) : processes_(std::make_unique<Processes>(std::move(options))) {}

WorkerPool::~WorkerPool() = default;

// By value: the descriptor in it becomes ours.
Extracted WorkerPool::Extract(FileTask task) {  // NOLINT(performance-unnecessary-value-param)
  const FdGuard file(task.fd);
  return processes_->Extract(task);
}

void WorkerPool::Cancel() { processes_->Cancel(); }

std::vector<SandboxLayer> SandboxLayers(const std::string& worker_program) {
  auto started = WorkerProcess::Start(worker_program, {.memory_bytes = PoolOptions{}.memory_bytes});
  return started ? (*started)->layers() : std::vector<SandboxLayer>{};
}

}  // namespace quipu::extract
