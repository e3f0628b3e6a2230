// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/http/running_server.h"

#include <stdexcept>

namespace quipu::test {

http::Response Text(std::string body, int status) {
  http::Response response;
  response.status = status;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

std::string Describe(const http::Request& request) {
  std::string text = request.method + " " + request.path;
  for (const std::string& arg : request.path_args) text.append(" [").append(arg).append("]");
  for (const auto& [name, value] : request.query) text.append(" ").append(name).append("=").append(value);
  if (!request.body.empty()) text.append(" body:").append(request.body);
  return text;
}

std::vector<http::Route> TestRoutes(Gate& gate) {
  const auto echo = [](const http::Request& request) { return Text(Describe(request)); };
  const auto search = [&gate](const http::Request& request) {
    gate.Wait();
    return Text(Describe(request));
  };
  using http::Cost;
  return {
      {"GET", "/health", Cost::kCheap, "", [](const http::Request&) { return Text("ok"); }},
      {"GET", "/echo", Cost::kCheap, "", echo},
      {"POST", "/echo", Cost::kCheap, "", echo},
      {"GET", "/item/{id}", Cost::kCheap, "", echo},
      {"GET", "/item/{id}/part/{part}", Cost::kCheap, "", echo},
      {"GET", "/item/fixed", Cost::kCheap, "", [](const http::Request&) { return Text("literal"); }},
      {"GET", "/header/{name}", Cost::kCheap, "",
       [](const http::Request& request) { return Text(std::string(request.Header(request.path_args[0]))); }},
      {"GET", "/remote", Cost::kCheap, "",
       [](const http::Request& request) { return Text(request.remote_address); }},
      {"GET", "/big", Cost::kCheap, "", [](const http::Request&) { return Text(std::string(8 << 20, 'x')); }},
      {"GET", "/nothing", Cost::kCheap, "", [](const http::Request&) { return Text("", 204); }},
      {"GET", "/same", Cost::kCheap, "", [](const http::Request&) { return Text("ignored", 304); }},
      {"GET", "/split", Cost::kCheap, "",
       [](const http::Request&) {
         http::Response response = Text("ok");
         response.headers.emplace_back("X-Copied", "a\r\nX-Injected: 1");
         return response;
       }},
      {"GET", "/throw", Cost::kCheap, "",
       [](const http::Request&) -> http::Response { throw std::runtime_error("secret /etc/path"); }},
      {"GET", "/search", Cost::kSearch, "", search},
      {"POST", "/search", Cost::kSearch, "", search},
  };
}

RunningServer::RunningServer(http::ServerOptions options, std::vector<http::Route> more) {
  std::vector<http::Route> routes = TestRoutes(gate_);
  routes.insert(routes.end(), more.begin(), more.end());
  server_ = std::make_unique<http::EventServer>(std::move(options), std::move(routes), PlainError);
  const Status bound = server_->Bind();
  if (!bound.ok()) throw std::runtime_error(bound.error().message);
  thread_ = std::thread([this] { server_->Run(); });
}

void RunningServer::Stop(std::int64_t grace_ms) {
  if (!thread_.joinable()) return;
  if (grace_ms == 0) gate_.Open();
  server_->Stop(grace_ms);
  thread_.join();
}

}  // namespace quipu::test
