// SPDX-License-Identifier: GPL-2.0-or-later
// The program quipu-searchd with keys, from outside: `key new` and `key revoke`, SIGHUP, files with faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/archive.h"
#include "tests/e2e/running_searchd.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;

class KeysServed : public ::testing::Test {
 protected:
  KeysServed() {
    const auto toml = archive_.root() / "quipu.toml";
    WriteFile(toml, ReadFile(toml) + "[searchd]\nlisten = \"0.0.0.0:0\"\nkeys_file = \"keys.toml\"\n");
    archive_.Write("a.txt", "llamas on the road");
    options_.folder = archive_.root();
    EXPECT_EQ(RunProgram(Archive::Words({"run", "--progress", "none"}), options_).exit_code, 0);
  }

  ProgramResult Run(std::vector<std::string> words) const {
    words.insert(words.begin(), QUIPU_SEARCHD);
    return RunProgram(words, options_);
  }
  std::string NewKey() const {
    const ProgramResult made = Run({"key", "new", "--index", "archive", "--name", "test"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return made.out.substr(0, made.out.find('\n'));
  }
  void Start() {
    searchd_.emplace(options_);
    ASSERT_NE(searchd_->port(), 0) << searchd_->log();
    client_.emplace(searchd_->port());
  }
  int StatusWith(const std::string& key) const {
    return client_->Get("/indexes/archive/search?q=llamas", {{"Authorization", "Bearer " + key}}).status;
  }

  Archive archive_;
  ProgramOptions options_;
  std::optional<RunningSearchd> searchd_;
  std::optional<test::HttpClient> client_;
};

TEST_F(KeysServed, TheNetworkIsServedToWhoHasAKey) {
  const std::string key = NewKey();
  Start();
  EXPECT_EQ(StatusWith(key), 200);
  EXPECT_EQ(StatusWith(key + "0"), 403);
  EXPECT_EQ(client_->Get("/indexes").status, 401);
  EXPECT_EQ(client_->Get("/health").status, 200);
}

TEST_F(KeysServed, KeysComeAndGoAtSighup) {
  const std::string first = NewKey();
  Start();
  const std::string second = NewKey();
  EXPECT_EQ(StatusWith(second), 403);
  searchd_->program().Signal(SIGHUP);
  EXPECT_TRUE(searchd_->Logs("added"));
  EXPECT_EQ(StatusWith(second), 200);
  const std::string list = Run({"key", "list"}).out;
  EXPECT_EQ(Run({"key", "revoke", list.substr(0, list.find(' '))}).exit_code, 0);
  searchd_->program().Signal(SIGHUP);
  EXPECT_TRUE(searchd_->Logs("removed"));
  EXPECT_EQ(StatusWith(first), 403);
  EXPECT_EQ(StatusWith(second), 200);
}

TEST_F(KeysServed, AFileWithAFaultKeepsTheKeysInForceAndIsToldWithItsPlace) {
  const std::string key = NewKey();
  Start();
  const auto file = archive_.root() / "keys.toml";
  const std::string right = ReadFile(file);
  WriteFile(file, right + "origins = [\"example.org\"]\n");
  searchd_->program().Signal(SIGHUP);
  EXPECT_TRUE(searchd_->Logs("keys.toml:6:12: `origins` is a list of sites")) << searchd_->log();
  EXPECT_EQ(StatusWith(key), 200);
  const ProgramResult checked = Run({"check"});
  EXPECT_EQ(checked.exit_code, 2);
  EXPECT_THAT(checked.out, HasSubstr("keys.toml:6:12:"));
  EXPECT_EQ(Run({"key", "new", "--index", "archive"}).exit_code, 2) << "faults are repaired first";
  EXPECT_EQ(Run({"serve"}).exit_code, 2) << "nor does it start with one";
}

TEST_F(KeysServed, WithoutAFileOfKeysTheNetworkIsNotServed) {
  const ProgramResult absent = Run({"serve"});
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_THAT(absent.err, HasSubstr("keys.toml"));
  const auto toml = archive_.root() / "quipu.toml";
  std::string text = ReadFile(toml);
  WriteFile(toml, text.replace(text.find("keys_file"), std::string::npos, ""));
  EXPECT_THAT(Run({"serve"}).err, HasSubstr("open_access"));
}

}  // namespace
}  // namespace quipu::testing
