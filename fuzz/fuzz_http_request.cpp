// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as what a client sends. However they are cut into packets, the same requests must be found;
// each gets exactly one well-formed answer; nothing is consumed that was not sent.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "searchd/http/framing.h"
#include "searchd/http/responder.h"

namespace {

namespace http = quipu::http;
using http::Cost;
using http::Framing;
using http::HeadLimits;
using http::Request;
using http::Responder;
using http::ResponderSetup;
using http::Response;

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

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

struct Conversation {
  std::vector<std::string> requests;  // head and body of each
  std::string answers;
  bool refused = false;
};

/// One answer at the front of `answers`, taken off; checks its form.
void TakeAnswer(std::string_view& answers, bool head) {
  Require(answers.starts_with("HTTP/1.1 "), "an answer has no status line");
  const std::size_t end = answers.find("\r\n\r\n");
  Require(end != std::string_view::npos, "an answer's header does not end");
  const std::string_view header = answers.substr(0, end + 2);
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto byte = static_cast<unsigned char>(header[i]);
    const bool line_end = (byte == '\r' && header[i + 1] == '\n') || (byte == '\n' && header[i - 1] == '\r');
    Require(byte >= 0x20 || byte == '\t' || line_end, "an answer's header holds a control character");
  }
  const std::size_t length = header.find("\r\nContent-Length: ");
  std::size_t body = 0;
  if (length != std::string_view::npos && !head) {
    std::from_chars(header.data() + length + 18, header.data() + header.size(), body);
  }
  Require(end + 4 + body <= answers.size(), "an answer is shorter than it says");
  answers.remove_prefix(end + 4 + body);
}

Conversation Talk(std::string_view bytes, std::size_t piece) {
  static Responder responder(Setup());
  Conversation talk;
  Framing framing(kLimits);
  std::string input;
  std::size_t begin = 0;
  std::size_t sent = 0;
  while (!talk.refused) {
    const Framing::Step step = framing.Advance(std::string_view(input).substr(begin));
    if (step == Framing::Step::kMore) {
      if (sent == bytes.size()) break;
      input.append(bytes.substr(sent, piece));
      sent = input.size();
      continue;
    }
    const std::size_t before = talk.answers.size();
    bool head = false;
    if (step == Framing::Step::kRefused) {
      talk.refused = true;
      Require(framing.refusal().status >= 400, "a refusal without an error status");
      responder.Refuse(framing.refusal(),
                       {.method = {},
                        .pattern = {},
                        .remote = "fuzz",
                        .origin = http::FindHeader(std::string_view(input).substr(begin), "origin"),
                        .head = false,
                        .minor_version = 1,
                        .last = true},
                       talk.answers);
    } else {
      Require(begin + framing.size() <= input.size(), "more was consumed than was sent");
      Require(framing.size() > 0, "a request of no bytes");
      Require(framing.body().size() == framing.content_length(), "the body has another length");
      head = framing.head().method == "HEAD";
      talk.requests.push_back(std::string(framing.head().method) + " " + std::string(framing.head().target) +
                              "\n" + std::string(framing.body()));
      http::Plan plan = responder.FindRoute(framing.head());
      responder.Complete(framing.head(), "fuzz", plan);
      responder.Answer(framing.head(), framing.body(), plan, http::NowNs(), talk.answers);
      begin += framing.size();
      framing.Next();
    }
    std::string_view answer = std::string_view(talk.answers).substr(before);
    TakeAnswer(answer, head);
    Require(answer.empty(), "a request got more than one answer");
  }
  return talk;
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
