// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/filter/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/unique_fd.h"

namespace quipu::filter {
namespace {

using Clock = std::chrono::steady_clock;

constexpr rlim_t kMemoryBytes = rlim_t{2} << 30;
constexpr rlim_t kFileBytes = rlim_t{1} << 30;
constexpr int kPollMs = 100;

std::string SearchPath() {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  return path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
}

void Limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit{value, value};
  setrlimit(resource, &limit);
}

/// What the child needs between fork and exec, made before: there it must not allocate.
struct Launch {
  std::string program;
  std::vector<std::string> words;
  std::vector<std::string> variables;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  std::string folder;
  int input = -1;
  int output = -1;
  rlim_t cpu_seconds = 0;
};

Launch Prepare(const ChildTask& task, std::string program) {
  Launch launch;
  launch.program = std::move(program);
  launch.words = task.command;
  launch.folder = task.folder.string();
  launch.variables = {"PATH=" + SearchPath(), "LANG=C.UTF-8", "HOME=" + launch.folder,
                      "TMPDIR=" + launch.folder, "OMP_THREAD_LIMIT=1"};
  launch.cpu_seconds = static_cast<rlim_t>(task.timeout.count() / 1000 + 1);
  return launch;
}

[[noreturn]] void Exec(const Launch& launch) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  Limit(RLIMIT_CORE, 0);
  Limit(RLIMIT_AS, kMemoryBytes);
  Limit(RLIMIT_FSIZE, kFileBytes);
  Limit(RLIMIT_CPU, launch.cpu_seconds);
  Limit(RLIMIT_NOFILE, 256);
  const int null = open("/dev/null", O_RDWR);
  if (chdir(launch.folder.c_str()) != 0 || null < 0 || dup2(launch.input >= 0 ? launch.input : null, 0) < 0 ||
      dup2(launch.output, 1) < 0 || dup2(null, 2) < 0)
    _exit(126);
  close_range(3, ~0U, 0);
  execve(launch.program.c_str(), launch.arguments.data(), launch.environment.data());
  _exit(127);
}

pid_t Start(Launch& launch) {
  for (std::string& word : launch.words) launch.arguments.push_back(word.data());
  launch.arguments.push_back(nullptr);
  for (std::string& variable : launch.variables) launch.environment.push_back(variable.data());
  launch.environment.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid == 0) Exec(launch);
  // Both sides set it, so that it holds whoever comes first.
  setpgid(pid, pid);
  return pid;
}

enum class End { kClosed, kFull, kTimedOut, kStopped };

End ReadOutput(int fd, const ChildTask& task, std::string& output) {
  const auto deadline = Clock::now() + task.timeout;
  std::array<char, 65536> buffer{};
  for (;;) {
    if (task.stop.stop_requested()) return End::kStopped;
    if (Clock::now() >= deadline) return End::kTimedOut;
    pollfd watched{fd, POLLIN, 0};
    if (poll(&watched, 1, kPollMs) <= 0) continue;
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return End::kClosed;
    const std::size_t size = std::min(static_cast<std::size_t>(got), task.max_output - output.size());
    output.append(buffer.data(), size);
    if (size < static_cast<std::size_t>(got)) return End::kFull;
  }
}

/// Waits for the program itself after its output has ended, which it may close long before. It is not reaped
/// yet: as long as it is not, its group's number is its own.
bool AwaitEnd(pid_t pid, const ChildTask& task, Clock::time_point deadline) {
  for (;;) {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid)
      return true;
    if (task.stop.stop_requested() || Clock::now() >= deadline) return false;
    const timespec pause{0, 2000000};
    nanosleep(&pause, nullptr);
  }
}

std::string Explain(const std::string& name, int status) {
  if (WIFSIGNALED(status)) return fmt::format("`{}` was ended by signal {}", name, WTERMSIG(status));
  return fmt::format("`{}` ended with status {}", name, WEXITSTATUS(status));
}

}  // namespace

std::filesystem::path FindProgram(const std::string& name) {
  const auto runs = [](const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::is_regular_file(file, error) && access(file.c_str(), X_OK) == 0;
  };
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos)
    return runs(name) ? std::filesystem::absolute(name) : std::filesystem::path();
  std::string path = SearchPath();
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find(':', at), path.size());
    const std::filesystem::path file = std::filesystem::path(path.substr(at, end - at)) / name;
    if (end > at && runs(file)) return std::filesystem::absolute(file);
    at = end + 1;
  }
  return {};
}

ChildResult RunChild(const ChildTask& task) {
  ChildResult result;
  const std::string name = task.command.empty() ? "" : task.command.front();
  const std::filesystem::path program = FindProgram(name);
  if (program.empty()) {
    result.missing = true;
    result.reason = fmt::format("there is no program `{}`", name);
    return result;
  }
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe");
  const UniqueFd read_end(pipe_ends[0]);
  UniqueFd write_end(pipe_ends[1]);
  Launch launch = Prepare(task, program.string());
  launch.input = task.input;
  launch.output = write_end.get();
  const auto deadline = Clock::now() + task.timeout;
  const pid_t pid = Start(launch);
  write_end = UniqueFd();
  End end = ReadOutput(read_end.get(), task, result.output);
  const bool ended = end == End::kClosed && AwaitEnd(pid, task, deadline);
  if (end == End::kClosed && !ended) end = task.stop.stop_requested() ? End::kStopped : End::kTimedOut;
  kill(-pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  result.cut = end == End::kFull;
  result.ok = result.cut || (ended && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  if (end == End::kTimedOut)
    result.reason = fmt::format("`{}` took longer than {} ms", name, task.timeout.count());
  if (end == End::kStopped) result.reason = "interrupted";
  if (ended && !result.ok) result.reason = Explain(name, status);
  return result;
}

}  // namespace quipu::filter
