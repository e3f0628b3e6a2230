// SPDX-License-Identifier: GPL-2.0-or-later
// The queue under a clock that the test moves, and under a simulated load.
#include "searchd/http/search_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <queue>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "searchd/http/connection.h"

namespace quipu::http {
namespace {

using Admission = SearchQueue::Admission;

constexpr std::int64_t kMs = 1'000'000;
constexpr HeadLimits kLimits{};

/// A queue and a few connections that are nothing but names.
class SearchQueueTest : public ::testing::Test {
 protected:
  static constexpr int kThreads = 2;
  SearchQueueTest() {
    for (std::unique_ptr<Connection>& client : clients_)
      client = std::make_unique<Connection>(-1, "192.0.2.1", kLimits);
  }
  Connection* Client(std::size_t i) { return clients_.at(i).get(); }
  SearchQueue::Decision Arrive(std::size_t i, std::int64_t now_ns, std::optional<Typing> typing = {}) {
    return queue_.Admit({Client(i), now_ns, std::move(typing)},
                        [this](std::uint64_t ticket) { tickets_.push_back(ticket); });
  }
  /// Searches took `ms` for so long that the queue is sure of it.
  void LearnService(std::int64_t ms) {
    ASSERT_EQ(Arrive(99, 0).admission, Admission::kRun);
    for (int i = 0; i < 5000; ++i) {
      ASSERT_EQ(queue_.Finish(ms * kMs), nullptr);
      ASSERT_EQ(Arrive(99, 0).admission, Admission::kRun);
    }
    ASSERT_EQ(queue_.Finish(ms * kMs), nullptr);
  }
  void TakeAllThreads() {
    for (std::size_t i = 0; i < kThreads; ++i) ASSERT_EQ(Arrive(i, 0).admission, Admission::kRun);
  }

  SearchQueue queue_{{.threads = kThreads, .most = 256, .bearable_ns = 20 * kMs}};
  std::array<std::unique_ptr<Connection>, 100> clients_;
  std::vector<std::uint64_t> tickets_;
};

TEST_F(SearchQueueTest, AsManyWaitAsAreServedWithinTheLongestWait) {
  LearnService(10);
  TakeAllThreads();
  // 21 / 2 + 2 = 12.5 times 10 ms, at two searches each 10 ms: 25.
  for (std::size_t i = 2; i < 26; ++i) {
    EXPECT_FALSE(queue_.IsFull(0)) << i;
    EXPECT_EQ(Arrive(i, 0).admission, Admission::kQueued) << i;
  }
  EXPECT_TRUE(queue_.IsFull(0));
  EXPECT_EQ(Arrive(30, 0).admission, Admission::kFull);
  EXPECT_EQ(queue_.queued(), 24u);
  EXPECT_EQ(queue_.Finish(10 * kMs), Client(2)) << "who came first is next";
  EXPECT_FALSE(queue_.IsFull(0));
}

TEST_F(SearchQueueTest, FewerWaitWhileSearchesAreSlowerThanUsual) {
  LearnService(10);
  TakeAllThreads();
  for (int i = 0; i < 64; ++i) {
    ASSERT_EQ(queue_.Finish(60 * kMs), nullptr);
    ASSERT_EQ(Arrive(98, 0).admission, Admission::kRun);
  }
  std::size_t waiting = 0;
  while (Arrive(waiting + 2, 0).admission == Admission::kQueued) ++waiting;
  EXPECT_GE(waiting, static_cast<std::size_t>(kThreads));
  EXPECT_LE(waiting, 10u);
}

TEST_F(SearchQueueTest, NobodyJoinsALineThatHasStoodStill) {
  LearnService(10);
  TakeAllThreads();
  for (std::size_t i = 2; i < 10; ++i) ASSERT_EQ(Arrive(i, 0).admission, Admission::kQueued);
  EXPECT_FALSE(queue_.IsFull(124 * kMs));
  EXPECT_TRUE(queue_.IsFull(126 * kMs)) << "whatever runs takes longer than the estimate knows";
  EXPECT_EQ(queue_.Finish(200 * kMs), Client(2));
  EXPECT_FALSE(queue_.IsFull(126 * kMs));
}

TEST_F(SearchQueueTest, WhoIsTooLateGivesWayButNotInAShortLine) {
  LearnService(10);
  TakeAllThreads();
  for (std::size_t i = 2; i < 11; ++i) ASSERT_EQ(Arrive(i, 0).admission, Admission::kQueued);
  EXPECT_EQ(queue_.TakeLate(249 * kMs), nullptr);
  EXPECT_EQ(queue_.TakeLate(251 * kMs), Client(2));
  EXPECT_EQ(queue_.TakeLate(251 * kMs), Client(3));
  EXPECT_EQ(queue_.TakeLate(251 * kMs), nullptr) << "seven are no line for two threads";
  EXPECT_EQ(queue_.Finish(10 * kMs), Client(4));
}

TEST_F(SearchQueueTest, AShortLineIsServedHoweverLongTheMachineHalted) {
  LearnService(1);
  TakeAllThreads();
  for (std::size_t i = 2; i < 10; ++i) {
    ASSERT_FALSE(queue_.IsFull(400 * kMs)) << i;
    ASSERT_EQ(Arrive(i, 0).admission, Admission::kQueued) << i;
  }
  EXPECT_TRUE(queue_.IsFull(400 * kMs));
}

TEST_F(SearchQueueTest, TheNextKeystrokeTakesThePlaceOfTheLast) {
  TakeAllThreads();
  ASSERT_EQ(Arrive(2, 0, Typing{"ana", "per"}).admission, Admission::kQueued);
  ASSERT_EQ(Arrive(3, 0, Typing{"eva", "p"}).admission, Admission::kQueued);
  const SearchQueue::Decision next = Arrive(4, 0, Typing{"ana", "peru"});
  EXPECT_EQ(next.admission, Admission::kQueued);
  EXPECT_EQ(next.superseded, Client(2));
  EXPECT_EQ(queue_.queued(), 2u);
  EXPECT_EQ(queue_.Abandon(tickets_[0]), nullptr) << "its ticket is void";
  const SearchQueue::Decision back = Arrive(5, 0, Typing{"ana", "pe"});
  EXPECT_EQ(back.superseded, Client(4)) << "letters are taken back";
  EXPECT_EQ(Arrive(6, 0, Typing{"ana", "pe"}).superseded, nullptr) << "the same once more is no keystroke";
  EXPECT_EQ(Arrive(7, 0, Typing{"ana", "lima"}).superseded, nullptr) << "nor is something else";
  EXPECT_EQ(Arrive(8, 0).superseded, nullptr);
  EXPECT_EQ(queue_.Finish(kMs), Client(5)) << "it has the place of the first letter";
}

TEST_F(SearchQueueTest, TheNextKeystrokeFindsItsPlaceInAFullQueue) {
  TakeAllThreads();
  ASSERT_EQ(Arrive(2, 0, Typing{"ana", "p"}).admission, Admission::kQueued);
  std::size_t i = 3;
  while (Arrive(i, 0).admission == Admission::kQueued) ++i;
  EXPECT_EQ(Arrive(i, 0, Typing{"ana", "pe"}).superseded, Client(2));
}

/// What a simulated minute gives.
struct Outcome {
  double goodput = 0;  // of the capacity
  double refused = 0;  // share of the arrivals
  double p99_ms = 0;   // of the answered
};

/// A queue's threads under arrivals by chance at `load` of the capacity; services are exponential with a mean
/// of 3 ms.
class Simulation {
 public:
  Simulation(int threads, double load)
      : threads_(threads), queue_({.threads = threads, .most = 256, .bearable_ns = 0}), load_(load) {}

  Outcome Run() {
    std::exponential_distribution<double> gap(load_ * threads_ / kServiceNs);
    double arrival = 0;
    while (arrival < kEndNs) {
      while (!ends_.empty() && ends_.top().first <= arrival) End();
      Arrive(static_cast<std::int64_t>(arrival));
      arrival += gap(dice_);
    }
    std::sort(times_.begin(), times_.end());
    return {static_cast<double>(times_.size()) * kServiceNs / (kEndNs * threads_),
            static_cast<double>(refused_) / static_cast<double>(arrivals_),
            times_.at(times_.size() * 99 / 100) / 1e6};
  }

 private:
  static constexpr double kServiceNs = 3e6;
  static constexpr double kEndNs = 120e9;
  struct Client {
    std::unique_ptr<Connection> connection;
    std::int64_t since_ns = 0;
  };
  struct Running {
    Connection* client;
    std::int64_t took_ns;
  };

  void Arrive(std::int64_t now_ns) {
    ++arrivals_;
    auto arrived = std::make_unique<Connection>(-1, "", kLimits);
    Connection* const client = arrived.get();
    clients_[client] = {std::move(arrived), now_ns};
    const auto decision = queue_.Admit({client, now_ns}, [](std::uint64_t) {});
    if (decision.admission == Admission::kRun) Start(client, static_cast<double>(now_ns));
    if (decision.admission == Admission::kFull) Refuse(client);
  }
  void Start(Connection* client, double now_ns) {
    const double took = std::exponential_distribution<double>(1 / kServiceNs)(dice_);
    ends_.emplace(now_ns + took, Running{client, static_cast<std::int64_t>(took)});
  }
  void End() {
    const auto [now_ns, done] = ends_.top();
    ends_.pop();
    times_.push_back(now_ns - static_cast<double>(clients_.at(done.client).since_ns));
    while (Connection* const late = queue_.TakeLate(static_cast<std::int64_t>(now_ns))) Refuse(late);
    if (Connection* const next = queue_.Finish(done.took_ns)) Start(next, now_ns);
    clients_.erase(done.client);
  }
  void Refuse(Connection* client) {
    ++refused_;
    clients_.erase(client);
  }

  struct Later {
    bool operator()(const auto& a, const auto& b) const { return a.first > b.first; }
  };

  const int threads_;
  SearchQueue queue_;
  const double load_;
  std::mt19937_64 dice_{1};
  std::unordered_map<Connection*, Client> clients_;
  std::priority_queue<std::pair<double, Running>, std::vector<std::pair<double, Running>>, Later> ends_;
  std::vector<double> times_;
  std::size_t arrivals_ = 0, refused_ = 0;
};

class Load : public ::testing::TestWithParam<int> {};

TEST_P(Load, TenTimesTheCapacityLengthensNoAnswerBeyondThreeTimes) {
  const Outcome usual = Simulation(GetParam(), 0.8).Run();
  const Outcome flood = Simulation(GetParam(), 10).Run();
  EXPECT_LT(usual.refused, 0.005) << "without overload nobody is refused";
  EXPECT_LT(flood.p99_ms, 3 * usual.p99_ms) << usual.p99_ms;
  EXPECT_GT(flood.goodput, 0.98) << "threads always have a next search";
}

INSTANTIATE_TEST_SUITE_P(Threads, Load, ::testing::Values(1, 2, 4, 8, 16),
                         [](const auto& tested) { return std::to_string(tested.param); });

}  // namespace
}  // namespace quipu::http
