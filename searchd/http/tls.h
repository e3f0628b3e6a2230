// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>

#include "core/base/result.h"

namespace quipu::http {

/// One client's side of TLS over a non-blocking socket. Used by one thread at a time, as its connection is.
class TlsSession {
 public:
  enum class Outcome {
    kMoved,  // `bytes` of them
    kLater,  // nothing at the moment
    kEnd,    // the client ended it, or what it sent is no TLS
  };
  struct Moved {
    Outcome outcome = Outcome::kLater;
    std::size_t bytes = 0;
  };

  class State;
  explicit TlsSession(std::unique_ptr<State> state);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// Reads at most `size` bytes, the handshake before them if it is not done.
  Moved Read(char* to, std::size_t size);
  Moved Write(const char* from, std::size_t size);
  /// Whether the handshake is done.
  bool established() const;
  /// Whether Read() waits for the socket to take bytes rather than to have some.
  bool wants_write() const { return wants_write_; }
  /// Tells the client that nothing follows; waits for nothing.
  void SayGoodbye();

 private:
  Moved Judge(int result);

  std::unique_ptr<State> state_;
  bool wants_write_ = false;
  bool broken_ = false;
};

/// The certificate that a listener shows. Thread-safe.
class TlsCertificate {
 public:
  TlsCertificate();
  ~TlsCertificate();

  /// Reads the chain and the key (PEM). Sessions that exist keep what they began with. kConfig with the file
  /// and the reason if they cannot be read or do not belong together; then what was loaded before stays.
  Status Load(const std::filesystem::path& chain, const std::filesystem::path& key);
  /// A session over `fd`, which stays the caller's; none without memory. After a Load() that succeeded.
  std::unique_ptr<TlsSession> Begin(int fd);

 private:
  struct Context;
  std::mutex mutex_;
  std::shared_ptr<Context> context_;
};

}  // namespace quipu::http
