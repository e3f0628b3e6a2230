// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace quipu::testing {

struct ProgramOptions {
  std::filesystem::path folder = ".";              // where it runs
  std::string input;                               // its standard input
  std::map<std::string, std::string> environment;  // added to the test's own
  std::chrono::milliseconds timeout{60000};        // then it is killed
};

struct ProgramResult {
  int exit_code = -1;  // -1: it was ended by a signal
  int signal = 0;
  bool timed_out = false;
  double seconds = 0;
  std::string out;
  std::string err;
};

/// A program that runs in its own process group while the test does something else.
class RunningProgram {
 public:
  /// `words[0]` is the program. Throws std::system_error if it cannot be started.
  explicit RunningProgram(const std::vector<std::string>& words, const ProgramOptions& options = {});
  /// Kills the whole group if it still runs.
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  pid_t pid() const { return pid_; }
  bool Running();
  void Signal(int signal) const;
  /// As the kernel does when memory is short: the program and nobody else.
  void Kill() const;
  /// Waits for the end (or for the timeout, and kills it).
  ProgramResult Wait();

  /// Whether no process of its group is left, waiting up to two seconds for the last to go.
  bool GroupIsGone() const;

  std::string Output() const;
  std::string Errors() const;

 private:
  TempDir dir_;
  ProgramOptions options_;
  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = 0;
  std::chrono::steady_clock::time_point began_;
  double seconds_ = 0;
};

/// Starts a program and waits for it.
ProgramResult RunProgram(const std::vector<std::string>& words, const ProgramOptions& options = {});

}  // namespace quipu::testing
