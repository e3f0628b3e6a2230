// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/lexicon.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/index/index_reader.h"

namespace quipu::search {
namespace {

using Clock = std::chrono::steady_clock;

// After a build that took t, nothing for 3 t.
constexpr int kRestFactor = 3;
constexpr std::chrono::milliseconds kLeastRest(20);
constexpr std::chrono::milliseconds kRestAfterFailure(250);
// Builds give way to searches.
constexpr int kNiceness = 10;

}  // namespace

std::size_t Lexicon::bytes() const {
  return (vocabulary ? vocabulary->bytes() : 0) + (suggester ? suggester->bytes() : 0);
}

LexiconBuilder::LexiconBuilder(std::filesystem::path index_root) : root_(std::move(index_root)) {}

LexiconBuilder::~LexiconBuilder() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void LexiconBuilder::Want(StateName state) {
  const std::scoped_lock lock(mutex_);
  // Somebody put another folder in the place of this one.
  if (state.generation < current_->words_of.generation) current_ = std::make_shared<const Lexicon>();
  wanted_ = state;
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
  changed_.notify_all();
}

std::shared_ptr<const Lexicon> LexiconBuilder::Current() const {
  const std::scoped_lock lock(mutex_);
  return current_;
}

bool LexiconBuilder::Await(std::chrono::milliseconds at_most, bool with_suggestions) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, at_most, [&] { return IsReady(with_suggestions); });
}

// What is on disk may be newer than what is served; that will be wanted in a moment.
bool LexiconBuilder::IsReady(bool with_suggestions) const {
  if (!current_->vocabulary || current_->words_of < wanted_) return false;
  return !with_suggestions || current_->suggestions_of >= wanted_;
}

void LexiconBuilder::Publish(std::shared_ptr<const Lexicon> lexicon) {
  const std::scoped_lock lock(mutex_);
  current_ = std::move(lexicon);
  changed_.notify_all();
}

void LexiconBuilder::Run(const std::stop_token& stop) {
  // In Linux each thread has a niceness of its own. Without it the build only is less polite.
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kNiceness);
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [&] { return !IsReady(true); });
    }
    if (stop.stop_requested()) return;
    const auto begun = Clock::now();
    bool built = false;
    try {
      built = Build(stop);
    } catch (const Xapian::Error&) {
      // The writer committed twice while terms were read, or the generation went: a newer state is wanted.
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
    const auto rest = built ? std::max(kLeastRest, kRestFactor * took) : kRestAfterFailure;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, rest, [] { return false; });
  }
}

bool LexiconBuilder::Build(const std::stop_token& stop) {
  const std::shared_ptr<const Lexicon> before = Current();
  Result<index::IndexReader> reader = index::IndexReader::Open(root_);
  if (!reader) return false;
  auto lexicon = std::make_shared<Lexicon>();
  lexicon->words_of = {.generation = reader->generation(), .revision = reader->revision()};
  lexicon->vocabulary =
      std::make_shared<const query::Vocabulary>(query::Vocabulary::Read(reader->database(), stop));
  if (stop.stop_requested()) return false;
  auto words_only = std::make_shared<Lexicon>(*lexicon);
  words_only->suggestions_of = before->suggestions_of;
  words_only->suggester = before->suggester;
  if (!words_only->suggester) {
    words_only->suggester =
        std::make_shared<const Suggester>(std::vector<Suggester::Title>(), std::vector<CountedPhrase>(),
                                          lexicon->vocabulary, reader->database().get_doccount());
  }
  Publish(std::move(words_only));
  lexicon->suggester = Suggester::Read(*reader, lexicon->vocabulary, stop);
  if (stop.stop_requested()) return false;
  lexicon->suggestions_of = lexicon->words_of;
  Publish(std::move(lexicon));
  return true;
}

}  // namespace quipu::search
