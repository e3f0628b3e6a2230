// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "searchd/commands.h"
#include "tests/support/temp_dir.h"

namespace quipu::searchd {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CheckCommandTest : public ::testing::Test {
 protected:
  CheckCommandTest() {
    config_.file = folder_ / "quipu.toml";
    config_.data_dir = folder_ / "var";
    config_.indexes["a"].name = "a";
    config_.indexes["a"].synonyms_file = folder_ / "synonyms.txt";
    config_.indexes["a"].pins_file = folder_ / "pins.toml";
    Write("synonyms.txt", "a, b\n");
    Write("pins.toml", "");
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

  quipu::testing::TempDir folder_;
  config::Config config_;
};

TEST_F(CheckCommandTest, FilesOfRulesAreRight) {
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Check(config_), 0);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr("the configuration is right"));
}

TEST_F(CheckCommandTest, TheirFaultsAreToldWithTheLine) {
  Write("synonyms.txt", "a, b\nlonely\n");
  Write("pins.toml", "[[pin]]\nquery = \"x\"\n");
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Check(config_), 2);
  const std::string told = ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(told, HasSubstr("synonyms.txt:2:1: a group needs two words"));
  EXPECT_THAT(told, HasSubstr("pins.toml:1:1: this `[[pin]]` has no `ids`"));
  EXPECT_THAT(told, Not(HasSubstr("is right")));
}

}  // namespace
}  // namespace quipu::searchd
