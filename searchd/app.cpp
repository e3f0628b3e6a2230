// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "core/config/listen_address.h"
#include "searchd/access.h"
#include "searchd/reload.h"

namespace quipu::searchd {
namespace {

// A new commit is to be served within a second; looking for one costs microseconds.
constexpr std::chrono::milliseconds kWatchInterval(250);
constexpr int kLooksPerSecond = 4;

std::string ShownAddress(const std::string& listen, int port, bool tls) {
  const auto address = config::ParseListenAddress(listen);
  if (!address || !address->unix_path.empty()) return listen;
  const bool v6 = address->host.find(':') != std::string::npos;
  return fmt::format("http{}://{}{}{}:{}", tls ? "s" : "", v6 ? "[" : "", address->host, v6 ? "]" : "", port);
}

}  // namespace

App::App(config::Config config, Log& log, const GivenSockets& given)
    : log_(log),
      catalog_(OpenHoldings(std::move(config))),
      instrument_(catalog_, metrics_, log),
      gate_(catalog_) {
  const Services services{.catalog = catalog_,
                          .metrics = metrics_,
                          .query_counts = query_counts_,
                          .server_counts = [this] { return server_->Counts(); },
                          .reloads = [this] { return reloads_.load(); }};
  const std::vector<Endpoint> endpoints = BuildEndpoints(services);
  const auto holdings = catalog_.Current();
  const config::Searchd& searchd = holdings->config.searchd;
  const auto refuse = [this](int status, const Error& error, std::string_view origin) {
    return instrument_.Refuse(status, error, origin);
  };
  http::ServerOptions options = Options(searchd.listen, given.main);
  if (!searchd.tls_certificate.empty())
    options.certificate = certificate_ = std::make_shared<http::TlsCertificate>();
  server_ =
      std::make_unique<http::EventServer>(std::move(options), instrument_.Wrap(endpoints, &gate_), refuse);
  if (searchd.admin_listen.empty()) return;
  std::vector<Endpoint> admin;
  std::copy_if(endpoints.begin(), endpoints.end(), std::back_inserter(admin),
               [](const Endpoint& endpoint) { return endpoint.on_admin; });
  AddStatusEndpoint(services, admin);
  admin_ = std::make_unique<http::EventServer>(Options(searchd.admin_listen, given.admin),
                                               instrument_.Wrap(admin, nullptr), refuse);
}

App::~App() = default;

http::ServerOptions App::Options(const std::string& listen, int given_socket) {
  const auto holdings = catalog_.Current();
  const config::Searchd& searchd = holdings->config.searchd;
  http::ServerOptions options;
  options.listen = listen;
  options.given_socket = given_socket;
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
  if (certificate_) {
    if (Status loaded = LoadCertificate(catalog_.Current()->config.searchd, *certificate_); !loaded)
      return loaded;
  }
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
  return ShownAddress(catalog_.Current()->config.searchd.listen, server_->port(), certificate_ != nullptr);
}

std::string App::AdminAddress() const {
  return admin_ ? ShownAddress(catalog_.Current()->config.searchd.admin_listen, admin_->port(), false) : "";
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

/// Takes up what is new in an index. True if another index stands in its place.
bool App::LookAt(const std::string& name, search::SearchIndex& index) {
  const bool changed = index.Refresh();
  LogRuleNews(name, index);
  if (index.WasReplaced()) return true;
  if (!changed) return false;
  ++reloads_;
  if (const auto facts = index.Facts()) {
    log_.Info("index state taken up", {{"index", name},
                                       {"generation", facts->generation},
                                       {"revision", facts->revision},
                                       {"documents", facts->documents}});
  }
  return false;
}

/// Opens what was replaced anew; nothing that was remembered of the former holds for it.
void App::Renew() {
  const std::lock_guard lock(replacing_);
  const auto before = catalog_.Current();
  catalog_.Replace(ReopenReplaced(*before));
  ++reloads_;
}

void App::Watch(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  for (int look = 0; !stop.stop_requested(); ++look) {
    if (look % kLooksPerSecond == 0) instrument_.TellRefusals();
    const auto holdings = catalog_.Current();
    for (const auto& [name, index] : holdings->indexes) {
      try {
        if (!LookAt(name, *index)) continue;
        log_.Info("another index stands in its place and is opened", {{"index", name}});
        Renew();
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

void App::RereadCertificate(const config::Searchd& searchd) {
  // Without one from the start, or with none from now on, there is nothing to show: that takes a restart.
  if (!certificate_ || searchd.tls_certificate.empty()) return;
  if (const Status loaded = LoadCertificate(searchd, *certificate_); !loaded) {
    log_.Fail("certificate kept as it was", {{"fault", loaded.error().message}});
    return;
  }
  log_.Info("certificate reread", {{"file", searchd.tls_certificate.string()}});
}

void App::Reload(config::Config config) {
  RereadCertificate(config.searchd);
  const std::lock_guard lock(replacing_);
  const auto before = catalog_.Current();
  ConfigChange change = Compare(before->config, config);
  catalog_.Replace(OpenHoldings(std::move(config), before.get()));
  CompareKeys(before->keys.get(), catalog_.Current()->keys.get(), change.applied);
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
  instrument_.TellRefusals();
}

}  // namespace quipu::searchd
