// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>
#include <unistd.h>
#include <csignal>

#include <atomic>
#include <cstdio>

#include "searchd/access.h"
#include "searchd/app.h"
#include "searchd/commands.h"

namespace quipu::searchd {
namespace {

/// Blocks what Serve() waits for. Threads inherit the mask, so it is set before the first one starts.
sigset_t BlockSignals() {
  sigset_t waited;
  sigemptyset(&waited);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&waited, number);
  pthread_sigmask(SIG_BLOCK, &waited, nullptr);
  // A client that goes away while it is answered is an error of write(), not the end of the process.
  signal(SIGPIPE, SIG_IGN);
  return waited;
}

void Reread(const config::CommandLine& line, App& app, Log& log) {
  const config::Loaded loaded = LoadConfig(line);
  for (const config::Fault& fault : loaded.faults) {
    log.Fail("configuration kept as it was", {{"fault", config::Describe(fault, loaded.config.file)}});
  }
  if (!loaded.faults.empty()) return;
  if (const Status access = CheckAccess(loaded.config); !access) {
    log.Fail("configuration kept as it was", {{"fault", access.error().message}});
    return;
  }
  const std::vector<config::Fault> key_faults = CheckKeys(loaded.config.searchd);
  for (const config::Fault& fault : key_faults) {
    log.Fail("configuration and keys kept as they were",
             {{"fault", config::Describe(fault, loaded.config.searchd.keys_file)}});
  }
  if (!key_faults.empty()) return;
  app.Reload(loaded.config);
}

}  // namespace

int Serve(const config::CommandLine& line, const config::Config& config) {
  if (const Status access = CheckAccess(config); !access) {
    fmt::print(stderr, "quipu-searchd: {}\n", access.error().message);
    return 2;
  }
  const std::vector<config::Fault> key_faults = CheckKeys(config.searchd);
  for (const config::Fault& fault : key_faults)
    fmt::print(stderr, "quipu-searchd: {}\n", config::Describe(fault, config.searchd.keys_file));
  if (!key_faults.empty()) return 2;
  const sigset_t waited = BlockSignals();
  Log log(STDERR_FILENO, line.Get("log-format") == "text" ? LogFormat::kText : LogFormat::kJson);
  App app(config, log);
  std::atomic<bool> failed = false;
  const Status started = app.Start([&failed] {
    failed = true;
    kill(getpid(), SIGTERM);
  });
  if (!started) {
    fmt::print(stderr, "quipu-searchd: {}\n", started.error().message);
    return 2;
  }
  log.Info("listening", {{"address", app.Address()}, {"admin", app.AdminAddress()}, {"pid", getpid()}});
  while (true) {
    int number = 0;
    if (sigwait(&waited, &number) != 0) continue;
    if (number != SIGHUP) break;
    Reread(line, app, log);
  }
  log.Info("stopping");
  app.Stop();
  log.Info("stopped");
  return failed ? 1 : 0;
}

}  // namespace quipu::searchd
