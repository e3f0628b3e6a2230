// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/searchd/served_app.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

#include "core/index/index_job.h"
#include "tests/support/file_tree.h"

namespace quipu::searchd {
namespace {

int OpenLog(const std::filesystem::path& file) {
  return ::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

std::unique_ptr<index::IndexJob> Begin(const std::filesystem::path& root) {
  index::JobOptions options;
  options.threads = 1;
  auto job = index::IndexJob::Begin(root, options);
  if (!job) throw std::runtime_error(job.error().message);
  return std::move(job).value();
}

}  // namespace

ServedApp::ServedApp(const std::vector<std::string>& names)
    : log_fd_(OpenLog(folder_ / "log")), log_(log_fd_) {
  config_.data_dir = folder_.path();
  config_.searchd.listen = "127.0.0.1:0";
  config_.searchd.shutdown_grace_ms = 2000;
  for (const std::string& name : names) {
    config_.indexes[name].name = name;
    config_.indexes[name].title = "The " + name;
  }
}

ServedApp::~ServedApp() {
  if (app_) app_->Stop();
  ::close(log_fd_);
}

void ServedApp::Start() {
  app_ = std::make_unique<App>(config_, log_);
  const Status started = app_->Start([] {});
  if (!started) throw std::runtime_error(started.error().message);
  const std::string address = app_->Address();
  port_ = std::stoi(address.substr(address.rfind(':') + 1));
  client_ = std::make_unique<test::HttpClient>(port_);
}

void ServedApp::Put(const std::string& index, std::vector<schema::Document> documents) {
  const auto job = Begin(folder_ / index);
  for (schema::Document& document : documents) {
    index::ManifestEntry entry;
    entry.id = document.id;
    entry.state = "indexed";
    job->Put(std::move(document), entry);
  }
  job->Publish();
}

void ServedApp::Delete(const std::string& index, const std::string& id) {
  const auto job = Begin(folder_ / index);
  job->Delete(id);
  job->Publish();
}

std::string ServedApp::Log() const { return testing::ReadFile(folder_ / "log"); }

schema::Document MakeDocument(std::string id, std::string title, std::string body) {
  schema::Document document;
  document.id = std::move(id);
  document.title = std::move(title);
  document.body = std::move(body);
  document.language = "es";
  document.type = "text";
  document.url = "https://example.org/" + document.id;
  return document;
}

}  // namespace quipu::searchd
