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
#include "indexer/extract/member_reader.h"
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

bool ReadsBeginning(std::string_view type) {
  const Format* format = FindFormat(type);
  return format != nullptr && format->reads_beginning;
}

/// Nobody listens any more; the process ends.
struct Unheard {};

void Send(const AnswerMessage& answer) {
  if (!SendMessage(kSocket, EncodeAnswer(answer))) throw Unheard();
}

/// Extracts a whole file, the members in it going to the socket before it.
Extracted ExtractWhole(FileContent file, const TaskMessage& task, bool& spent) {
  if (!task.members) return ExtractContent(file, task.language);
  MemberReader::Setup setup;
  setup.language = task.language;
  setup.limits.file_bytes = file.bytes.size();
  setup.limits.member_time = std::chrono::milliseconds(task.time_ms);
  if (task.members_ms > 0)
    setup.limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(task.members_ms);
  setup.begin = [](std::uint64_t number) {
    Send({.extracted = {}, .kind = AnswerMessage::Kind::kBegin, .path = "", .number = number});
  };
  setup.give = [](std::string path, Extracted extracted) {
    Send({.extracted = std::move(extracted), .kind = AnswerMessage::Kind::kMember, .path = std::move(path)});
  };
  setup.resume_at = task.resume_at;
  setup.blame = task.blame;
  MemberReader reader(std::move(setup));
  file.members = &reader.sink();
  Extracted extracted = ExtractContent(file, task.language);
  spent = reader.out_of_memory();
  return extracted;
}

Extracted ExtractFile(int fd, const TaskMessage& task, bool& spent) {
  std::string bytes;
  if (const int error = ReadUpTo(fd, bytes, std::min<std::uint64_t>(kHeadBytes, task.max_bytes));
      error != 0) {
    return Fault(State::kFailed, std::string("cannot be read: ") + std::strerror(error));
  }
  FileContent file{
      .bytes = bytes, .name = task.name, .want_links = task.wanted == Wanted::kPage, .charset = task.charset};
  if (task.time_ms > 0)
    file.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(task.time_ms);
  if (bytes.size() < kHeadBytes) return ExtractWhole(file, task, spent);
  // The beginning says what the file is; what nothing reads need not be read further.
  const std::string type = SniffType(bytes, task.name);
  if (FindFormat(type) == nullptr && !IsContainer(bytes)) return ExtractContent(file, task.language);
  const std::uint64_t limit =
      ReadsBeginning(type) ? std::min(task.max_bytes, kMaxTextFileBytes) : task.max_bytes;
  struct stat status {};
  if (fstat(fd, &status) == 0 && status.st_size > 0) {
    bytes.reserve(std::min<std::uint64_t>(limit, static_cast<std::uint64_t>(status.st_size)) + 1);
  }
  if (const int error = ReadUpTo(fd, bytes, limit); error != 0) {
    return Fault(State::kFailed, std::string("cannot be read: ") + std::strerror(error));
  }
  char more = 0;
  file.cut = bytes.size() == limit && read(fd, &more, 1) == 1;
  if (file.cut && !ReadsBeginning(type)) {
    return Fault(State::kSkipped, "larger than " + std::to_string(limit >> 20) + " MiB");
  }
  file.bytes = bytes;
  return ExtractWhole(file, task, spent);
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
                                                         : ExtractFile(fd, task, answer.last);
  } catch (const std::bad_alloc&) {
    answer = {.extracted = OutOfMemory(memory), .last = true};
  } catch (const Unheard&) {
    return false;
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
