// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "searchd/http/tls.h"
#include "tests/http/running_server.h"
#include "tests/support/certificate.h"
#include "tests/support/temp_dir.h"

namespace quipu::test {
namespace {

/// A folder with a certificate and its key.
struct Identity {
  Identity() { WriteCertificate(chain(), key()); }
  std::filesystem::path chain() const { return folder.path() / "chain.pem"; }
  std::filesystem::path key() const { return folder.path() / "key.pem"; }
  testing::TempDir folder;
};

/// A client that keeps its connection and trusts the certificate of `identity`.
class Trusting {
 public:
  Trusting(const RunningServer& server, const Identity& identity) : client_("127.0.0.1", server.port()) {
    client_.set_ca_cert_path(identity.chain());
    client_.enable_server_certificate_verification(true);
    client_.set_keep_alive(true);
  }
  httplib::Result Get(const std::string& target) { return client_.Get(target); }
  httplib::Result Post(const std::string& target, const std::string& body) {
    return client_.Post(target, body, "text/plain");
  }

 private:
  httplib::SSLClient client_;
};

class Tls : public ::testing::Test {
 protected:
  Tls() {
    const Status loaded = certificate_->Load(identity_.chain(), identity_.key());
    if (!loaded) throw std::runtime_error(loaded.error().message);
  }

  http::ServerOptions Options() const {
    http::ServerOptions options;
    options.certificate = certificate_;
    return options;
  }

  Identity identity_;
  std::shared_ptr<http::TlsCertificate> certificate_ = std::make_shared<http::TlsCertificate>();
};

TEST_F(Tls, AnswersManyRequestsOnOneConnection) {
  RunningServer server(Options());
  Trusting client(server, identity_);
  for (int i = 0; i < 20; ++i) {
    const auto answer = client.Get("/item/" + std::to_string(i));
    ASSERT_TRUE(answer) << to_string(answer.error());
    EXPECT_EQ(answer->status, 200);
  }
  EXPECT_EQ(server.server().Counts().accepted, 1U);
}

TEST_F(Tls, CarriesBodiesOfManyRecordsBothWays) {
  RunningServer server(Options());
  Trusting client(server, identity_);
  const auto big = client.Get("/big");
  ASSERT_TRUE(big);
  EXPECT_EQ(big->body.size(), 8U << 20);
  const std::string sent(1'000'000, 'q');
  const auto echoed = client.Post("/echo", sent);
  ASSERT_TRUE(echoed);
  EXPECT_NE(echoed->body.find(sent), std::string::npos);
}

TEST_F(Tls, ServesSeveralClientsAtOnce) {
  RunningServer server(Options());
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      Trusting client(server, identity_);
      for (int k = 0; k < 25; ++k) {
        const auto answer = client.Get("/item/a");
        if (answer && answer->status == 200) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 200);
}

TEST_F(Tls, EndsWhatIsNoHandshake) {
  RunningServer server(Options());
  RawClient plain = server.Client();
  ASSERT_TRUE(plain.Send(Get("/health")));
  EXPECT_TRUE(plain.IsClosed());
  RawClient nonsense = server.Client();
  ASSERT_TRUE(nonsense.Send(std::string("\x16\x03\x01\xff\xff", 5) + std::string(70000, 'z')));
  EXPECT_TRUE(nonsense.IsClosed());
  EXPECT_TRUE(Eventually([&] { return server.server().Counts().connections == 0; }));
}

TEST_F(Tls, GivesADrippingHandshakeOneDeadline) {
  http::ServerOptions options = Options();
  options.header_timeout_ms = 300;
  options.idle_timeout_ms = 60'000;
  RunningServer server(options);
  RawClient client = server.Client();
  // The header of a long record, then a byte of it now and then.
  ASSERT_TRUE(client.Send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)));
  const auto drip = [&] {
    return !client.Send("a", RawClient::Ms(20)) || client.IsClosed(RawClient::Ms(20));
  };
  EXPECT_TRUE(Eventually(drip));
}

TEST_F(Tls, ShowsANewCertificateToNewConnectionsOnly) {
  RunningServer server(Options());
  Trusting before(server, identity_);
  ASSERT_TRUE(before.Get("/health"));
  const Identity renewed;
  ASSERT_TRUE(certificate_->Load(renewed.chain(), renewed.key()).ok());
  EXPECT_TRUE(before.Get("/health"));  // on the connection that it has
  EXPECT_TRUE(Trusting(server, renewed).Get("/health"));
  EXPECT_FALSE(Trusting(server, identity_).Get("/health"));
}

TEST_F(Tls, KeepsTheCertificateIfTheNewOneCannotBeUsed) {
  RunningServer server(Options());
  const Identity other;
  const auto broken = identity_.folder.path() / "broken.pem";
  std::ofstream(broken) << "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n";
  const auto fault = [&](const auto& chain, const auto& key) {
    const Status loaded = certificate_->Load(chain, key);
    return loaded.ok() ? std::string() : loaded.error().message;
  };
  EXPECT_NE(fault(broken, identity_.key()).find("broken.pem"), std::string::npos);
  EXPECT_NE(fault(identity_.chain(), broken).find("`searchd.tls_key`"), std::string::npos);
  EXPECT_NE(fault(identity_.chain(), other.key()).find("key values mismatch"), std::string::npos);
  EXPECT_NE(fault(identity_.folder.path() / "none.pem", identity_.key()).find("No such file"),
            std::string::npos);
  EXPECT_TRUE(Trusting(server, identity_).Get("/health"));
}

TEST_F(Tls, RefusesWhoIsOverTheLimitWithoutAHandshake) {
  http::ServerOptions options = Options();
  options.max_connections = 1;
  RunningServer server(options);
  Trusting first(server, identity_);
  ASSERT_TRUE(first.Get("/health"));
  RawClient second = server.Client();
  EXPECT_TRUE(second.IsClosed());
  EXPECT_TRUE(first.Get("/health"));
}

TEST_F(Tls, SaysGoodbyeWhenItStops) {
  RunningServer server(Options());
  Trusting client(server, identity_);
  ASSERT_TRUE(client.Get("/health"));
  server.Stop(1000);
  EXPECT_FALSE(client.Get("/health"));
}

}  // namespace
}  // namespace quipu::test
