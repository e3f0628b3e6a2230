// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "indexer/extract/member_reader.h"

namespace quipu::extract {
namespace {

using std::chrono::milliseconds;

constexpr int kWorkerSocket = 3;
constexpr milliseconds kStartTimeout{20000};
constexpr milliseconds kGoodbye{500};
/// What one file may answer, all its members included; twice the text, for what goes with it.
constexpr std::uint64_t kMaxAnswersBytes = 2 * MemberLimits::kMaxSharedTextBytes;

/// What the process gets of our environment: nothing, but the sanitizers' own settings.
std::vector<std::string> WorkerEnvironment() {
  std::vector<std::string> environment = {"LANG=C.UTF-8", "MALLOC_ARENA_MAX=1"};
  for (const char* name :
       {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
  }
  return environment;
}

/// The child's descriptors and signals: 0 to 2 the null device, 3 the socket, nothing else; its own
/// process group, so that Ctrl-C in a terminal reaches the job, which then ends it.
class SpawnPlan {
 public:
  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket);
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    if (std::getenv("QUIPU_WORKER_STDERR") == nullptr) {
      posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
    }
    posix_spawn_file_actions_addclosefrom_np(&actions_, kWorkerSocket + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  /// Returns errno.
  int Spawn(const std::string& program, pid_t& pid) const {
    std::string flag = "--extract-worker";
    std::string name = program;
    std::array<char*, 3> arguments = {name.data(), flag.data(), nullptr};
    std::vector<std::string> environment = WorkerEnvironment();
    std::vector<char*> variables;
    for (std::string& variable : environment) variables.push_back(variable.data());
    variables.push_back(nullptr);
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(), variables.data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// Waits for the process to end by itself; false if it has not within `patience`.
bool EndsWithin(pid_t pid, milliseconds patience, int& status) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const pid_t ended = waitpid(pid, &status, WNOHANG);
    if (ended == pid || (ended < 0 && errno == ECHILD)) return true;
    if (std::chrono::steady_clock::now() >= deadline) return false;
    const timespec pause{0, 1000000};
    nanosleep(&pause, nullptr);
  }
}

std::string Explain(int status) {
  if (WIFEXITED(status))
    return "the reader ended unexpectedly (status " + std::to_string(WEXITSTATUS(status)) + ")";
  if (!WIFSIGNALED(status)) return "the reader ended unexpectedly";
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU) return "used too much processor time";
  if (signal == SIGKILL) return "the reader was killed (out of memory?)";
  const char* name = sigabbrev_np(signal);
  return std::string("the reader crashed (") +
         (name != nullptr ? "SIG" + std::string(name) : "signal " + std::to_string(signal)) + ")";
}

std::string Seconds(milliseconds duration) {
  if (duration.count() % 1000 == 0) return std::to_string(duration.count() / 1000) + " s";
  return std::to_string(duration.count()) + " ms";
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::Start(const std::string& program,
                                                            const Greeting& greeting) {
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return Error{Code::kInternal,
                 std::string("cannot make a socket for the extraction process: ") + std::strerror(errno)};
  }
  pid_t pid = -1;
  const int error = SpawnPlan(pair[1]).Spawn(program, pid);
  close(pair[1]);
  if (error != 0) {
    close(pair[0]);
    return Error{Code::kInternal,
                 "cannot start the extraction process " + program + ": " + std::strerror(error)};
  }
  std::unique_ptr<WorkerProcess> process(new WorkerProcess(pid, pair[0]));
  const AnswerLimits limits{.max_bytes = kMaxTaskBytes,
                            .deadline = std::chrono::steady_clock::now() + kStartTimeout};
  if (SendMessage(process->socket_, EncodeGreeting(greeting))) {
    const Answer answer = AwaitAnswer(process->socket_, limits);
    if (answer.wait == Wait::kAnswered) {
      if (auto layers = DecodeLayers(answer.message)) {
        process->layers_ = std::move(layers).value();
        return process;
      }
    }
  }
  return Error{Code::kInternal, "the extraction process " + program + " did not come up: " + process->Reap()};
}

WorkerProcess::~WorkerProcess() {
  if (socket_ >= 0) close(socket_);
  if (pid_ <= 0) return;
  int status = 0;
  if (usable_ && EndsWithin(pid_, kGoodbye, status)) return;
  kill(pid_, SIGKILL);
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
}

bool WorkerProcess::Alive() const {
  if (!usable_) return false;
  pollfd watched{socket_, POLLIN, 0};
  // Nothing is owed to us between tasks: anything to read is its end, or a process gone wrong.
  return poll(&watched, 1, 0) == 0;
}

void WorkerProcess::LimitCpu(milliseconds timeout) const {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return;
  rlimit limit{};
  if (prlimit(pid_, RLIMIT_CPU, nullptr, &limit) != 0) return;
  // Beyond the wall clock, which normally ends it first: it holds even if this process is stopped.
  limit.rlim_cur = static_cast<rlim_t>(used.tv_sec) + static_cast<rlim_t>(timeout.count() / 1000) + 3;
  prlimit(pid_, RLIMIT_CPU, &limit, nullptr);
}

std::string WorkerProcess::Reap() {
  usable_ = false;
  int status = 0;
  if (!EndsWithin(pid_, milliseconds(200), status)) {
    kill(pid_, SIGKILL);
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  pid_ = -1;
  return Explain(status);
}

Extracted WorkerProcess::Lost(const Answer& answer, milliseconds timeout) {
  Extracted extracted;
  extracted.state = State::kFailed;
  usable_ = false;
  if (answer.wait == Wait::kTimedOut) {
    extracted.reason = "took longer than " + Seconds(timeout);
  } else if (answer.wait == Wait::kCancelled) {
    extracted.reason = "interrupted";
  } else if (answer.wait == Wait::kTooLong) {
    extracted.reason = "the reader gave an answer that is too long";
  } else {
    extracted.reason = Reap();
  }
  return extracted;
}

Extracted WorkerProcess::Run(const Job& job) {
  ++files_;
  lost_at_.reset();
  if (!SendMessage(socket_, EncodeTask(job.task), job.fd)) return Lost({Wait::kClosed, {}}, job.timeout);
  std::optional<std::uint64_t> at;
  // A member begins, and is given: a process that says more than that is not ours any more.
  std::uint64_t bytes = 0;
  for (std::uint64_t messages = 0; messages <= 2 * MemberLimits::kMaxMembers + 1 && bytes <= kMaxAnswersBytes;
       ++messages) {
    LimitCpu(job.timeout);
    const Answer answer = AwaitAnswer(socket_, {.max_bytes = kMaxAnswerBytes,
                                                .deadline = std::chrono::steady_clock::now() + job.timeout,
                                                .cancel = job.cancel});
    if (answer.wait != Wait::kAnswered) {
      if (answer.wait != Wait::kCancelled) lost_at_ = at;
      return Lost(answer, job.timeout);
    }
    bytes += answer.message.size();
    auto decoded = DecodeAnswer(answer.message);
    if (!decoded) {
      usable_ = false;
      Extracted failed;
      failed.reason = decoded.error().message;
      return failed;
    }
    if (decoded->kind == AnswerMessage::Kind::kFile) {
      usable_ = !decoded->last;
      return std::move(decoded).value().extracted;
    }
    if (decoded->kind == AnswerMessage::Kind::kBegin) at = decoded->number;
    if (decoded->kind != AnswerMessage::Kind::kMember) continue;
    // What is lost from here to the next beginning is lost by the file itself.
    at.reset();
    if (job.on_member) job.on_member(std::move(decoded->path), std::move(decoded->extracted));
  }
  return Lost({Wait::kTooLong, {}}, job.timeout);
}

}  // namespace quipu::extract
