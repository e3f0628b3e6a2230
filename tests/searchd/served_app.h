// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/schema/document.h"
#include "searchd/app.h"
#include "tests/support/http_client.h"
#include "tests/support/temp_dir.h"

namespace quipu::searchd {

/// quipu-searchd's App in this process, on a free port, over indexes in a folder of its own.
class ServedApp {
 public:
  /// Configures the indexes `names`; none has a document yet.
  explicit ServedApp(const std::vector<std::string>& names);
  ~ServedApp();

  void Start();
  /// Adds or replaces documents and publishes them.
  void Put(const std::string& index, std::vector<schema::Document> documents);
  void Delete(const std::string& index, const std::string& id);

  config::Config& config() { return config_; }
  App& app() { return *app_; }
  int port() const { return port_; }
  const test::HttpClient& client() const { return *client_; }
  std::string Log() const;

 private:
  testing::TempDir folder_;
  config::Config config_;
  int log_fd_;
  quipu::Log log_;
  std::unique_ptr<App> app_;
  int port_ = 0;
  std::unique_ptr<test::HttpClient> client_;
};

/// A document with an id, a title and a text; everything else may be set afterwards.
schema::Document MakeDocument(std::string id, std::string title, std::string body);

}  // namespace quipu::searchd
