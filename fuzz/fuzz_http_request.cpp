// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as what a client sends. However they are cut into packets, the same requests must be found;
// each gets exactly one well-formed answer; nothing is consumed that was not sent.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/http_conversation.h"

namespace {

namespace http = quipu::http;
using http::Cost;
using http::HeadLimits;
using http::Request;
using http::Responder;
using http::ResponderSetup;
using http::Response;
using quipu::fuzz::Conversation;
using quipu::fuzz::Require;

constexpr HeadLimits kLimits{
    .max_header_bytes = 600, .max_headers = 8, .max_uri_bytes = 120, .max_body_bytes = 200};

Response Echo(const Request& request) {
  Response response;
  response.body = request.path;
  for (const auto& [name, value] : request.query)
    response.headers.emplace_back("X-Query", std::string(name).append("=").append(value));
  for (const std::string& arg : request.path_args) {
    Require(arg.find('\0') == std::string::npos, "a path argument holds NUL");
    Require(!arg.empty(), "a path argument is empty");
    response.headers.emplace_back("X-Arg", arg);
  }
  if (request.body == "empty") response.status = 204;
  return response;
}

ResponderSetup& Setup() {
  const auto render = [](int status, const quipu::Error& error, std::string_view) {
    Response response;
    response.status = status;
    response.body = error.message;
    return response;
  };
  static ResponderSetup setup({{"GET", "/", Cost::kCheap, "", Echo},
                               {"GET", "/a/{x}", Cost::kCheap, "", Echo},
                               {"POST", "/a/{x}/b", Cost::kSearch, "", Echo},
                               {"POST", "/a/b", Cost::kCheap, "", Echo}},
                              render, {});
  return setup;
}

Conversation Talk(std::string_view bytes, std::size_t piece) {
  static Responder responder(Setup());
  return quipu::fuzz::Talk(responder, kLimits, bytes, piece, [](const auto&) {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] % 32 + 1u;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Conversation whole = Talk(bytes, bytes.size() + 1);
  const Conversation pieces = Talk(bytes, piece);
  Require(whole.requests == pieces.requests, "packets change the requests");
  Require(whole.refused == pieces.refused, "packets change whether it is refused");
  return 0;
}
