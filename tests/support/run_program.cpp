// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/run_program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <thread>

#include "tests/support/file_tree.h"

namespace quipu::testing {
namespace {

using Clock = std::chrono::steady_clock;

/// In the child: only calls that are safe after fork().
[[noreturn]] void Become(char* const* words, const ProgramOptions& options, const std::string& in,
                         const std::string& out, const std::string& err) {
  ::setpgid(0, 0);
  const int in_fd = ::open(in.c_str(), O_RDONLY);
  const int out_fd = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_fd = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (::chdir(options.folder.c_str()) != 0 || ::dup2(in_fd, 0) < 0 || ::dup2(out_fd, 1) < 0 ||
      ::dup2(err_fd, 2) < 0) {
    ::_exit(126);
  }
  for (const auto& [name, value] : options.environment) ::setenv(name.c_str(), value.c_str(), 1);
  ::execv(words[0], words);
  ::_exit(127);
}

/// The program opens its files itself, a moment after it was started.
std::string ReadIfThere(const std::filesystem::path& path) {
  return std::filesystem::exists(path) ? ReadFile(path) : "";
}

}  // namespace

RunningProgram::RunningProgram(const std::vector<std::string>& words, const ProgramOptions& options)
    : options_(options), began_(Clock::now()) {
  // What the program leaves behind becomes ours, so that GroupIsGone() can see and reap it.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  WriteFile(dir_.path() / "in", options.input);
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const std::string in = dir_.path() / "in";
  const std::string out = dir_.path() / "out";
  const std::string err = dir_.path() / "err";
  pid_ = ::fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ == 0) Become(argv.data(), options_, in, out, err);
  ::setpgid(pid_, pid_);
}

RunningProgram::~RunningProgram() {
  ::kill(-pid_, SIGKILL);
  if (!ended_) ::waitpid(pid_, nullptr, 0);
}

bool RunningProgram::Running() {
  if (!ended_ && ::waitpid(pid_, &status_, WNOHANG) == pid_) {
    ended_ = true;
    seconds_ = std::chrono::duration<double>(Clock::now() - began_).count();
  }
  return !ended_;
}

void RunningProgram::Signal(int signal) const { ::kill(pid_, signal); }

void RunningProgram::Kill() const { ::kill(pid_, SIGKILL); }

ProgramResult RunningProgram::Wait() {
  ProgramResult result;
  while (Running()) {
    if (Clock::now() - began_ > options_.timeout && !result.timed_out) {
      result.timed_out = true;
      ::kill(-pid_, SIGKILL);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (WIFEXITED(status_)) result.exit_code = WEXITSTATUS(status_);
  if (WIFSIGNALED(status_)) result.signal = WTERMSIG(status_);
  result.seconds = seconds_;
  result.out = Output();
  result.err = Errors();
  return result;
}

bool RunningProgram::GroupIsGone() const {
  for (int i = 0; i < 200; ++i) {
    while (::waitpid(-pid_, nullptr, WNOHANG) > 0) {
    }
    if (::kill(-pid_, 0) != 0 && errno == ESRCH) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string RunningProgram::Output() const { return ReadIfThere(dir_.path() / "out"); }

std::string RunningProgram::Errors() const { return ReadIfThere(dir_.path() / "err"); }

ProgramResult RunProgram(const std::vector<std::string>& words, const ProgramOptions& options) {
  return RunningProgram(words, options).Wait();
}

}  // namespace quipu::testing
