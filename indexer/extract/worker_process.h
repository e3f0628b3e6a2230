// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "indexer/extract/channel.h"
#include "indexer/extract/extractor.h"
#include "indexer/extract/wire.h"

namespace quipu::extract {

/// One sandboxed process and the socket to it. Destruction ends the process and reaps it. Not
/// thread-safe. It dies with the thread that started it.
class WorkerProcess {
 public:
  /// Starts `program --extract-worker` and waits until its sandbox holds.
  static Result<std::unique_ptr<WorkerProcess>> Start(const std::string& program, const Greeting& greeting);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// Whether it can still be given work.
  bool Alive() const;

  /// Sends one file and waits, telling its members meanwhile. After anything but an answer the process is
  /// of no more use.
  struct Job {
    const TaskMessage& task;
    int fd = -1;
    std::chrono::milliseconds timeout;  // for the file, and for each member
    int cancel = -1;
    const MemberFunction& on_member;
  };
  Extracted Run(const Job& job);

  /// The number of the member that the process was at when it was lost; nothing if it was at none, or if
  /// going on with another process is of no use.
  std::optional<std::uint64_t> lost_at() const { return lost_at_; }

  bool usable() const { return usable_; }
  int files() const { return files_; }
  pid_t pid() const { return pid_; }
  const std::vector<SandboxLayer>& layers() const { return layers_; }

 private:
  WorkerProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

  void LimitCpu(std::chrono::milliseconds timeout) const;
  Extracted Lost(const Answer& answer, std::chrono::milliseconds timeout);
  std::string Reap();

  pid_t pid_ = -1;
  int socket_ = -1;
  bool usable_ = true;
  int files_ = 0;
  std::optional<std::uint64_t> lost_at_;
  std::vector<SandboxLayer> layers_;
};

}  // namespace quipu::extract
