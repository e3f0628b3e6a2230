// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/http_client.h"
#include "tests/support/run_program.h"
#include "tests/support/within.h"

namespace quipu::testing {

/// quipu-searchd as a process, in a folder with a quipu.toml whose `listen` has port 0.
class RunningSearchd {
 public:
  explicit RunningSearchd(const std::filesystem::path& folder) : RunningSearchd(In(folder)) {}
  /// `words` start it, perhaps by way of another program.
  explicit RunningSearchd(const ProgramOptions& options,
                          const std::vector<std::string>& words = {QUIPU_SEARCHD, "serve"})
      : program_(words, options) {
    test::Within(std::chrono::seconds(10), [&] { return port() != 0 || !program_.Running(); });
  }

  RunningProgram& program() { return program_; }
  std::string log() const { return program_.Errors(); }
  test::HttpClient client() const { return test::HttpClient(port()); }

  /// Of the line in which it says where it listens; 0 before that.
  int port() const { return PortOf("address"); }
  int admin_port() const { return PortOf("admin"); }
  bool Logs(const std::string& text) const {
    return test::Within(std::chrono::seconds(5), [&] { return log().find(text) != std::string::npos; });
  }
  /// SIGTERM, and what came of it.
  ProgramResult Stop() {
    program_.Signal(SIGTERM);
    return program_.Wait();
  }

 private:
  static ProgramOptions In(const std::filesystem::path& folder) {
    ProgramOptions options;
    options.folder = folder;
    return options;
  }
  int PortOf(const char* field) const {
    std::istringstream lines(log());
    for (std::string line; std::getline(lines, line) && !lines.eof();) {
      if (line.find("\"listening\"") == std::string::npos) continue;
      const std::string address = nlohmann::json::parse(line)[field];
      // 0 where there is none, as in "".
      return static_cast<int>(std::strtol(address.c_str() + address.rfind(':') + 1, nullptr, 10));
    }
    return 0;
  }

  RunningProgram program_;
};

}  // namespace quipu::testing
