// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/support/http_client.h"
#include "tests/support/run_program.h"
#include "tests/support/within.h"

namespace quipu::testing {

/// quipu-searchd as a process, in a folder with a quipu.toml whose `listen` has port 0.
class RunningSearchd {
 public:
  explicit RunningSearchd(const std::filesystem::path& folder,
                          const std::vector<std::string>& arguments = {"serve"})
      : RunningSearchd(Options(folder), arguments) {}
  RunningSearchd(const ProgramOptions& options, const std::vector<std::string>& arguments)
      : program_(Words(arguments), options) {
    test::Within(std::chrono::seconds(10), [&] { return port() != 0 || !program_.Running(); });
  }

  RunningProgram& program() { return program_; }
  test::HttpClient client() const { return test::HttpClient(port()); }

  /// Of the line in which it says where it listens; 0 before that.
  int port() const {
    const std::string log = program_.Errors();
    const std::size_t line = log.find("\"listening\"");
    if (line == std::string::npos) return 0;
    const std::size_t at = log.find("127.0.0.1:", line);
    return at == std::string::npos ? 0 : static_cast<int>(std::strtol(log.c_str() + at + 10, nullptr, 10));
  }
  bool Logs(const std::string& text) const {
    return test::Within(std::chrono::seconds(5),
                        [&] { return program_.Errors().find(text) != std::string::npos; });
  }
  /// SIGTERM, and what came of it.
  ProgramResult Stop() {
    program_.Signal(SIGTERM);
    return program_.Wait();
  }

 private:
  static ProgramOptions Options(const std::filesystem::path& folder) {
    ProgramOptions options;
    options.folder = folder;
    return options;
  }
  static std::vector<std::string> Words(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{QUIPU_SEARCHD};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  }

  RunningProgram program_;
};

}  // namespace quipu::testing
