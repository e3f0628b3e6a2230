// SPDX-License-Identifier: GPL-2.0-or-later
// What targets share that talk HTTP in memory: bytes of a client in, answers out, and that these are
// well-formed.
#pragma once

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "searchd/http/framing.h"
#include "searchd/http/responder.h"

namespace quipu::fuzz {

inline void Require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

struct Answer {
  std::string_view head;  // with the end of its last line
  std::string_view body;
};

/// The one answer that `bytes` is; checks its form.
inline Answer ReadAnswer(std::string_view bytes, bool to_head) {
  Require(bytes.starts_with("HTTP/1.1 "), "an answer has no status line");
  const std::size_t end = bytes.find("\r\n\r\n");
  Require(end != std::string_view::npos, "an answer's header does not end");
  const std::string_view head = bytes.substr(0, end + 2);
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto byte = static_cast<unsigned char>(head[i]);
    const bool line_end = (byte == '\r' && head[i + 1] == '\n') || (byte == '\n' && head[i - 1] == '\r');
    Require(byte >= 0x20 || byte == '\t' || line_end, "an answer's header holds a control character");
  }
  const std::size_t length = head.find("\r\nContent-Length: ");
  std::size_t body = 0;
  if (length != std::string_view::npos && !to_head) {
    std::from_chars(head.data() + length + 18, head.data() + head.size(), body);
  }
  Require(end + 4 + body <= bytes.size(), "an answer is shorter than it says");
  Require(end + 4 + body >= bytes.size(), "a request got more than one answer");
  return {head, bytes.substr(end + 4)};
}

struct Conversation {
  std::vector<std::string> requests;  // head and body of each
  bool refused = false;
};

/// Sends `bytes` in pieces of `piece` to a server that is `responder`; `on_answer` sees each answer.
inline Conversation Talk(http::Responder& responder, const http::HeadLimits& limits, std::string_view bytes,
                         std::size_t piece, const std::function<void(const Answer&)>& on_answer) {
  Conversation talk;
  http::Framing framing(limits);
  std::string input;
  std::size_t begin = 0;
  std::size_t sent = 0;
  while (!talk.refused) {
    const http::Framing::Step step = framing.Advance(std::string_view(input).substr(begin));
    if (step == http::Framing::Step::kMore) {
      if (sent == bytes.size()) break;
      input.append(bytes.substr(sent, piece));
      sent = input.size();
      continue;
    }
    std::string answer;
    bool head = false;
    if (step == http::Framing::Step::kRefused) {
      talk.refused = true;
      Require(framing.refusal().status >= 400, "a refusal without an error status");
      responder.Refuse(framing.refusal(),
                       {.method = {},
                        .pattern = {},
                        .remote = "192.0.2.1",
                        .origin = http::FindHeader(std::string_view(input).substr(begin), "origin"),
                        .head = false,
                        .minor_version = 1,
                        .last = true},
                       answer);
    } else {
      Require(begin + framing.size() <= input.size(), "more was consumed than was sent");
      Require(framing.size() > 0, "a request of no bytes");
      Require(framing.body().size() == framing.content_length(), "the body has another length");
      head = framing.head().method == "HEAD";
      talk.requests.push_back(std::string(framing.head().method) + " " + std::string(framing.head().target) +
                              "\n" + std::string(framing.body()));
      http::Plan plan = responder.FindRoute(framing.head());
      responder.Complete(framing.head(), "192.0.2.1", plan);
      if (plan.waits()) http::Responder::ReadTyping(plan, framing.body());
      responder.Answer(framing.head(), framing.body(), plan, http::NowNs(), answer);
      begin += framing.size();
      framing.Next();
    }
    on_answer(ReadAnswer(answer, head));
  }
  return talk;
}

}  // namespace quipu::fuzz
