// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "searchd/http/request_head.h"

namespace quipu::http {

/// Finds one request after another in what a client sent, however it was cut into packets. Knows no
/// socket and copies nothing; each byte is looked at once while a head is incomplete.
class Framing {
 public:
  enum class Step {
    kMore,      // the request is not complete
    kComplete,  // head() and body() are valid
    kRefused,   // refusal() says why; where the next request would begin cannot be known
  };

  explicit Framing(const HeadLimits& limits) : limits_(limits) {}

  /// `input` are all the bytes from the request's first on; between calls it only grows (it may move).
  Step Advance(std::string_view input);

  /// Valid after kComplete, as long as `input` stays.
  const RequestHead& head() const { return head_; }
  std::string_view body() const { return body_; }
  /// The bytes of the complete request, blank lines before it included.
  std::size_t size() const { return request_begin_ + head_bytes_ + head_.content_length; }

  /// Whether the head is complete, so that only the body is awaited.
  bool has_head() const { return head_bytes_ > 0; }
  /// How many bytes the body has; 0 while the head is incomplete.
  std::size_t content_length() const { return has_head() ? head_.content_length : 0; }
  /// Whether the client waits for "100 Continue"; true once per request.
  bool TakeExpectation();

  const Refusal& refusal() const { return refusal_; }

  /// Forgets the complete request; the next Advance() gets the bytes after it.
  void Next();

 private:
  Step Refuse(int status, Code code, std::string_view message);
  Step Refuse(Refusal refusal);
  std::optional<Step> FindHeadEnd(std::string_view input);
  std::optional<Step> CheckUnfinished(std::string_view input);
  std::optional<Step> Parse(std::string_view input);

  HeadLimits limits_;
  RequestHead head_;
  std::string_view body_;
  Refusal refusal_;
  const char* parsed_at_ = nullptr;  // where the parsed head lay: its views die when the bytes move
  std::size_t request_begin_ = 0;    // after blank lines that precede a request
  std::size_t line_begin_ = 0;
  std::size_t scanned_ = 0;
  std::size_t head_bytes_ = 0;
  int lines_ = 0;
  bool checked_request_line_ = false;
  bool answered_expectation_ = false;
};

}  // namespace quipu::http
