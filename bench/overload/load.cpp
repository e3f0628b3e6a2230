// SPDX-License-Identifier: GPL-2.0-or-later
// Asks a searchd at a rate, whatever it answers: `overload_load PORT TARGETS open RATE SECONDS`; or as fast
// as it answers so many connections: `overload_load PORT TARGETS closed CONNECTIONS SECONDS`. Prints one line
// of JSON.
//
// Open: requests are due at moments of chance (Poisson), and times count from when they were due, so that a
// server that makes clients wait cannot hide it. Beside them /health is asked every 20 ms and /metrics every
// 200 ms.
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/overload/conversation.h"

namespace quipu::bench {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::int64_t kHealthGapNs = 20'000'000;
constexpr std::int64_t kMetricsGapNs = 200'000'000;
constexpr std::size_t kMostConnections = 2000;

/// Times, of which the quantiles are told in milliseconds.
struct Times {
  std::vector<std::int64_t> ns;

  double Ms(double share) {
    if (ns.empty()) return 0;
    const auto at = static_cast<std::size_t>(static_cast<double>(ns.size() - 1) * share);
    std::nth_element(ns.begin(), ns.begin() + static_cast<std::ptrdiff_t>(at), ns.end());
    return static_cast<double>(ns[at]) / 1e6;
  }
  std::string Json() {
    return fmt::format("{{\"count\":{},\"p50\":{:.3f},\"p99\":{:.3f},\"max\":{:.3f}}}", ns.size(), Ms(0.5),
                       Ms(0.99), Ms(1));
  }
};

double CpuSeconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// A route that is asked again and again on a connection of its own.
struct Probe {
  Probe(int port, std::string path, std::int64_t every)
      : conversation(port), target(std::move(path)), gap_ns(every) {}
  Conversation conversation;
  std::string target;
  std::int64_t gap_ns;
  std::int64_t due_ns = 0;
  Times times;
};

class Load {
 public:
  Load(int port, std::vector<std::string> targets)
      : port_(port), targets_(std::move(targets)), epoll_(::epoll_create1(0)) {}

  void Open(double rate, std::int64_t seconds);
  void Closed(int connections, std::int64_t seconds);
  void Print(std::int64_t seconds);

 private:
  const std::string& Target() { return targets_[next_++ % targets_.size()]; }
  Conversation* Connect();
  void Watch(Conversation& conversation) const;
  void Wait(std::int64_t until_ns);
  void Take(Conversation& conversation, bool ask_again);
  void TakeProbe(Probe& probe);
  void AskProbes(std::int64_t now);

  const int port_;
  const std::vector<std::string> targets_;
  const int epoll_;
  std::size_t next_ = 0;
  bool closed_loop_ = false;
  std::vector<std::unique_ptr<Conversation>> all_;
  std::vector<Conversation*> idle_;
  std::vector<std::unique_ptr<Probe>> probes_;
  Times accepted_, refused_, refused_since_sent_, late_;
  std::int64_t unsent_ = 0, other_ = 0, lost_ = 0;
  double cpu_ = 0;
};

void Load::Watch(Conversation& conversation) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &conversation;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, conversation.fd(), &event);
}

Conversation* Load::Connect() {
  all_.push_back(std::make_unique<Conversation>(port_));
  Watch(*all_.back());
  return all_.back().get();
}

void Load::TakeProbe(Probe& probe) {
  const int status = probe.conversation.Read();
  if (status == 200) probe.times.ns.push_back(NowNs() - probe.conversation.due_ns());
  if (status < 0) ++lost_;
}

void Load::Take(Conversation& conversation, bool ask_again) {
  const int status = conversation.Read();
  if (status == 0) return;
  const std::int64_t now = NowNs();
  if (status < 0) {
    ++lost_;
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, conversation.fd(), nullptr);
    return;
  }
  if (status == 200) {
    accepted_.ns.push_back(now - conversation.due_ns());
  } else if (status == 503) {
    refused_.ns.push_back(now - conversation.due_ns());
    refused_since_sent_.ns.push_back(now - conversation.sent_ns());
  } else {
    ++other_;
  }
  if (ask_again) {
    conversation.Ask(Target(), now);
  } else {
    idle_.push_back(&conversation);
  }
}

void Load::Wait(std::int64_t until_ns) {
  const std::int64_t left = std::max<std::int64_t>(0, until_ns - NowNs());
  const timespec timeout{left / kNsPerSecond, left % kNsPerSecond};
  epoll_event events[64];
  const int count = ::epoll_pwait2(epoll_, events, 64, &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    auto* const conversation = static_cast<Conversation*>(events[i].data.ptr);
    const auto probe = std::find_if(probes_.begin(), probes_.end(),
                                    [&](const auto& one) { return &one->conversation == conversation; });
    if (probe != probes_.end()) {
      TakeProbe(**probe);
    } else {
      Take(*conversation, closed_loop_);
    }
  }
}

void Load::AskProbes(std::int64_t now) {
  for (const auto& probe : probes_) {
    if (probe->due_ns > now || probe->conversation.busy()) continue;
    probe->conversation.Ask(probe->target, probe->due_ns == 0 ? now : probe->due_ns);
    probe->due_ns = now + probe->gap_ns;
  }
}

void Load::Open(double rate, std::int64_t seconds) {
  probes_.push_back(std::make_unique<Probe>(port_, "/health", kHealthGapNs));
  probes_.push_back(std::make_unique<Probe>(port_, "/metrics", kMetricsGapNs));
  for (const auto& probe : probes_) Watch(probe->conversation);
  for (int i = 0; i < 64; ++i) idle_.push_back(Connect());
  std::mt19937_64 dice(1);
  std::exponential_distribution<double> gap(rate / 1e9);
  cpu_ = CpuSeconds();
  const std::int64_t begin = NowNs();
  double due = static_cast<double>(begin);
  while (true) {
    due += gap(dice);
    const auto due_ns = static_cast<std::int64_t>(due);
    if (due_ns > begin + seconds * kNsPerSecond) break;
    for (bool first = true; first || NowNs() < due_ns; first = false) {
      AskProbes(NowNs());
      // What is overdue is sent first; answers are looked for in between all the same.
      if (first && due_ns <= NowNs() && next_ % 8 != 0) break;
      Wait(due_ns);
    }
    if (idle_.empty() && all_.size() < kMostConnections) idle_.push_back(Connect());
    if (idle_.empty()) {
      ++unsent_;
      continue;
    }
    Conversation* const conversation = idle_.back();
    idle_.pop_back();
    conversation->Ask(Target(), due_ns);
    late_.ns.push_back(conversation->sent_ns() - due_ns);
  }
  cpu_ = CpuSeconds() - cpu_;
  // What is under way still counts.
  const std::int64_t end = NowNs() + kNsPerSecond;
  while (idle_.size() + static_cast<std::size_t>(lost_) < all_.size() && NowNs() < end) Wait(end);
}

void Load::Closed(int connections, std::int64_t seconds) {
  closed_loop_ = true;
  cpu_ = CpuSeconds();
  const std::int64_t end = NowNs() + seconds * kNsPerSecond;
  for (int i = 0; i < connections; ++i) Connect()->Ask(Target(), NowNs());
  while (NowNs() < end) Wait(end);
  cpu_ = CpuSeconds() - cpu_;
}

void Load::Print(std::int64_t seconds) {
  std::string probes;
  for (const auto& probe : probes_)
    probes += fmt::format(",\"{}\":{}", probe->target.substr(1), probe->times.Json());
  fmt::print(
      "{{\"goodput\":{:.1f},\"accepted\":{},\"refused\":{},\"refused_since_sent\":{},\"late\":{},\"unsent\":{"
      "},\"other\":{},"
      "\"lost\":{},\"connections\":{},\"load_cpu\":{:.3f}{}}}\n",
      static_cast<double>(accepted_.ns.size()) / static_cast<double>(seconds), accepted_.Json(),
      refused_.Json(), refused_since_sent_.Json(), late_.Json(), unsent_, other_, lost_, all_.size(),
      cpu_ / static_cast<double>(seconds), probes);
}

}  // namespace
}  // namespace quipu::bench

int main(int argc, char** argv) {
  const std::string_view mode = argc == 6 ? argv[3] : "";
  if (mode != "open" && mode != "closed") {
    std::fprintf(stderr,
                 "usage: overload_load PORT TARGETS open RATE SECONDS | closed CONNECTIONS SECONDS\n");
    return 2;
  }
  std::vector<std::string> targets;
  std::ifstream file(argv[2]);
  for (std::string line; std::getline(file, line);) targets.push_back(line);
  if (targets.empty()) {
    std::fprintf(stderr, "overload_load: no targets in %s\n", argv[2]);
    return 2;
  }
  // Else the kernel wakes us up to 50 us late.
  ::prctl(PR_SET_TIMERSLACK, 1);
  quipu::bench::Load load(std::atoi(argv[1]), std::move(targets));
  const std::int64_t seconds = std::atoll(argv[5]);
  if (mode == "open") {
    load.Open(std::atof(argv[4]), seconds);
  } else {
    load.Closed(std::atoi(argv[4]), seconds);
  }
  load.Print(seconds);
  return 0;
}
