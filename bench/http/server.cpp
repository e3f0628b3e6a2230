// SPDX-License-Identifier: GPL-2.0-or-later
// Serves one trivial answer of 1.5 KB until it is killed: `http_bench_server ours|stock|tuned`. Prints its
// port.
#include <fcntl.h>
#include <httplib.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <thread>

#include "searchd/http/event_server.h"

namespace {

std::string Body() { return std::string(1536, 'x'); }

int ServeOurs() {
  using quipu::Error;
  namespace http = quipu::http;
  const std::string body = Body();
  const http::Handler answer = [&body](const http::Request&) {
    http::Response response;
    response.body = body;
    return response;
  };
  const auto render = [](int status, const Error&, std::string_view) {
    http::Response response;
    response.status = status;
    return response;
  };
  http::ServerOptions options;
  options.search_threads = static_cast<int>(std::thread::hardware_concurrency());
  options.max_queued = 10000;
  http::EventServer server(
      options,
      {{"GET", "/", http::Cost::kCheap, "", answer}, {"GET", "/search", http::Cost::kSearch, "", answer}},
      render);
  const quipu::Status bound = server.Bind();
  if (!bound.ok()) {
    std::fprintf(stderr, "%s\n", bound.error().message.c_str());
    return 1;
  }
  std::printf("%d\n", server.port());
  std::fflush(stdout);
  server.Run();
  return 0;
}

/// cpp-httplib as its documentation shows it; `tuned` with what can be set: no Nagle, long keep-alive, a
/// backlog.
int ServeStock(bool tuned) {
  httplib::Server server;
  const std::string body = Body();
  server.Get("/", [&body](const httplib::Request&, httplib::Response& response) {
    response.set_content(body, "application/json");
  });
  int listening = -1;
  if (tuned) {
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(1'000'000);
    server.set_socket_options([&listening](socket_t fd) {
      const int on = 1;
      ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      listening = fd;
    });
  }
  const int port = server.bind_to_any_port("127.0.0.1");
  if (tuned) ::listen(listening, 1024);
  std::printf("%d\n", port);
  std::fflush(stdout);
  return server.listen_after_bind() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string which = argc == 2 ? argv[1] : "";
  if (which == "ours") return ServeOurs();
  if (which == "stock" || which == "tuned") return ServeStock(which == "tuned");
  std::fprintf(stderr, "usage: http_bench_server ours|stock|tuned\n");
  return 2;
}
