// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace quipu::test {

struct RawAnswer {
  int status = 0;  // 0: no whole answer came
  std::string version;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string Header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

/// A TCP or unix-socket client that sends exactly the bytes it is told and reads answers one by one.
class RawClient {
 public:
  using Ms = std::chrono::milliseconds;

  /// Connects to "127.0.0.1", "::1" or, with port 0, the unix socket at `host`. ok() tells.
  /// `receive_buffer` bytes bound what the kernel takes for a client that does not read.
  explicit RawClient(int port, const std::string& host = "127.0.0.1", int receive_buffer = 0);
  ~RawClient() { Close(); }
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  bool ok() const { return fd_ >= 0; }
  int fd() const { return fd_; }

  /// Sends all of it; false once the server has closed or does not take it for `patience`.
  bool Send(std::string_view bytes, Ms patience = Ms(3000));
  /// The next answer. `head` tells that the request was HEAD, whose answer has no body.
  RawAnswer Read(bool head = false, Ms patience = Ms(3000));
  /// Sends and reads.
  RawAnswer Ask(std::string_view bytes, Ms patience = Ms(3000));
  /// Whether the server ends the connection within `patience`; what it still sends is dropped.
  bool IsClosed(Ms patience = Ms(3000));
  /// Whatever comes until the server closes or `patience` is over.
  std::string ReadAll(Ms patience = Ms(3000));
  /// Reads at most `bytes`; "" on the end or after `patience`.
  std::string ReadSome(std::size_t bytes, Ms patience = Ms(3000));

  void EndSending();  // half-close
  void Reset();       // close with RST
  void Close();

 private:
  bool Fill(std::chrono::steady_clock::time_point until);

  int fd_ = -1;
  std::string buffer_;
};

/// A GET of `target` with a Host line and `extra` header lines (each with its CRLF).
std::string Get(std::string_view target, std::string_view extra = "");
std::string Post(std::string_view target, std::string_view body, std::string_view extra = "");

}  // namespace quipu::test
