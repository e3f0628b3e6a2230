// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace quipu {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;

/// A pipe whose other end tells what was logged.
class LogTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::pipe2(ends_.data(), O_CLOEXEC), 0); }
  void TearDown() override {
    ::close(ends_[0]);
    if (ends_[1] >= 0) ::close(ends_[1]);
  }

  std::string Written() {
    ::close(ends_[1]);
    ends_[1] = -1;
    std::string text;
    std::array<char, 4096> block{};
    for (ssize_t got = 0; (got = ::read(ends_[0], block.data(), block.size())) > 0;) {
      text.append(block.data(), static_cast<std::size_t>(got));
    }
    return text;
  }

  std::array<int, 2> ends_{};
};

TEST_F(LogTest, WritesOneJsonObjectALine) {
  Log log(ends_[1]);
  log.Info("started", {{"listen", "127.0.0.1:7700"}, {"threads", 2}});
  EXPECT_THAT(
      Written(),
      MatchesRegex("\\{\"time\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\","
                   "\"level\":\"info\",\"message\":\"started\","
                   "\"listen\":\"127.0.0.1:7700\",\"threads\":2\\}\n"));
}

TEST_F(LogTest, WritesTextForPeople) {
  Log log(ends_[1], LogFormat::kText);
  log.Warn("slow", {{"ms", 12}, {"q", "two words"}});
  EXPECT_THAT(Written(), EndsWith(" warn \"slow\" ms=12 q=\"two words\"\n"));
}

TEST_F(LogTest, LeavesOutWhatIsUnderTheThreshold) {
  Log log(ends_[1], LogFormat::kText, LogLevel::kWarn);
  log.Info("quiet");
  log.Fail("loud");
  EXPECT_THAT(Written(), MatchesRegex("[^ ]+ error \"loud\"\n"));
}

TEST_F(LogTest, KeepsAnEventOnOneLineWhateverItsBytes) {
  Log log(ends_[1]);
  log.Info("m", {{"q", "a\nb\"c\\d\x1b[31m"}});
  EXPECT_THAT(Written(), HasSubstr(R"("q":"a\u000ab\"c\\d\u001b[31m"})"));
}

TEST_F(LogTest, ReplacesBytesThatAreNotUtf8) {
  Log log(ends_[1]);
  log.Info("m", {{"q", "ni\xC3\xB1o \xff \xE2\x82 \xED\xA0\x80"}});
  EXPECT_THAT(Written(), HasSubstr("\"q\":\"ni\xC3\xB1o \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD "
                                   "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""));
}

TEST_F(LogTest, KeepsNumbersAsTheyAre) {
  Log log(ends_[1]);
  log.Info("m", {{"least", std::numeric_limits<std::int64_t>::min()}});
  EXPECT_THAT(Written(), HasSubstr("\"least\":-9223372036854775808}"));
}

TEST_F(LogTest, SurvivesADescriptorThatIsClosed) {
  Log log(-1);
  log.Info("nobody hears this");
  EXPECT_EQ(Written(), "");
}

TEST_F(LogTest, LinesOfSeveralThreadsDoNotMix) {
  constexpr int kLines = 50;
  {
    Log log(ends_[1], LogFormat::kText);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&log] {
        for (int i = 0; i < kLines; ++i) log.Info("same");
      });
    }
  }
  const std::string text = Written();
  std::size_t whole = 0;
  for (std::size_t at = 0; at < text.size(); ++whole) {
    const std::size_t end = text.find('\n', at);
    ASSERT_THAT(text.substr(at, end - at), EndsWith("Z info \"same\""));
    at = end + 1;
  }
  EXPECT_EQ(whole, 4U * kLines);
}

}  // namespace
}  // namespace quipu
