// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace quipu::filter {

/// A program of the user's that is run over one file.
struct ChildTask {
  std::vector<std::string> command;  // a name without '/' is looked for in PATH
  int input = -1;                    // its standard input; -1: nothing
  std::filesystem::path folder;      // where it works, and may leave files
  std::chrono::milliseconds timeout{60000};
  std::size_t max_output = 64U << 20;
  std::stop_token stop;
};

struct ChildResult {
  bool ok = false;       // it ended with 0 in time
  std::string reason;    // why it is not ok: "`foo` ended with status 3"
  std::string output;    // what it wrote to its standard output
  bool cut = false;      // `output` is only the beginning: it was ended at `max_output`
  bool missing = false;  // there is no such program
};

/// Runs a program and waits. It gets the environment's PATH alone, no terminal, bounded memory (2 GiB),
/// processor time and size of files; it leads a process group of its own, which is killed as a whole in the
/// end, so that nothing it started goes on. Thread-safe.
ChildResult RunChild(const ChildTask& task);

/// The program's file, as RunChild would find it; empty if there is none.
std::filesystem::path FindProgram(const std::string& name);

}  // namespace quipu::filter
