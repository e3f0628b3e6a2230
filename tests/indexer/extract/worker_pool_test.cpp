// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "indexer/extract/extractor.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QUIPU_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define QUIPU_SANITIZED 1
#endif
#endif

namespace quipu::extract {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::StartsWith;

PoolOptions Options() {
  PoolOptions options;
  options.workers = 1;
  options.worker_program = QUIPU_TEST_WORKER;
  return options;
}

/// A file in memory with this content.
int FileWith(std::string_view content) {
  const int fd = memfd_create("sample", MFD_CLOEXEC);
  EXPECT_EQ(write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));
  lseek(fd, 0, SEEK_SET);
  return fd;
}

Extracted Send(WorkerPool& pool, std::string name, std::string_view content = "content") {
  FileTask task;
  task.fd = FileWith(content);
  task.name = std::move(name);
  return pool.Extract(std::move(task));
}

/// Children of this process that have ended and were not waited for.
bool HasZombies() {
  siginfo_t child{};
  return waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0 && child.si_pid != 0;
}

TEST(WorkerPool, TurnsAFileIntoADocument) {
  WorkerPool pool(Options());
  const Extracted extracted = Send(pool, "tea.txt", "On tea\n\nTea is a drink that people like.");
  EXPECT_EQ(extracted.state, State::kIndexed) << extracted.reason;
  EXPECT_EQ(extracted.document.title, "On tea");
  EXPECT_EQ(extracted.document.type, "text");
  EXPECT_EQ(extracted.document.body, "On tea\n\nTea is a drink that people like.");
}

TEST(WorkerPool, LosesOnlyTheMembersThatAProcessDiesOf) {
  WorkerPool pool(Options());
  FileTask task;
  task.fd = FileWith("content");
  task.name = "do:die-of-members";
  std::map<std::string, State> members;
  std::string reason;
  task.on_member = [&](const std::string& path, const Extracted& extracted) {
    EXPECT_TRUE(members.emplace(path, extracted.state).second) << path;
    if (path == "3") reason = extracted.reason;
  };
  EXPECT_EQ(pool.Extract(std::move(task)).state, State::kIndexed);
  const auto good = State::kIndexed;
  const auto bad = State::kFailed;
  EXPECT_EQ(members, (std::map<std::string, State>{
                         {"0", good}, {"1", bad}, {"2", good}, {"3", bad}, {"4", good}, {"5", bad}}));
  EXPECT_THAT(reason, HasSubstr("SIGABRT"));
  EXPECT_FALSE(HasZombies());
}

TEST(WorkerPool, ReadsMailInsideTheSandbox) {
  WorkerPool pool(Options());
  FileTask task;
  task.fd = FileWith(
      "From: a@b\nSubject: =?iso-8859-2?Q?=A3=F3d=BC?=\nDate: Tue, 17 Jan 2023 10:00:00 -0500\nMessage-ID: "
      "<1@b>\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; "
      "charset=koi8-r\n\n\xF0\xD2\xC9\xD7\xC5\xD4\n"
      "--b\nContent-Disposition: attachment; filename=a.txt\n\nattached\n--b--\n");
  task.name = "a.eml";
  std::vector<std::string> members;
  task.on_member = [&](const std::string& path, const Extracted&) { members.push_back(path); };
  const Extracted mail = pool.Extract(std::move(task));
  EXPECT_EQ(mail.state, State::kIndexed) << mail.reason;
  EXPECT_EQ(mail.document.title, "Łódź");
  EXPECT_EQ(mail.document.body, "Привет");
  EXPECT_EQ(members, std::vector<std::string>{"a.txt"});
}

TEST(WorkerPool, ConvertsLegacyCharsetsInsideTheSandbox) {
  WorkerPool pool(Options());
  const Extracted extracted =
      Send(pool, "a.txt", "La acusaci\xF3n del a\xF1o pasado lleg\xF3 tarde a la comisi\xF3n.");
  EXPECT_EQ(extracted.document.body, "La acusación del año pasado llegó tarde a la comisión.");
}

constexpr const char* kRtfInFourCodePages =
    R"({\rtf1\ansi\ansicpg1251{\fonttbl{\f0 A;}{\f1\fcharset128 B;}{\f2\fcharset77 C;}{\f3\fcharset136 D;}})"
    R"({\f0 \'ec\'e8\'f0} {\f1 \'83\'65} {\f2 \'8e} {\f3 \'a4\'a4})"
    "}";

TEST(WorkerPool, ReadsCodePagesOfOldFilesInsideTheSandbox) {
  WorkerPool pool(Options());
  EXPECT_EQ(Send(pool, "a.rtf", kRtfInFourCodePages).document.body, "мир テ é 中");
}

class ForbiddenInTheSandbox : public ::testing::TestWithParam<const char*> {};

TEST_P(ForbiddenInTheSandbox, IsRefused) {
  WorkerPool pool(Options());
  const Extracted extracted = Send(pool, std::string("do:") + GetParam());
  EXPECT_THAT(extracted.document.title, StartsWith("refused")) << extracted.reason;
}

INSTANTIATE_TEST_SUITE_P(Deeds, ForbiddenInTheSandbox,
                         ::testing::Values("open-passwd", "list-root", "create-file", "write-font-folder",
                                           "unlink", "inet-socket", "unix-socket", "fork", "exec", "ptrace",
                                           "kill-parent"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(WorkerPoolWithoutLandlock, OpensNothingAndStillConvertsCharsets) {
  PoolOptions options = Options();
  options.worker_program = QUIPU_TEST_WORKER_WITHOUT_LANDLOCK;
  WorkerPool pool(options);
  EXPECT_THAT(Send(pool, "do:open-passwd").document.title, StartsWith("refused"));
  EXPECT_THAT(Send(pool, "do:create-file").document.title, StartsWith("refused"));
  EXPECT_EQ(Send(pool, "a.txt", "El a\xF1o pasado lleg\xF3 tarde a la comisi\xF3n de la acusaci\xF3n.")
                .document.body,
            "El año pasado llegó tarde a la comisión de la acusación.");
  EXPECT_EQ(Send(pool, "a.rtf", kRtfInFourCodePages).document.body, "мир テ é 中");
}

TEST(WorkerPool, ReportsTheLayersOfItsSandbox) {
  const std::vector<SandboxLayer> layers = SandboxLayers(QUIPU_TEST_WORKER);
  ASSERT_EQ(layers.size(), 4U);
  std::set<std::string> names;
  for (const SandboxLayer& layer : layers) {
    names.insert(layer.name);
    EXPECT_FALSE(layer.detail.empty());
    if (layer.name == "seccomp" || layer.name == "no_new_privs") {
      EXPECT_TRUE(layer.active) << layer.detail;
    }
  }
  EXPECT_EQ(names, (std::set<std::string>{"landlock", "no_new_privs", "rlimits", "seccomp"}));
}

TEST(WorkerPool, EndsAFileThatHangsAndReadsTheNext) {
  PoolOptions options = Options();
  options.file_timeout = milliseconds(300);
  WorkerPool pool(options);
  for (const char* deed : {"do:hang", "do:spin"}) {
    const auto begin = steady_clock::now();
    const Extracted extracted = Send(pool, deed);
    EXPECT_EQ(extracted.state, State::kFailed);
    EXPECT_EQ(extracted.reason, "took longer than 300 ms");
    EXPECT_LT(steady_clock::now() - begin, milliseconds(5000));
    EXPECT_EQ(Send(pool, "a.txt", "after the storm").state, State::kIndexed);
  }
}

struct Deed {
  friend void PrintTo(const Deed& deed, std::ostream* out) { *out << deed.name; }
  const char* name;
  const char* reason;
};
class FatalDeed : public ::testing::TestWithParam<Deed> {};

TEST_P(FatalDeed, CostsItsOneFile) {
  WorkerPool pool(Options());
  const Extracted extracted = Send(pool, std::string("do:") + GetParam().name);
  EXPECT_EQ(extracted.state, State::kFailed);
#ifndef QUIPU_SANITIZED  // a sanitizer turns signals into its own exit
  EXPECT_THAT(extracted.reason, HasSubstr(GetParam().reason));
#endif
  EXPECT_EQ(Send(pool, "a.txt", "after the storm").document.body, "after the storm");
  EXPECT_FALSE(HasZombies());
}

INSTANTIATE_TEST_SUITE_P(Deeds, FatalDeed,
                         ::testing::Values(Deed{"crash", "crashed (SIGSEGV)"},
                                           Deed{"abort", "crashed (SIGABRT)"}, Deed{"exit", "status 7"},
                                           Deed{"garbage", "unreadable answer"},
                                           Deed{"endless-answer", "too long"}),
                         [](const auto& tested) {
                           std::string name = tested.param.name;
                           std::erase(name, '-');
                           return name;
                         });

TEST(WorkerPool, HoldsTheMemoryLimit) {
#ifdef QUIPU_SANITIZED
  GTEST_SKIP() << "a sanitizer's shadow memory needs more address space than any limit";
#endif
  PoolOptions options = Options();
  options.memory_bytes = 256ULL << 20;
  WorkerPool pool(options);
  const Extracted extracted = Send(pool, "do:eat-memory");
  EXPECT_EQ(extracted.state, State::kFailed);
  EXPECT_EQ(extracted.reason, "needs more than 256 MiB of memory");
  EXPECT_EQ(Send(pool, "a.txt", "after the storm").state, State::kIndexed);
}

TEST(WorkerPool, ReplacesAProcessThatSomebodyKilled) {
  WorkerPool pool(Options());
  const pid_t first = std::stoi(Send(pool, "do:pid").document.title);
  ASSERT_EQ(kill(first, SIGKILL), 0);
  std::this_thread::sleep_for(milliseconds(50));
  const Extracted second = Send(pool, "do:pid");
  EXPECT_EQ(second.state, State::kIndexed) << second.reason;
  EXPECT_NE(std::stoi(second.document.title), first);
  EXPECT_FALSE(HasZombies());
}

TEST(WorkerPool, StartsAFreshProcessAfterSoManyFiles) {
  PoolOptions options = Options();
  options.recycle_after = 3;
  WorkerPool pool(options);
  std::vector<std::string> pids;
  for (int i = 0; i < 6; ++i) pids.push_back(Send(pool, "do:pid").document.title);
  EXPECT_EQ(pids[0], pids[2]);
  EXPECT_NE(pids[2], pids[3]);
  EXPECT_EQ(pids[3], pids[5]);
  EXPECT_FALSE(HasZombies());
}

TEST(WorkerPool, KeepsItsProcessWhenTheThreadThatAskedEnds) {
  WorkerPool pool(Options());
  std::string first;
  std::thread([&] { first = Send(pool, "do:pid").document.title; }).join();
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(Send(pool, "do:pid").document.title, first);
}

TEST(WorkerPool, IsInterruptedWithinASecond) {
  WorkerPool pool(Options());
  std::thread canceller([&] {
    std::this_thread::sleep_for(milliseconds(200));
    pool.Cancel();
  });
  const auto begin = steady_clock::now();
  const Extracted running = Send(pool, "do:hang");
  const auto elapsed = steady_clock::now() - begin;
  canceller.join();
  EXPECT_EQ(running.state, State::kFailed);
  EXPECT_EQ(running.reason, "interrupted");
  EXPECT_LT(elapsed, milliseconds(1200));
  EXPECT_EQ(Send(pool, "a.txt").reason, "interrupted");
}

TEST(WorkerPool, ServesMoreCallersThanItHasProcesses) {
  PoolOptions options = Options();
  options.workers = 2;
  WorkerPool pool(options);
  std::atomic<int> indexed = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 6; ++i) {
    callers.emplace_back([&] {
      for (int file = 0; file < 10; ++file)
        indexed += Send(pool, "a.txt", "some words").state == State::kIndexed ? 1 : 0;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(indexed, 60);
}

TEST(WorkerPool, LeavesNoProcessBehind) {
  pid_t worker = 0;
  {
    WorkerPool pool(Options());
    worker = std::stoi(Send(pool, "do:pid").document.title);
    EXPECT_EQ(kill(worker, 0), 0);
  }
  EXPECT_EQ(kill(worker, 0), -1);
  EXPECT_FALSE(HasZombies());
}

TEST(WorkerPool, SaysWhichProgramDidNotStart) {
  PoolOptions options = Options();
  options.worker_program = "/nonexistent/worker";
  WorkerPool pool(options);
  const Extracted extracted = Send(pool, "a.txt");
  EXPECT_EQ(extracted.state, State::kFailed);
  EXPECT_THAT(extracted.reason, HasSubstr("/nonexistent/worker"));
  options.worker_program = "/bin/true";
  WorkerPool other(options);
  EXPECT_THAT(Send(other, "a.txt").reason, HasSubstr("/bin/true did not come up"));
}

TEST(WorkerPool, ReadsOnlyTheBeginningOfAnEndlessText) {
  WorkerPool pool(Options());
  FileTask task;
  task.fd = FileWith(std::string(3 << 20, 'a') + " end");
  task.name = "long.txt";
  task.max_bytes = 1 << 20;
  const Extracted extracted = pool.Extract(std::move(task));
  EXPECT_EQ(extracted.state, State::kTruncated);
  EXPECT_EQ(extracted.document.body.size(), 1U << 20);
}

TEST(WorkerPool, ReportsAFileThatCannotBeRead) {
  WorkerPool pool(Options());
  FileTask task;
  task.fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  task.name = "folder";
  const Extracted extracted = pool.Extract(std::move(task));
  EXPECT_EQ(extracted.state, State::kFailed);
  EXPECT_THAT(extracted.reason, StartsWith("cannot be read"));
}

}  // namespace
}  // namespace quipu::extract
