// SPDX-License-Identifier: GPL-2.0-or-later
// quipu-searchd with a certificate.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>

#include "tests/e2e/archive.h"
#include "tests/e2e/running_searchd.h"
#include "tests/support/certificate.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;

class Https : public ::testing::Test {
 protected:
  Https() {
    test::WriteCertificate(chain(), key());
    const auto toml = archive_.root() / "quipu.toml";
    WriteFile(
        toml,
        ReadFile(toml) +
            "[searchd]\nlisten = \"127.0.0.1:0\"\ntls_certificate = \"chain.pem\"\ntls_key = \"key.pem\"\n");
    archive_.Write("a.txt", "llamas on the road");
    archive_.Run();
  }
  std::filesystem::path chain() const { return archive_.root() / "chain.pem"; }
  std::filesystem::path key() const { return archive_.root() / "key.pem"; }

  httplib::Result Get(int port, const std::string& target, const std::filesystem::path& trusted) const {
    httplib::SSLClient client("127.0.0.1", port);
    client.set_ca_cert_path(trusted);
    client.enable_server_certificate_verification(true);
    return client.Get(target);
  }

  Archive archive_;
};

TEST_F(Https, SearchesAndNamesItselfByHttps) {
  RunningSearchd searchd(archive_.root());
  const auto found = Get(searchd.port(), "/indexes/archive/search?q=llamas", chain());
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->status, 200);
  const auto description = Get(searchd.port(), "/opensearch.xml?index=archive", chain());
  ASSERT_TRUE(description);
  EXPECT_THAT(description->body, HasSubstr("https://127.0.0.1:"));
  EXPECT_TRUE(searchd.Logs("https://127.0.0.1:"));
}

TEST_F(Https, TakesUpARenewedCertificateAndKeepsTheOldIfItIsBroken) {
  RunningSearchd searchd(archive_.root());
  ASSERT_TRUE(Get(searchd.port(), "/health", chain()));
  const auto old = archive_.root() / "old.pem";
  std::filesystem::copy_file(chain(), old);

  WriteFile(chain(), "not a certificate");
  searchd.program().Signal(SIGHUP);
  EXPECT_TRUE(searchd.Logs("configuration kept as it was"));
  EXPECT_TRUE(Get(searchd.port(), "/health", old));

  test::WriteCertificate(chain(), key());
  searchd.program().Signal(SIGHUP);
  EXPECT_TRUE(searchd.Logs("certificate reread"));
  EXPECT_TRUE(Get(searchd.port(), "/health", chain()));
  EXPECT_FALSE(Get(searchd.port(), "/health", old));
}

TEST_F(Https, WithAKeyOfAnotherCertificateItDoesNotStart) {
  test::WriteCertificate(archive_.root() / "other.pem", key());
  ProgramOptions options;
  options.folder = archive_.root();
  const ProgramResult result = RunProgram({QUIPU_SEARCHD, "serve"}, options);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("`searchd.tls_key`"));
  EXPECT_EQ(RunProgram({QUIPU_SEARCHD, "check"}, options).exit_code, 2);
}

}  // namespace
}  // namespace quipu::testing
