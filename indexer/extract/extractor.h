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

/// What a file is read for.
enum class Wanted {
  kDocument,
  kPage,     // the document, and where its links lead
  kUrlList,  // the addresses of a sitemap or a feed; no document
};

/// An address that a file names, as written there.
struct Link {
  std::string url;
  std::string date;         // of its last change, as a sitemap or feed says; as written
  bool is_sitemap = false;  // a list of further addresses
};

/// The addresses that a page or a list of addresses names. All text is UTF-8 on one line.
struct PageLinks {
  std::string base;       // <base href>
  std::string canonical;  // <link rel="canonical">
  bool nofollow = false;  // the page asks that its links be not followed; `links` is empty then
  bool is_feed = false;   // a list that shows only what is new
  std::vector<Link> links;
};
inline constexpr std::size_t kMaxPageLinks = 20000;
inline constexpr std::size_t kMaxListLinks = 100000;  // a sitemap holds at most 50,000
inline constexpr std::size_t kMaxLinkBytes = 4000;

/// What extraction gave. `document` has title, body, segments, language, date, type and metadata; the
/// caller sets id and url. With kTruncated the document holds the beginning.
struct Extracted {
  State state = State::kFailed;
  std::string reason;  // a sentence for the report; empty for kIndexed
  schema::Document document;
  PageLinks links;  // for kPage and kUrlList, in any state
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
  Wanted wanted = Wanted::kDocument;
  std::string charset;       // of a text, as the server that sent it says; else empty
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
