// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace quipu::http {
namespace {

// HTTP/1.1 in the wire form of ALPN: a client that speaks only HTTP/2 is refused in the handshake.
constexpr std::string_view kProtocols = "\x08http/1.1";

/// The newest reason that OpenSSL has, which is emptied.
std::string TakeReason() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* const reason = ERR_reason_error_string(code);
  return reason == nullptr ? "it cannot be read" : reason;
}

Error CannotUse(const std::filesystem::path& file, std::string_view key) {
  // What OpenSSL says of a file that cannot be opened is about its own library.
  const std::string reason =
      ::access(file.c_str(), R_OK) == 0 ? TakeReason() : std::generic_category().message(errno);
  ERR_clear_error();
  return {Code::kConfig, "`searchd." + std::string(key) + "`: " + file.string() + ": " + reason};
}

int ChooseProtocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* size,
                   const unsigned char* offered, unsigned int offered_size, void* /*unused*/) {
  unsigned char* out = nullptr;
  const auto* ours = reinterpret_cast<const unsigned char*>(kProtocols.data());
  if (SSL_select_next_proto(&out, size, ours, kProtocols.size(), offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = out;
  return SSL_TLSEXT_ERR_OK;
}

/// A key that wants a password is an error: nobody is there to type one.
int NoPassword(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*unused*/) { return 0; }

int Bounded(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

class TlsSession::State {
 public:
  explicit State(SSL* ssl) : ssl_(ssl) {}
  ~State() { SSL_free(ssl_); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  SSL* ssl() const { return ssl_; }

 private:
  SSL* ssl_;
};

struct TlsCertificate::Context {
  Context() : ssl(SSL_CTX_new(TLS_server_method())) {}
  ~Context() { SSL_CTX_free(ssl); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  SSL_CTX* ssl;
};

TlsSession::TlsSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsSession::~TlsSession() = default;

TlsSession::Moved TlsSession::Read(char* to, std::size_t size) {
  if (broken_) return {Outcome::kEnd};
  ERR_clear_error();
  return Judge(SSL_read(state_->ssl(), to, Bounded(size)));
}

TlsSession::Moved TlsSession::Write(const char* from, std::size_t size) {
  if (broken_) return {Outcome::kEnd};
  ERR_clear_error();
  return Judge(SSL_write(state_->ssl(), from, Bounded(size)));
}

TlsSession::Moved TlsSession::Judge(int result) {
  wants_write_ = false;
  if (result > 0) return {Outcome::kMoved, static_cast<std::size_t>(result)};
  switch (SSL_get_error(state_->ssl(), result)) {
    case SSL_ERROR_WANT_WRITE: wants_write_ = true; return {Outcome::kLater};
    case SSL_ERROR_WANT_READ: return {Outcome::kLater};
    // The client sends no more, but may still read.
    case SSL_ERROR_ZERO_RETURN: return {Outcome::kEnd};
    default: break;
  }
  // After a fatal error nothing more may be asked of the session, not even a goodbye.
  broken_ = true;
  ERR_clear_error();
  return {Outcome::kEnd};
}

bool TlsSession::established() const { return SSL_is_init_finished(state_->ssl()) == 1; }

void TlsSession::SayGoodbye() {
  if (broken_ || !established()) return;
  SSL_shutdown(state_->ssl());
  ERR_clear_error();
}

TlsCertificate::TlsCertificate() = default;
TlsCertificate::~TlsCertificate() = default;

Status TlsCertificate::Load(const std::filesystem::path& chain, const std::filesystem::path& key) {
  ERR_clear_error();
  auto fresh = std::make_shared<Context>();
  if (fresh->ssl == nullptr) return Error{Code::kConfig, "TLS cannot be set up: " + TakeReason()};
  SSL_CTX_set_min_proto_version(fresh->ssl, TLS1_2_VERSION);
  SSL_CTX_set_options(fresh->ssl,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  // Ten thousand idle clients: each keeps no buffer of its own.
  SSL_CTX_set_mode(fresh->ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                   SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_alpn_select_cb(fresh->ssl, ChooseProtocol, nullptr);
  SSL_CTX_set_default_passwd_cb(fresh->ssl, NoPassword);
  if (SSL_CTX_use_certificate_chain_file(fresh->ssl, chain.c_str()) != 1)
    return CannotUse(chain, "tls_certificate");
  // This also looks whether it is the key of the certificate.
  if (SSL_CTX_use_PrivateKey_file(fresh->ssl, key.c_str(), SSL_FILETYPE_PEM) != 1)
    return CannotUse(key, "tls_key");
  const std::lock_guard lock(mutex_);
  context_ = std::move(fresh);
  return Done{};
}

std::unique_ptr<TlsSession> TlsCertificate::Begin(int fd) {
  std::shared_ptr<Context> context;
  {
    const std::lock_guard lock(mutex_);
    context = context_;
  }
  // The session holds what it needs of the context.
  SSL* const ssl = context == nullptr ? nullptr : SSL_new(context->ssl);
  if (ssl == nullptr) return nullptr;
  auto state = std::make_unique<TlsSession::State>(ssl);
  if (SSL_set_fd(ssl, fd) != 1) return nullptr;
  SSL_set_accept_state(ssl);
  return std::make_unique<TlsSession>(std::move(state));
}

}  // namespace quipu::http
