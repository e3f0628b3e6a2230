// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>
#include <unistd.h>
#include <csignal>

#include <atomic>
#include <cstdio>
#include <utility>

#include "searchd/access.h"
#include "searchd/app.h"
#include "searchd/commands.h"
#include "searchd/systemd.h"

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

int Complain(const Error& error) {
  fmt::print(stderr, "quipu-searchd: {}\n", error.message);
  return 2;
}

/// What listens already says where, whatever the configuration does.
void Adopt(const GivenSockets& given, config::Searchd& searchd) {
  if (given.main >= 0) searchd.listen = AddressOf(given.main);
  if (given.admin >= 0) searchd.admin_listen = AddressOf(given.admin);
}

void Reread(const config::CommandLine& line, const GivenSockets& given, App& app, Log& log) {
  config::Loaded loaded = LoadConfig(line);
  Adopt(given, loaded.config.searchd);
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

int Serve(const config::CommandLine& line, config::Config config) {
  const auto given = TakeGivenSockets();
  if (!given) return Complain(given.error());
  Adopt(*given, config.searchd);
  if (const Status access = CheckAccess(config); !access) return Complain(access.error());
  const std::vector<config::Fault> key_faults = CheckKeys(config.searchd);
  for (const config::Fault& fault : key_faults)
    fmt::print(stderr, "quipu-searchd: {}\n", config::Describe(fault, config.searchd.keys_file));
  if (!key_faults.empty()) return 2;
  const sigset_t waited = BlockSignals();
  Log log(STDERR_FILENO, line.Get("log-format") == "text" ? LogFormat::kText : LogFormat::kJson);
  App app(std::move(config), log, *given);
  std::atomic<bool> failed = false;
  const Status started = app.Start([&failed] {
    failed = true;
    kill(getpid(), SIGTERM);
  });
  if (!started) return Complain(started.error());
  log.Info("listening", {{"address", app.Address()}, {"admin", app.AdminAddress()}, {"pid", getpid()}});
  TellReady();
  while (true) {
    int number = 0;
    if (sigwait(&waited, &number) != 0) continue;
    if (number != SIGHUP) break;
    TellReloading();
    Reread(line, *given, app, log);
    TellReady();
  }
  log.Info("stopping");
  TellStopping();
  app.Stop();
  log.Info("stopped");
  return failed ? 1 : 0;
}

}  // namespace quipu::searchd
