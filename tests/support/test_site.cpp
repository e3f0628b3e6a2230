// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/test_site.h"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/support/certificate.h"
#include "tests/support/temp_dir.h"

namespace quipu::testing {
namespace {

std::string LowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

class TestSite::Server {
 public:
  explicit Server(Scheme scheme) : scheme_(scheme) {
    if (scheme == Scheme::kHttps) {
      test::WriteCertificate(certificate(), folder_ / "key.pem");
      server_ = std::make_unique<httplib::SSLServer>(certificate().c_str(), (folder_ / "key.pem").c_str());
    } else {
      server_ = std::make_unique<httplib::Server>();
    }
    server_->new_task_queue = [] { return new httplib::ThreadPool(8); };
    server_->set_keep_alive_max_count(1000);
    server_->Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      Answer(request, response);
    });
    port_ = server_->bind_to_any_port("127.0.0.1");
    if (port_ < 0) throw std::runtime_error("the test site has no port");
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ~Server() { Stop(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void Stop() {
    stopping_ = true;
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }

  template <typename Change>
  void Edit(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(*this);
  }

  int port() const { return port_; }
  Scheme scheme() const { return scheme_; }
  std::filesystem::path certificate() const { return folder_ / "certificate.pem"; }

  std::map<std::string, TestSite::Answer> pages;
  std::function<TestSite::Answer(const std::string&)> otherwise;
  TestSite::Answer always{.status = 0};
  std::vector<Request> requests;

 private:
  TestSite::Answer Choose(const std::string& target) {
    const std::lock_guard lock(mutex_);
    if (always.status != 0) return always;
    if (const auto place = pages.find(target); place != pages.end()) return place->second;
    if (otherwise) return otherwise(target);
    return {.status = 404, .body = "nothing here", .with_etag = false};
  }

  void Answer(const httplib::Request& request, httplib::Response& response) {
    const TestSite::Answer answer = Choose(request.target);
    for (auto left = answer.delay; left.count() > 0 && !stopping_; left -= std::chrono::milliseconds(20))
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    const std::string etag = "\"" + std::to_string(std::hash<std::string>()(answer.body)) + "\"";
    if (answer.with_etag && answer.status == 200) {
      response.set_header("ETag", etag);
      if (request.get_header_value("If-None-Match") == etag) response.status = 304;
    }
    Note(request, response.status);
    if (response.status == 304) return;
    if (answer.endless) {
      response.set_chunked_content_provider(answer.type,
                                            [this, body = answer.body](std::size_t, httplib::DataSink& sink) {
                                              return !stopping_ && sink.write(body.data(), body.size());
                                            });
    } else {
      response.set_content(answer.body, answer.type);
    }
  }

  void Note(const httplib::Request& request, int status) {
    if (request.target == "/robots.txt") return;
    Request note{.target = request.target, .headers = {}, .status = status};
    for (const auto& [name, value] : request.headers) note.headers[LowerCase(name)] = value;
    const std::lock_guard lock(mutex_);
    requests.push_back(std::move(note));
  }

  TempDir folder_;
  Scheme scheme_;
  std::mutex mutex_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<httplib::Server> server_;
  int port_ = -1;
  std::thread thread_;
};

TestSite::TestSite(Scheme scheme) : server_(std::make_unique<Server>(scheme)) {}
TestSite::~TestSite() = default;

void TestSite::Serve(const std::string& target, Answer answer) {
  server_->Edit([&](Server& server) { server.pages[target] = std::move(answer); });
}
void TestSite::Redirect(const std::string& target, const std::string& location, int status) {
  Serve(target, {.status = status, .headers = {{"Location", location}}, .with_etag = false});
}
void TestSite::Remove(const std::string& target) {
  server_->Edit([&](Server& server) { server.pages.erase(target); });
}
void TestSite::Otherwise(std::function<Answer(const std::string& target)> answer) {
  server_->Edit([&](Server& server) { server.otherwise = std::move(answer); });
}
void TestSite::Always(Answer answer) {
  server_->Edit([&](Server& server) { server.always = std::move(answer); });
}
void TestSite::Stop() { server_->Stop(); }

std::string TestSite::Url(std::string_view target) const {
  const std::string scheme = server_->scheme() == Scheme::kHttps ? "https" : "http";
  return scheme + "://127.0.0.1:" + std::to_string(port()) + std::string(target);
}
int TestSite::port() const { return server_->port(); }
std::filesystem::path TestSite::certificate() const { return server_->certificate(); }

std::vector<TestSite::Request> TestSite::TakeRequests() {
  std::vector<Request> taken;
  server_->Edit([&](Server& server) { taken.swap(server.requests); });
  return taken;
}

std::vector<std::string> TestSite::TakeTargets() {
  std::vector<std::string> targets;
  for (const Request& request : TakeRequests())
    targets.push_back(request.target + (request.status == 304 ? " 304" : ""));
  std::sort(targets.begin(), targets.end());
  return targets;
}

std::string HtmlPage(const std::string& title, const std::string& text,
                     const std::vector<std::string>& links) {
  std::string page =
      "<!doctype html><html lang=\"en\"><head><title>" + title + "</title></head><body><p>" + text + "</p>";
  for (const std::string& link : links)
    page.append("<a href=\"").append(link).append("\">").append(link).append("</a> ");
  return page + "</body></html>";
}

}  // namespace quipu::testing
