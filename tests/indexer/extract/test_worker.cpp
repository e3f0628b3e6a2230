// SPDX-License-Identifier: GPL-2.0-or-later
// A worker program that can be told, by the name of its task, to misbehave from inside the sandbox. The
// product has no such thing: its own worker never intercepts.
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "indexer/extract/channel.h"
#include "indexer/extract/worker.h"

namespace quipu::extract {
namespace {

std::string Outcome(long result) {
  return result < 0 ? std::string("refused: ") + std::strerror(errno) : "allowed";
}

std::string Hang() {
  for (;;) usleep(100000);
}

std::string Spin() {
  std::atomic<unsigned> turns = 0;
  for (;;) ++turns;
}

std::string Crash() {
  volatile int* nowhere = nullptr;
  *nowhere = 1;  // NOLINT: the point of the exercise
  return "survived";
}

std::string EatMemory() {
  std::vector<std::string> hoard;
  for (;;) hoard.emplace_back(std::size_t{8} << 20, 'x');
}

/// Writes to the pool's socket what no honest worker writes.
std::string Say(std::string_view bytes) {
  if (write(3, bytes.data(), bytes.size()) < 0) return "could not";
  return Hang();
}

std::string Garbage() { return Say(std::string("\x10\0\0\0", 4) + std::string(16, '\xFF')); }

std::string Endless() { return Say("\xFF\xFF\xFF\x7F"); }

/// Answers like a reader that dies of every odd member of six.
Extracted DieOfOddMembers(const TaskMessage& task) {
  for (std::uint64_t number = task.resume_at; number < 6; ++number) {
    AnswerMessage member{.extracted = {}, .kind = AnswerMessage::Kind::kBegin, .path = "", .number = number};
    const bool blamed = number == task.resume_at && !task.blame.empty();
    if (!blamed) SendMessage(3, EncodeAnswer(member));
    if (number % 2 == 1 && !blamed) std::abort();
    member.kind = AnswerMessage::Kind::kMember;
    member.path = std::to_string(number);
    member.extracted.state = blamed ? State::kFailed : State::kIndexed;
    member.extracted.reason = task.blame;
    SendMessage(3, EncodeAnswer(member));
  }
  Extracted file;
  file.state = State::kIndexed;
  return file;
}

const std::map<std::string, std::function<std::string()>>& Deeds() {
  static const std::map<std::string, std::function<std::string()>> deeds = {
      {"open-passwd", [] { return Outcome(open("/etc/passwd", O_RDONLY)); }},
      {"list-root", [] { return Outcome(open("/", O_RDONLY | O_DIRECTORY)); }},
      {"create-file", [] { return Outcome(open("/tmp/quipu-sandbox-test", O_CREAT | O_WRONLY, 0600)); }},
      {"write-font-folder", [] { return Outcome(open("/usr/share/fonts/quipu", O_CREAT | O_WRONLY, 0600)); }},
      {"unlink", [] { return Outcome(unlink("/tmp/quipu-sandbox-test")); }},
      {"inet-socket", [] { return Outcome(socket(AF_INET, SOCK_STREAM, 0)); }},
      {"unix-socket", [] { return Outcome(socket(AF_UNIX, SOCK_STREAM, 0)); }},
      {"fork", [] { return Outcome(fork()); }},
      {"exec", [] { return Outcome(execl("/bin/true", "true", nullptr)); }},
      {"ptrace", [] { return Outcome(ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr)); }},
      {"kill-parent", [] { return Outcome(kill(getppid(), SIGTERM)); }},
      {"hang", &Hang},
      {"spin", &Spin},
      {"crash", &Crash},
      {"abort", [] { return std::abort(), std::string(); }},
      {"exit", [] { return std::_Exit(7), std::string(); }},
      {"eat-memory", &EatMemory},
      {"garbage", &Garbage},
      {"endless-answer", &Endless},
      {"pid", [] { return std::to_string(getpid()); }},
  };
  return deeds;
}

std::optional<Extracted> Misbehave(const TaskMessage& task) {
  constexpr std::string_view kPrefix = "do:";
  if (task.name.compare(0, kPrefix.size(), kPrefix) != 0) return std::nullopt;
  if (task.name == "do:die-of-members") return DieOfOddMembers(task);
  const auto deed = Deeds().find(task.name.substr(kPrefix.size()));
  if (deed == Deeds().end()) return std::nullopt;
  Extracted extracted;
  extracted.state = State::kIndexed;
  extracted.document.title = deed->second();
  return extracted;
}

}  // namespace
}  // namespace quipu::extract

int main() {
  quipu::extract::WorkerSetup setup{.intercept = &quipu::extract::Misbehave};
#ifdef QUIPU_TEST_WITHOUT_LANDLOCK
  setup.sandbox.landlock = false;
#endif
  return quipu::extract::RunWorker(setup);
}
