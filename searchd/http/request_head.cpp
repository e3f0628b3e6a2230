// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/request_head.h"

#include <algorithm>
#include <string>

namespace quipu::http {
namespace {

Refusal BadRequest(std::string message) { return {400, {Code::kBadRequest, std::move(message)}}; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// Takes the next line, without its CRLF, off `text`.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find("\r\n");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  return line;
}

/// Whether the comma-separated `list` holds `token`.
bool ListHolds(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (EqualsIgnoringCase(TrimBlanks(list.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<Refusal> ParseHeaderLine(std::string_view line, RequestHead& head) {
  if (line.front() == ' ' || line.front() == '\t') return BadRequest("A header line is folded.");
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return BadRequest("A header line has no colon.");
  const std::string_view name = line.substr(0, colon);
  if (!IsToken(name)) return BadRequest("A header name is malformed.");
  const std::string_view value = TrimBlanks(line.substr(colon + 1));
  const auto spoils = [](char c) { return c != '\t' && IsControl(c); };
  if (std::any_of(value.begin(), value.end(), spoils))
    return BadRequest("A header value holds a control character.");
  head.headers.push_back({name, value});
  return std::nullopt;
}

bool IsHostValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'z') ||
           std::string_view("-._~[]:%!$&'()*+,;=").find(c) != std::string_view::npos;
  });
}

std::optional<Refusal> ReadHost(const RequestHead& head) {
  int hosts = 0;
  for (const HeaderLine& header : head.headers) {
    if (!EqualsIgnoringCase(header.name, "host")) continue;
    ++hosts;
    if (!IsHostValue(header.value)) return BadRequest("The Host header is malformed.");
  }
  if (hosts > 1) return BadRequest("There are several Host headers.");
  if (hosts == 0 && head.minor_version > 0) return BadRequest("The Host header is missing.");
  return std::nullopt;
}

/// How long the body is, or why that cannot be told. The only framing served is one Content-Length.
std::optional<Refusal> ReadLength(const HeadLimits& limits, RequestHead& head) {
  const std::string_view* length = nullptr;
  bool transfer_coded = false;
  for (const HeaderLine& header : head.headers) {
    if (EqualsIgnoringCase(header.name, "transfer-encoding")) transfer_coded = true;
    if (!EqualsIgnoringCase(header.name, "content-length")) continue;
    if (length != nullptr) return BadRequest("There are several Content-Length headers.");
    length = &header.value;
  }
  if (transfer_coded && length != nullptr)
    return BadRequest("Content-Length and Transfer-Encoding exclude each other.");
  if (transfer_coded)
    return Refusal{411, {Code::kLengthRequired, "Send the body with a Content-Length, not in chunks."}};
  if (length == nullptr) {
    const bool has_body = head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
    if (has_body) return Refusal{411, {Code::kLengthRequired, "Send the body with a Content-Length."}};
    return std::nullopt;
  }
  if (length->empty() || !std::all_of(length->begin(), length->end(), IsDigit)) {
    return BadRequest("The Content-Length is not a number.");
  }
  for (const char digit : *length) {
    head.content_length = head.content_length * 10 + static_cast<std::size_t>(digit - '0');
    if (head.content_length > limits.max_body_bytes) {
      return Refusal{413,
                     {Code::kPayloadTooLarge,
                      "The body is larger than " + std::to_string(limits.max_body_bytes) + " bytes."}};
    }
  }
  return std::nullopt;
}

std::optional<Refusal> ReadConnection(RequestHead& head) {
  bool close = false;
  bool keep = head.minor_version > 0;
  for (const HeaderLine& header : head.headers) {
    if (EqualsIgnoringCase(header.name, "connection")) {
      close = close || ListHolds(header.value, "close");
      keep = keep || ListHolds(header.value, "keep-alive");
    } else if (EqualsIgnoringCase(header.name, "content-encoding")) {
      if (EqualsIgnoringCase(header.value, "identity")) continue;
      return Refusal{415, {Code::kInvalidContentType, "Compressed request bodies are not accepted."}};
    } else if (EqualsIgnoringCase(header.name, "expect")) {
      if (!EqualsIgnoringCase(header.value, "100-continue")) {
        return Refusal{417, {Code::kBadRequest, "The only expectation served is 100-continue."}};
      }
      head.expects_continue = head.minor_version > 0;
    }
  }
  head.keep_alive = keep && !close;
  return std::nullopt;
}

}  // namespace

std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool IsTokenChar(char byte) {
  return IsDigit(byte) || (Lower(byte) >= 'a' && Lower(byte) <= 'z') ||
         (byte != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos);
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return Lower(x) == Lower(y); });
}

std::optional<Refusal> ParseRequestLine(std::string_view line, const HeadLimits& limits, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return BadRequest("The request line must be `METHOD target HTTP/1.1`.");
  }
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (head.target.size() > limits.max_uri_bytes)
    return Refusal{414, {Code::kUriTooLong, "The URI is too long."}};
  if (head.method.size() > kMaxMethodBytes || !IsToken(head.method))
    return BadRequest("The request method is malformed.");
  const auto spoils = [](char c) { return c == ' ' || c == '#' || IsControl(c); };
  if (head.target.empty() || std::any_of(head.target.begin(), head.target.end(), spoils)) {
    return BadRequest("The request target is malformed.");
  }
  const bool is_version = version.size() == 8 && version.starts_with("HTTP/") && IsDigit(version[5]) &&
                          version[6] == '.' && IsDigit(version[7]);
  if (!is_version) return BadRequest("The HTTP version is malformed.");
  if (version[5] != '1') return Refusal{505, {Code::kBadRequest, "This server speaks HTTP/1.1."}};
  head.minor_version = version[7] == '0' ? 0 : 1;
  return std::nullopt;
}

std::optional<Refusal> ParseHead(std::string_view text, const HeadLimits& limits, RequestHead& head) {
  head = RequestHead{.headers = std::move(head.headers)};  // keep the vector's room
  head.headers.clear();
  if (auto refusal = ParseRequestLine(TakeLine(text), limits, head)) return refusal;
  for (std::string_view line = TakeLine(text); !line.empty(); line = TakeLine(text)) {
    if (head.headers.size() == static_cast<std::size_t>(limits.max_headers)) {
      return Refusal{431,
                     {Code::kHeadersTooLarge,
                      "There are more than " + std::to_string(limits.max_headers) + " header lines."}};
    }
    if (auto refusal = ParseHeaderLine(line, head)) return refusal;
  }
  if (auto refusal = ReadHost(head)) return refusal;
  if (auto refusal = ReadLength(limits, head)) return refusal;
  return ReadConnection(head);
}

std::string_view FindHeader(std::string_view text, std::string_view name) {
  std::size_t begin = text.find('\n');
  while (begin != std::string_view::npos) {
    const std::size_t end = text.find('\n', ++begin);
    if (end == std::string_view::npos) return {};
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return {};
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && EqualsIgnoringCase(line.substr(0, colon), name)) {
      line.remove_prefix(colon + 1);
      while (line.starts_with(' ') || line.starts_with('\t')) line.remove_prefix(1);
      while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
      return line;
    }
    begin = end;
  }
  return {};
}

}  // namespace quipu::http
