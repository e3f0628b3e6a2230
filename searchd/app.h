// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/config/config.h"
#include "searchd/catalog.h"
#include "searchd/http/event_server.h"
#include "searchd/metrics/metrics.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/instrument.h"
#include "searchd/systemd.h"

namespace quipu::searchd {

/// All objects of a serving quipu-searchd: indexes, endpoints, the servers and the thread that looks for
/// new commits. Start() and Stop() once each; Reload() at any time between. One caller at a time.
class App {
 public:
  App(config::Config config, Log& log, const GivenSockets& given = {});
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Binds and serves from threads of its own. kConfig if an address cannot be had.
  Status Start(const std::function<void()>& on_failure);
  /// The addresses served, e.g. "http://127.0.0.1:40123"; known after Start().
  std::string Address() const;
  std::string AdminAddress() const;

  /// Serves `config` from now on, and logs what changed and what needs a restart. Requests under way end
  /// on what they began with.
  void Reload(config::Config config);

  /// Stops accepting, answers what is in flight within the configured grace, and returns when all is still.
  void Stop();

 private:
  void Watch(const std::stop_token& stop);
  bool LookAt(const std::string& name, search::SearchIndex& index);
  void Renew();
  void LogRuleNews(const std::string& name, search::SearchIndex& index);
  void Serve(http::EventServer& server, const std::function<void()>& on_failure);
  http::ServerOptions Options(const std::string& listen, int given_socket);
  void RereadCertificate(const config::Searchd& searchd);

  Log& log_;
  Catalog catalog_;
  std::mutex replacing_;  // the catalog's content is read, changed and put back by one at a time
  Metrics metrics_;
  QueryCounts query_counts_;
  std::atomic<std::uint64_t> reloads_ = 0;
  Instrument instrument_;
  Gate gate_;
  std::shared_ptr<http::TlsCertificate> certificate_;  // none: plain HTTP
  std::unique_ptr<http::EventServer> server_;
  std::unique_ptr<http::EventServer> admin_;
  std::jthread server_thread_, admin_thread_, watcher_;
};

}  // namespace quipu::searchd
