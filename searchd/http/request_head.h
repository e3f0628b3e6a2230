// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace quipu::http {

/// A request that is not served: the status and the error object that say so.
struct Refusal {
  int status = 400;
  Error error;
};

struct HeadLimits {
  std::size_t max_header_bytes = 16384;  // request line and header lines with their ends
  int max_headers = 100;
  std::size_t max_uri_bytes = 8192;
  std::size_t max_body_bytes = 1 << 20;
};

/// No registered method comes near ("UPDATEREDIRECTREF" has 17).
constexpr std::size_t kMaxMethodBytes = 32;

struct HeaderLine {
  std::string_view name;   // as sent
  std::string_view value;  // without surrounding blanks
};

/// The request line and header lines of one request. Every view points into the parsed text.
struct RequestHead {
  std::string_view method;
  std::string_view target;
  int minor_version = 1;  // of HTTP/1.x
  std::vector<HeaderLine> headers;
  std::size_t content_length = 0;
  bool expects_continue = false;  // the client waits for "100 Continue" before it sends the body
  bool keep_alive = true;         // the client takes more answers on this connection
};

/// Parses `text`, which ends with the empty line and has CRLF line ends only, into `head`. Stricter
/// than RFC 9112 allows: whatever two parsers may read differently (folded lines, two lengths, blanks
/// before a colon, transfer codings, control characters) is refused, so that nothing can be smuggled past
/// a proxy. Returns the refusal, or nothing.
std::optional<Refusal> ParseHead(std::string_view text, const HeadLimits& limits, RequestHead& head);

/// Parses the request line alone, without its end.
std::optional<Refusal> ParseRequestLine(std::string_view line, const HeadLimits& limits, RequestHead& head);

/// The value of the header `name` in `text`, which is a head or a part of one and may be malformed; "" if it
/// is not there whole. For telling browsers why a request was refused that was never parsed.
std::string_view FindHeader(std::string_view text, std::string_view name);

/// Whether `byte` may stand in a method or a header name (RFC 9110's tchar).
bool IsTokenChar(char byte);

/// Whether `a` and `b` are one, letter case of ASCII aside.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

/// `text` without blanks and tabs at its ends, as values of headers are read.
std::string_view TrimBlanks(std::string_view text);

}  // namespace quipu::http
