// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/schema/document.h"

namespace quipu::extract {

/// What became of one file; the words of the report.
enum class State { kIndexed, kEmpty, kEncrypted, kFailed, kTruncated, kSkipped };
const char* StateName(State state);

/// What extraction gave. `document` has title, body, segments, language, date, type and metadata; the
/// caller sets id and url. With kTruncated the document holds the beginning.
struct Extracted {
  State state = State::kFailed;
  std::string reason;  // a sentence for the report; empty for kIndexed
  schema::Document document;
  std::chrono::milliseconds elapsed{0};
};

/// Gets each file that was found in a file, as soon as it is read: its path in there, safe as part of an id
/// ("letters/1.txt"), and what it gave. Members come before the file itself is done.
using MemberFunction = std::function<void(std::string path, Extracted extracted)>;

/// One file to read. The parent opens it and hands the descriptor to the sandboxed process, which can
/// open nothing itself.
struct FileTask {
  int fd = -1;           // open for reading; the pool closes it
  std::string name;      // relative path, for the type and as the last fallback of the title
  std::string language;  // forced by the source, else empty
  std::uint64_t max_bytes = 256ULL << 20;
  bool ocr = false;          // whoever extracts may read pixels; the sandbox does not
  MemberFunction on_member;  // where the files in this one go; empty: nobody wants them
};

struct PoolOptions {
  int workers = 2;
  /// Wall clock for a file, and for each member of one; then the process is killed: kFailed. All members
  /// together have ten times as long.
  std::chrono::milliseconds file_timeout{60000};
  std::uint64_t memory_bytes = 512ULL << 20;      // address space of a process
  int recycle_after = 500;                        // files per process
  std::string worker_program = "/proc/self/exe";  // started as `PROGRAM --extract-worker`
};

/// One protection of the extraction processes, and whether this machine gives it.
struct SandboxLayer {
  std::string name;  // "landlock", "seccomp", "rlimits", …
  bool active = false;
  std::string detail;  // what it does here, or why it is missing
};

/// Starts one process as the pool would and asks it which protections hold. Empty if it cannot start.
std::vector<SandboxLayer> SandboxLayers(const std::string& worker_program = "/proc/self/exe");

/// Sandboxed helper processes that turn files into documents: no network, no file system, no writes,
/// bounded memory and CPU (Landlock, seccomp, rlimits, no_new_privs). A process that crashes, hangs or
/// exceeds a limit costs its one file, and is replaced.
class WorkerPool {
 public:
  explicit WorkerPool(PoolOptions options);
  /// Ends the processes and waits for them: no zombie remains.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Extracts one file and waits for the answer; its members are told in this thread meanwhile. Thread-safe:
  /// as many calls as workers run at once, more wait. Never throws for what the file holds.
  Extracted Extract(FileTask task);

  /// Makes running and later calls return kFailed "interrupted" within a second.
  void Cancel();

 private:
  class Processes;
  std::unique_ptr<Processes> processes_;
};

/// The sandboxed process: reads tasks from its socket (descriptor 3) until it closes. `main` calls it for
/// `--extract-worker`. Returns the exit status.
int RunWorker();

}  // namespace quipu::extract
