// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::testing {

/// A web site on a free port of 127.0.0.1 that a test fills with pages and changes while it runs. It answers
/// conditional requests as servers do, and remembers what it was asked.
class TestSite {
 public:
  enum class Scheme { kHttp, kHttps };
  explicit TestSite(Scheme scheme = Scheme::kHttp);
  ~TestSite();
  TestSite(const TestSite&) = delete;
  TestSite& operator=(const TestSite&) = delete;

  struct Answer {
    int status = 200;
    std::string body;
    std::string type = "text/html; charset=utf-8";
    std::map<std::string, std::string> headers;
    bool with_etag = true;               // and 304 to whoever knows it
    std::chrono::milliseconds delay{0};  // before the answer
    bool endless = false;                // the body is sent again and again without an end
  };
  struct Request {
    std::string target;
    std::map<std::string, std::string> headers;  // names in lower case
    int status = 0;                              // of the answer
  };

  void Page(const std::string& target, const std::string& body) { Serve(target, {.body = body}); }
  void Serve(const std::string& target, Answer answer);
  void Redirect(const std::string& target, const std::string& location, int status = 301);
  void Remove(const std::string& target);
  /// Answers what no page is served for; not found if it is not set.
  void Otherwise(std::function<Answer(const std::string& target)> answer);
  /// Every request from now on gets this answer, until it is called with status 0.
  void Always(Answer answer);

  /// Refuses connections from now on.
  void Stop();

  /// "http://127.0.0.1:PORT" and the target.
  std::string Url(std::string_view target = "/") const;
  int port() const;
  /// The certificate that a client has to trust; only of an HTTPS site.
  std::filesystem::path certificate() const;

  /// What was asked since the last call, in order, without robots.txt.
  std::vector<Request> TakeRequests();
  /// The targets alone, sorted; with " 304" behind those that were not modified.
  std::vector<std::string> TakeTargets();

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

/// A page with a title, a paragraph and links.
std::string HtmlPage(const std::string& title, const std::string& text,
                     const std::vector<std::string>& links = {});

}  // namespace quipu::testing
