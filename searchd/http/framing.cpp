// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/framing.h"

#include <string>

namespace quipu::http {
namespace {

// RFC 9112 2.2: a server should ignore an empty line before a request. Two of them; more is no mistake.
constexpr std::size_t kMaxBlankBytes = 4;
// What a request line has besides its target: the method, two blanks, the version, the end.
constexpr std::size_t kLineExtraBytes = kMaxMethodBytes + 2 + 8 + 2;

}  // namespace

Framing::Step Framing::Advance(std::string_view input) {
  if (head_bytes_ == 0) {
    if (auto refused = FindHeadEnd(input)) return *refused;
    if (head_bytes_ == 0) return CheckUnfinished(input).value_or(Step::kMore);
  }
  if (parsed_at_ != input.data()) {
    if (auto refused = Parse(input)) return *refused;
  }
  if (input.size() < size()) return Step::kMore;
  body_ = input.substr(request_begin_ + head_bytes_, head_.content_length);
  return Step::kComplete;
}

bool Framing::TakeExpectation() {
  if (!has_head() || !head_.expects_continue || answered_expectation_) return false;
  return answered_expectation_ = true;
}

void Framing::Next() {
  body_ = {};
  parsed_at_ = nullptr;
  request_begin_ = line_begin_ = scanned_ = head_bytes_ = 0;
  lines_ = 0;
  answered_expectation_ = checked_request_line_ = false;
}

Framing::Step Framing::Refuse(int status, Code code, std::string_view message) {
  return Refuse(Refusal{status, Error{code, std::string(message)}});
}

Framing::Step Framing::Refuse(Refusal refusal) {
  refusal_ = std::move(refusal);
  return Step::kRefused;
}

std::optional<Framing::Step> Framing::FindHeadEnd(std::string_view input) {
  for (;;) {
    const std::size_t newline = input.find('\n', scanned_);
    if (newline == std::string_view::npos) {
      scanned_ = input.size();
      return std::nullopt;
    }
    // A bare LF ends a line for some parsers and not for others, which is how requests are smuggled.
    if (newline == line_begin_ || input[newline - 1] != '\r')
      return Refuse(400, Code::kBadRequest, "Lines must end with CRLF.");
    const bool empty = newline - 1 == line_begin_;
    scanned_ = line_begin_ = newline + 1;
    if (empty && lines_ == 0) {
      request_begin_ = newline + 1;
      if (request_begin_ > kMaxBlankBytes) return Refuse(400, Code::kBadRequest, "There is no request line.");
      continue;
    }
    if (empty) {
      const std::size_t bytes = newline + 1 - request_begin_;
      if (bytes > limits_.max_header_bytes) return CheckUnfinished(input);
      head_bytes_ = bytes;
      return std::nullopt;
    }
    if (++lines_ > limits_.max_headers + 1)
      return Refuse(431, Code::kHeadersTooLarge, "There are too many header lines.");
  }
}

std::optional<Framing::Step> Framing::CheckUnfinished(std::string_view input) {
  const std::size_t bytes = input.size() - request_begin_;
  if (bytes == 0) return std::nullopt;
  // Another protocol (TLS, say) shows by its first byte; do not let it wait for the deadline.
  const char first = input[request_begin_];
  if (!IsTokenChar(first) && first != '\r')
    return Refuse(400, Code::kBadRequest, "This is not an HTTP request.");
  if (lines_ == 0 && bytes > limits_.max_uri_bytes + kLineExtraBytes)
    return Refuse(414, Code::kUriTooLong, "The URI is too long.");
  if (bytes > limits_.max_header_bytes)
    return Refuse(431, Code::kHeadersTooLarge, "The header is too large.");
  if (lines_ > 0 && !checked_request_line_) {
    checked_request_line_ = true;
    const std::string_view line =
        input.substr(request_begin_, input.find("\r\n", request_begin_) - request_begin_);
    if (auto refusal = ParseRequestLine(line, limits_, head_)) return Refuse(std::move(*refusal));
  }
  return std::nullopt;
}

std::optional<Framing::Step> Framing::Parse(std::string_view input) {
  if (auto refusal = ParseHead(input.substr(request_begin_, head_bytes_), limits_, head_))
    return Refuse(std::move(*refusal));
  parsed_at_ = input.data();
  return std::nullopt;
}

}  // namespace quipu::http
