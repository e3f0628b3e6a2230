// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "core/config/listen_address.h"
#include "searchd/reload.h"

namespace quipu::searchd {
namespace {

// A new commit is to be served within a second; looking for one costs microseconds.
constexpr std::chrono::milliseconds kWatchInterval(250);

std::string ShownAddress(const std::string& listen, int port) {
  const auto address = config::ParseListenAddress(listen);
  if (!address || !address->unix_path.empty()) return listen;
  const bool v6 = address->host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", v6 ? "[" : "", address->host, v6 ? "]" : "", port);
}

}  // namespace

App::App(config::Config config, Log& log)
    : log_(log), catalog_(OpenHoldings(std::move(config))), instrument_(catalog_, metrics_, log) {
  const Services services{.catalog = catalog_,
                          .metrics = metrics_,
                          .server_counts = [this] { return server_->Counts(); },
                          .reloads = [this] { return reloads_.load(); }};
  const std::vector<Endpoint> endpoints = BuildEndpoints(services);
  const auto holdings = catalog_.Current();
  const config::Searchd& searchd = holdings->config.searchd;
  server_ = std::make_unique<http::EventServer>(Options(searchd.listen), instrument_.Wrap(endpoints),
                                                Instrument::Refuse);
  if (searchd.admin_listen.empty()) return;
  std::vector<Endpoint> admin;
  std::copy_if(endpoints.begin(), endpoints.end(), std::back_inserter(admin),
               [](const Endpoint& endpoint) { return endpoint.on_admin; });
  AddStatusEndpoint(services, admin);
  admin_ = std::make_unique<http::EventServer>(Options(searchd.admin_listen), instrument_.Wrap(admin),
                                               Instrument::Refuse);
}

App::~App() = default;

http::ServerOptions App::Options(const std::string& listen) {
  const auto holdings = catalog_.Current();
  const config::Searchd& searchd = holdings->config.searchd;
  http::ServerOptions options;
  options.listen = listen;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  options.search_threads = searchd.threads > 0 ? searchd.threads : static_cast<int>(cores);
  options.max_connections = searchd.max_connections;
  options.header_timeout_ms = searchd.header_timeout_ms;
  options.idle_timeout_ms = searchd.idle_timeout_ms;
  options.write_timeout_ms = searchd.write_timeout_ms;
  options.hooks = instrument_.MakeHooks();
  return options;
}

Status App::Start(const std::function<void()>& on_failure) {
  if (Status bound = server_->Bind(); !bound) return bound;
  if (admin_) {
    if (Status bound = admin_->Bind(); !bound) return bound;
    admin_thread_ = std::jthread([this, on_failure] { Serve(*admin_, on_failure); });
  }
  server_thread_ = std::jthread([this, on_failure] { Serve(*server_, on_failure); });
  for (const auto& [name, index] : catalog_.Current()->indexes) {
    if (const auto unavailable = index->Unavailable()) {
      log_.Warn("an index is not open", {{"index", name}, {"fault", unavailable->message}});
    }
  }
  watcher_ = std::jthread([this](const std::stop_token& stop) { Watch(stop); });
  return Done{};
}

void App::Serve(http::EventServer& server, const std::function<void()>& on_failure) {
  try {
    server.Run();
  } catch (const std::exception& exception) {
    log_.Fail("the server stopped", {{"fault", exception.what()}});
    on_failure();
  } catch (...) {
    // Xapian's errors do not derive from std::exception.
    log_.Fail("the server stopped", {{"fault", "an error of another library"}});
    on_failure();
  }
}

std::string App::Address() const {
  return ShownAddress(catalog_.Current()->config.searchd.listen, server_->port());
}

std::string App::AdminAddress() const {
  return admin_ ? ShownAddress(catalog_.Current()->config.searchd.admin_listen, admin_->port()) : "";
}

void App::LogRuleNews(const std::string& name, search::SearchIndex& index) {
  for (const search::RuleNews& news : index.TakeRuleNews()) {
    if (news.taken_up) log_.Info("rules read", {{"index", name}, {"file", news.file.string()}});
    for (const config::Fault& fault : news.faults) {
      log_.Warn("rules not read; those before stay in force",
                {{"index", name}, {"fault", config::Describe(fault, news.file)}});
    }
  }
}

void App::Watch(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    const auto holdings = catalog_.Current();
    for (const auto& [name, index] : holdings->indexes) {
      try {
        const bool changed = index->Refresh();
        LogRuleNews(name, *index);
        if (!changed) continue;
        ++reloads_;
        if (const auto facts = index->Facts()) {
          log_.Info("index state taken up", {{"index", name},
                                             {"generation", facts->generation},
                                             {"revision", facts->revision},
                                             {"documents", facts->documents}});
        }
      } catch (const std::exception& exception) {
        log_.Fail("an index could not be looked at", {{"index", name}, {"fault", exception.what()}});
      } catch (...) {
        // Xapian's errors do not derive from std::exception. The next look comes soon.
        log_.Fail("an index could not be looked at", {{"index", name}});
      }
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kWatchInterval, [] { return false; });
  }
}

void App::Reload(config::Config config) {
  const auto before = catalog_.Current();
  const ConfigChange change = Compare(before->config, config);
  catalog_.Replace(OpenHoldings(std::move(config), before.get()));
  for (const std::string& sentence : change.applied)
    log_.Info("configuration reread", {{"change", sentence}});
  for (const std::string& key : change.needs_restart) {
    log_.Warn("configuration reread", {{"key", key}, {"change", "takes effect at the next start"}});
  }
  if (change.applied.empty() && change.needs_restart.empty())
    log_.Info("configuration reread", {{"change", "none"}});
}

void App::Stop() {
  const std::int64_t grace_ms = catalog_.Current()->config.searchd.shutdown_grace_ms;
  watcher_.request_stop();
  server_->Stop(grace_ms);
  if (admin_) admin_->Stop(grace_ms);
  if (server_thread_.joinable()) server_thread_.join();
  if (admin_thread_.joinable()) admin_thread_.join();
  if (watcher_.joinable()) watcher_.join();
}

}  // namespace quipu::searchd
