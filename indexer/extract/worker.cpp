// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/worker.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <new>
#include <string>

#include "indexer/extract/channel.h"
#include "indexer/extract/extract_content.h"
#include "indexer/extract/file_type.h"
#include "indexer/extract/format.h"
#include "indexer/extract/url_list.h"

namespace quipu::extract {
namespace {

constexpr int kSocket = 3;
constexpr std::size_t kHeadBytes = 64ULL << 10;
constexpr std::uint64_t kMaxTextFileBytes = 64ULL << 20;  // a longer text file is read up to here

/// Appends to `bytes` until it holds `size` or the file ends. Returns errno.
int ReadUpTo(int fd, std::string& bytes, std::uint64_t size) {
  while (bytes.size() < size) {
    const std::size_t have = bytes.size();
    const std::size_t chunk = std::min<std::uint64_t>(size - have, 4U << 20);
    bytes.resize(have + chunk);
    const ssize_t got = read(fd, bytes.data() + have, chunk);
    const int error = errno;
    bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && error == EINTR) continue;
    if (got < 0) return error;
    if (got == 0) break;
  }
  return 0;
}

Extracted Fault(State state, std::string reason) {
  Extracted extracted;
  extracted.state = state;
  extracted.reason = std::move(reason);
  return extracted;
}

/// Zip and OLE files tell what they are only as a whole.
bool IsContainer(std::string_view head) {
  return head.substr(0, 2) == "PK" || head.substr(0, 4) == "\xD0\xCF\x11\xE0";
}

bool IsText(std::string_view type) { return type == "text" || type == "html" || type == "markdown"; }

Extracted ExtractFile(int fd, const TaskMessage& task) {
  std::string bytes;
  if (const int error = ReadUpTo(fd, bytes, std::min<std::uint64_t>(kHeadBytes, task.max_bytes));
      error != 0) {
    return Fault(State::kFailed, std::string("cannot be read: ") + std::strerror(error));
  }
  FileContent file{
      .bytes = bytes, .name = task.name, .want_links = task.wanted == Wanted::kPage, .charset = task.charset};
  if (task.time_ms > 0)
    file.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(task.time_ms);
  if (bytes.size() < kHeadBytes) return ExtractContent(file, task.language);
  // The beginning says what the file is; what nothing reads need not be read further.
  const std::string type = SniffType(bytes, task.name);
  if (FindFormat(type) == nullptr && !IsContainer(bytes)) return ExtractContent(file, task.language);
  const std::uint64_t limit = IsText(type) ? std::min(task.max_bytes, kMaxTextFileBytes) : task.max_bytes;
  struct stat status {};
  if (fstat(fd, &status) == 0 && status.st_size > 0) {
    bytes.reserve(std::min<std::uint64_t>(limit, static_cast<std::uint64_t>(status.st_size)) + 1);
  }
  if (const int error = ReadUpTo(fd, bytes, limit); error != 0) {
    return Fault(State::kFailed, std::string("cannot be read: ") + std::strerror(error));
  }
  char more = 0;
  file.cut = bytes.size() == limit && read(fd, &more, 1) == 1;
  if (file.cut && !IsText(type)) {
    return Fault(State::kSkipped, "larger than " + std::to_string(limit >> 20) + " MiB");
  }
  file.bytes = bytes;
  return ExtractContent(file, task.language);
}

/// The addresses of a sitemap or feed. What is longer than it may be is read up to there.
Extracted ListUrls(int fd, const TaskMessage& task) {
  std::string bytes;
  if (const int error = ReadUpTo(fd, bytes, std::min<std::uint64_t>(task.max_bytes, kMaxUrlListBytes));
      error != 0)
    return Fault(State::kFailed, std::string("cannot be read: ") + std::strerror(error));
  return ReadUrlList(bytes);
}

Extracted OutOfMemory(const std::string& memory) {
  return Fault(State::kFailed, "needs more than " + memory + " of memory");
}

/// Answers one task. False: this process should end (its memory may be too broken up to go on).
bool Serve(const TaskMessage& task, int fd, const WorkerSetup& setup, const std::string& memory) {
  AnswerMessage answer;
  try {
    std::optional<Extracted> intercepted = setup.intercept ? setup.intercept(task) : std::nullopt;
    answer.extracted = intercepted                       ? *std::move(intercepted)
                       : task.wanted == Wanted::kUrlList ? ListUrls(fd, task)
                                                         : ExtractFile(fd, task);
  } catch (const std::bad_alloc&) {
    answer = {.extracted = OutOfMemory(memory), .last = true};
  } catch (const std::exception& error) {
    answer.extracted = Fault(State::kFailed, std::string("the reader gave up: ") + error.what());
  }
  std::string message;
  try {
    message = EncodeAnswer(answer);
  } catch (const std::bad_alloc&) {
    answer = {.extracted = OutOfMemory(memory), .last = true};
    message = EncodeAnswer(answer);
  }
  return SendMessage(kSocket, message) && !answer.last;
}

}  // namespace

int RunWorker(const WorkerSetup& setup) {
  const auto first = ReceiveMessage(kSocket, kMaxTaskBytes);
  if (!first) return 1;
  const auto greeting = DecodeGreeting(first->message);
  if (!greeting) return 1;
  SandboxOptions sandbox = setup.sandbox;
  if (greeting->memory_bytes > 0) sandbox.memory_bytes = greeting->memory_bytes;
  const std::string memory = std::to_string(sandbox.memory_bytes >> 20) + " MiB";
  if (!SendMessage(kSocket, EncodeLayers(EnterSandbox(sandbox)))) return 1;
  while (const auto received = ReceiveMessage(kSocket, kMaxTaskBytes)) {
    const auto task = DecodeTask(received->message);
    const bool go_on = task && Serve(*task, received->attached, setup, memory);
    if (received->attached >= 0) close(received->attached);
    if (!go_on) return task ? 0 : 1;
  }
  return 0;
}

int RunWorker() { return RunWorker(WorkerSetup{}); }

}  // namespace quipu::extract
