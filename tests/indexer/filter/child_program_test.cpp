// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/filter/child_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "indexer/filter/private_folder.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::filter {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

class ChildProgram : public ::testing::Test {
 protected:
  ChildTask Shell(const std::string& script) const {
    ChildTask task;
    task.command = {"sh", "-c", script};
    task.folder = folder_.path();
    return task;
  }
  quipu::testing::TempDir folder_;
};

TEST_F(ChildProgram, GivesItsOutput) {
  const ChildResult result = RunChild(Shell("echo hello; echo noise >&2"));
  EXPECT_TRUE(result.ok) << result.reason;
  EXPECT_EQ(result.output, "hello\n");
}

TEST_F(ChildProgram, GetsTheFileAndNothingElse) {
  ChildTask task = Shell("cat; ls /proc/self/fd | wc -l; pwd; env | cut -d= -f1 | sort | tr '\\n' ' '");
  const UniqueFd file = FileInMemory("content\n");
  task.input = file.get();
  ::setenv("QUIPU_SECRET", "x", 1);
  const std::string output = RunChild(task).output;
  EXPECT_THAT(output, HasSubstr("content\n4\n" + folder_.path().string()));
  EXPECT_THAT(output, ::testing::Not(HasSubstr("SECRET")));
}

TEST_F(ChildProgram, SaysHowItFailed) {
  EXPECT_THAT(RunChild(Shell("exit 3")).reason, HasSubstr("status 3"));
  EXPECT_THAT(RunChild(Shell("kill -SEGV $$")).reason, HasSubstr("signal 11"));
  ChildTask none;
  none.command = {"no-such-program-anywhere"};
  EXPECT_TRUE(RunChild(none).missing);
}

TEST_F(ChildProgram, IsEndedWithAllItStarted) {
  ChildTask task = Shell("(sleep 60 & echo $! > grandchild; wait)");
  task.timeout = milliseconds(300);
  const auto began = std::chrono::steady_clock::now();
  const ChildResult result = RunChild(task);
  EXPECT_FALSE(result.ok);
  EXPECT_THAT(result.reason, HasSubstr("longer than 300 ms"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
  const int grandchild = std::stoi(quipu::testing::ReadFile(folder_.path() / "grandchild"));
  for (int i = 0; i < 100 && kill(grandchild, 0) == 0; ++i) std::this_thread::sleep_for(milliseconds(20));
  // It may be a zombie of whoever adopted it, but it runs no more.
  const std::string stat = "/proc/" + std::to_string(grandchild) + "/stat";
  if (kill(grandchild, 0) == 0) {
    EXPECT_THAT(quipu::testing::ReadFile(stat), HasSubstr(") Z "));
  }
}

TEST_F(ChildProgram, IsNotWaitedForBecauseOfWhatItLeftRunning) {
  ChildTask task = Shell("sleep 60 >/dev/null & echo done");
  EXPECT_EQ(RunChild(task).output, "done\n");
}

TEST_F(ChildProgram, IsEndedWhenItSaysTooMuch) {
  ChildTask task = Shell("yes");
  task.max_output = 1000;
  const ChildResult result = RunChild(task);
  EXPECT_TRUE(result.ok);
  EXPECT_TRUE(result.cut);
  EXPECT_EQ(result.output.size(), 1000U);
}

TEST_F(ChildProgram, IsEndedWhenTheJobStops) {
  std::stop_source stop;
  ChildTask task = Shell("sleep 60");
  task.stop = stop.get_token();
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(milliseconds(100));
    stop.request_stop();
  });
  EXPECT_EQ(RunChild(task).reason, "interrupted");
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "no zombie";
}

}  // namespace
}  // namespace quipu::filter
