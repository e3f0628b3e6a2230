// SPDX-License-Identifier: GPL-2.0-or-later
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <stop_token>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "indexer/command/command.h"
#include "indexer/command/index_runner.h"
#include "indexer/command/watch_schedule.h"
#include "indexer/source/file_watch.h"

namespace quipu::command {
namespace {

using job::Ending;
using Clock = WatchSchedule::Clock;
using Time = WatchSchedule::Time;

constexpr int kConfigTag = -1;  // the others are places in Watcher::indexes_
/// How often to look at files of which nothing is told: they were to be watched, so soon.
constexpr std::chrono::seconds kPollFiles{30};
constexpr std::chrono::milliseconds kConfigQuiet{300};

std::string ContentOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

struct WatchedIndex {
  const config::Index* index = nullptr;
  WatchSchedule schedule{std::nullopt};
  std::string problem;   // of its last job, told once
  bool rewatch = false;  // something of it could not be watched: try again when it is run
};

/// One `watch`, until it is stopped. Whatever goes wrong with one job is told and tried again.
class Watcher {
 public:
  explicit Watcher(const Context& context)
      : context_(context), config_(context.config), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!wake_.valid()) throw std::system_error(errno, std::generic_category(), "eventfd");
  }

  Ending Run() {
    if (const auto chosen = Choose(config_); !chosen) {
      Complain(chosen.error().message);
      return Ending::kMisused;
    }
    const std::stop_callback wake_up(context_.interruption.token(), [this] {
      const std::uint64_t one = 1;
      [[maybe_unused]] const auto put = ::write(wake_.get(), &one, sizeof one);
    });
    Adopt(config_);
    while (!context_.interruption.requested()) {
      for (WatchedIndex& watched : indexes_) {
        if (watched.schedule.IsDue(Clock::now()) && RunOne(watched) == Ending::kInterrupted)
          return Ending::kInterrupted;
      }
      Wait();
      Take();
    }
    return Ending::kDone;
  }

 private:
  /// The indexes to watch, if all can be.
  Result<std::vector<const config::Index*>> Choose(const config::Config& config) const {
    auto chosen = FindIndexes(config, context_.line.arguments);
    if (!chosen) return chosen;
    for (const config::Index* index : *chosen) {
      for (const config::Source& source : index->sources) {
        if (source.path == "-") {
          return Error{
              Code::kUsage,
              fmt::format("{}: standard input can be read only once, and so not watched", index->name)};
        }
      }
    }
    return chosen;
  }

  /// Begins anew with `config`.
  void Adopt(const config::Config& config) {
    config_ = config;
    config_text_ = ContentOf(config_.file);
    indexes_.clear();
    const auto chosen = Choose(config_);
    for (const config::Index* index : *chosen) indexes_.push_back({index});
    SetUp();
  }

  /// Watches all there is, and runs all: something may have changed before it was watched.
  void SetUp() {
    watch_ = std::make_unique<source::FileWatch>(std::vector{config_.data_dir});
    if (const Status status = watch_->AddFile(std::filesystem::absolute(config_.file), kConfigTag); !status)
      TellOnce(status.error().message + "; changes of the configuration are not noticed");
    for (std::size_t i = 0; i < indexes_.size(); ++i) {
      indexes_[i].rewatch = false;
      std::optional<std::chrono::seconds> poll;
      for (const config::Source& source : indexes_[i].index->sources) {
        const auto every = WatchSource(source, static_cast<int>(i), indexes_[i].rewatch);
        if (every && (!poll || *every < *poll)) poll = every;
      }
      indexes_[i].schedule = WatchSchedule(poll);
      indexes_[i].schedule.RunNow(Clock::now());
    }
  }

  /// How often to look at a source of which nothing is told.
  std::optional<std::chrono::seconds> WatchSource(const config::Source& source, int tag, bool& failed) {
    const std::chrono::seconds interval(source.interval_s);
    Status status = Done{};
    switch (source.type) {
      case config::SourceType::kFolder: status = watch_->AddFolder(source.path, tag); break;
      case config::SourceType::kJsonl: status = watch_->AddFile(source.path, tag); break;
      case config::SourceType::kSitemap:
      case config::SourceType::kCrawl: return interval;
    }
    if (status) return std::nullopt;
    failed = true;
    const auto every = std::min(interval, kPollFiles);
    TellOnce(fmt::format("{}; it is looked at every {} s instead", status.error().message, every.count()));
    return every;
  }

  Ending RunOne(WatchedIndex& watched) {
    if (watched.rewatch) return Rewatch(watched);
    return RunJob(watched);
  }

  /// Tries again to watch what could not be watched; the others are not run for that.
  Ending Rewatch(WatchedIndex& watched) {
    const auto kept = indexes_;
    const auto place = static_cast<std::size_t>(&watched - indexes_.data());
    SetUp();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (i != place && !kept[i].rewatch) indexes_[i].schedule = kept[i].schedule;
    }
    return RunJob(indexes_[place]);
  }

  Ending RunJob(WatchedIndex& watched) {
    const Time began = Clock::now();
    const Context context{context_.line, config_, context_.interruption};
    // Made anew each time, so that between jobs no process of ours holds memory.
    IndexRunner runner(context, nullptr);
    const job::RunResult result = runner.Run(*watched.index, &watched.problem);
    watched.problem = result.message;
    switch (result.ending) {
      case Ending::kDone: watched.schedule.Done(began, Clock::now()); break;
      case Ending::kLocked: watched.schedule.LockedOut(Clock::now()); break;
      case Ending::kInterrupted: break;
      case Ending::kFailed:
      case Ending::kMisused:
      case Ending::kRefused: watched.schedule.Failed(began, Clock::now()); break;
    }
    return result.ending;
  }

  void Wait() const {
    std::optional<Time> next = config_due_;
    for (const WatchedIndex& watched : indexes_) {
      const auto due = watched.schedule.Next();
      if (due && (!next || *due < *next)) next = due;
    }
    int timeout_ms = -1;
    if (next) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - Clock::now());
      timeout_ms = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
    }
    std::array<pollfd, 2> fds{pollfd{wake_.get(), POLLIN, 0}, pollfd{watch_->fd(), POLLIN, 0}};
    ::poll(fds.data(), fds.size(), timeout_ms);
  }

  void Take() {
    const Time now = Clock::now();
    const auto changes = watch_->Take();
    for (const int tag : changes.tags) {
      if (tag == kConfigTag) {
        config_due_ = now + kConfigQuiet;
      } else {
        indexes_[static_cast<std::size_t>(tag)].schedule.Changed(now);
      }
    }
    if (changes.lost) {
      Note("there were more changes than could be told: everything is looked at again");
      SetUp();
    }
    if (config_due_ && *config_due_ <= now) {
      config_due_.reset();
      ReadConfig();
    }
  }

  void ReadConfig() {
    if (ContentOf(config_.file) == config_text_) return;
    config::Loaded loaded = config::Load(config_.file);
    for (const config::Fault& fault : loaded.faults) Complain(config::Describe(fault, config_.file));
    const auto chosen = Choose(loaded.config);
    if (!chosen && loaded.faults.empty()) Complain(chosen.error().message);
    if (!loaded.faults.empty() || !chosen) {
      Complain("the configuration was changed and is not right; the old one is kept");
      return;
    }
    Note("the configuration was changed: everything is looked at again");
    Adopt(loaded.config);
  }

  void TellOnce(const std::string& text) {
    if (told_.insert(text).second) Complain(text);
  }

  void Note(const std::string& text) const {
    if (!context_.line.Has("quiet")) Complain(text);
  }

  const Context& context_;
  config::Config config_;
  std::string config_text_;
  UniqueFd wake_;
  std::unique_ptr<source::FileWatch> watch_;
  std::vector<WatchedIndex> indexes_;
  std::optional<Time> config_due_;
  std::set<std::string> told_;
};

}  // namespace

Ending Watch(const Context& context) { return Watcher(context).Run(); }

}  // namespace quipu::command
