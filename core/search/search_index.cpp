// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/search_index.h"

#include <atomic>
#include <mutex>
#include <system_error>
#include <utility>

#include "core/index/index_directory.h"
#include "core/index/text_store.h"
#include "core/schema/date.h"
#include "core/search/columns.h"
#include "core/search/lexicon.h"
#include "core/search/reader_pool.h"
#include "core/search/searcher.h"
#include "core/search/selection.h"

namespace quipu::search {
namespace {

// A writer that commits without pause makes about one search in two hundred start again; twice in a row is
// rare, and this bounds what an odd disk could do.
constexpr int kMaxAttempts = 8;
// Opening an index waits so long for its words.
constexpr std::chrono::milliseconds kFirstWords(300);

std::uint64_t BytesBelow(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code gone;
    if (entry->is_regular_file(gone)) bytes += entry->file_size(gone);
  }
  return bytes;
}

}  // namespace

struct SearchIndex::State {
  // What is served now; replaced as a whole, so that a search keeps what it began with.
  struct Served {
    std::shared_ptr<ReaderPool> pool;
    std::shared_ptr<const index::IndexFacts> facts;
    std::shared_ptr<const std::vector<std::string>> languages;  // that queries are read in
  };

  State(config::Index configured, std::filesystem::path index_root)
      : settings(std::move(configured)),
        directory(std::move(index_root)),
        rules(settings),
        lexicon(directory.root()) {}

  Served Current() const {
    const std::scoped_lock lock(mutex);
    return served;
  }

  void SetFacts(Served& state, index::IndexFacts facts) const;
  void RefreshAids();
  bool RefreshIndex();
  bool OpenGeneration();
  bool FollowCommits();
  bool IsAnother() const;

  bool Follow(index::IndexReader& reader) const;
  template <typename Work>
  auto Repeat(const Work& work) const
      -> decltype(work(std::declval<Session&>(), std::declval<const Served&>()));

  config::Index settings;
  index::IndexDirectory directory;
  mutable ColumnStore columns;  // of the states that readers are in
  RuleBook rules;

  std::mutex refresh_mutex;                   // one refresh at a time
  std::optional<index::IndexReader> watcher;  // notices commits; used under refresh_mutex
  std::atomic<bool> replaced{false};

  mutable std::mutex mutex;  // the members below
  Served served;
  std::optional<Error> unavailable = Error{Code::kIndexUnavailable, "The index has not been opened yet."};
  std::shared_ptr<const index::IndexFacts> distribution_of;
  std::map<std::string, std::uint64_t> distribution;

  mutable GroupTables groups;
  LexiconBuilder lexicon;  // last: its thread ends before the rest goes
};

void SearchIndex::State::SetFacts(Served& state, index::IndexFacts facts) const {
  state.languages = std::make_shared<const std::vector<std::string>>(
      settings.languages.empty() ? QueryLanguages(facts) : settings.languages);
  state.facts = std::make_shared<const index::IndexFacts>(std::move(facts));
}

// Rules are read in the languages of the index; words are looked at by a thread of their own.
void SearchIndex::State::RefreshAids() {
  const Served now = Current();
  if (!now.facts) return;
  rules.Refresh(*now.languages);
  lexicon.Want({.generation = now.facts->generation, .revision = now.facts->revision});
}

bool SearchIndex::State::OpenGeneration() {
  Result<index::IndexReader> reader = index::IndexReader::Open(directory.root());
  Result<index::IndexReader> second = index::IndexReader::Open(directory.root());
  if (!reader || !second || reader->generation() != second->generation()) {
    const std::scoped_lock lock(mutex);
    if (!served.pool && !reader) unavailable = reader.error();
    return false;
  }
  Served fresh;
  SetFacts(fresh, reader->Facts());
  columns.Warm(*reader);
  fresh.pool = std::make_shared<ReaderPool>(directory.root(), std::move(second).value());
  watcher.emplace(std::move(reader).value());
  const std::scoped_lock lock(mutex);
  served = std::move(fresh);
  unavailable.reset();
  return true;
}

/// Whether under the served generation's name there is another database by now: the folder was deleted and
/// built anew, or another one was put in its place. Numbers of generations and commits begin anew then.
bool SearchIndex::State::IsAnother() const {
  const Result<index::IndexReader> there = index::IndexReader::Open(directory.root());
  return there && there->generation() == watcher->generation() &&
         there->database().get_uuid() != watcher->database().get_uuid();
}

bool SearchIndex::State::FollowCommits() {
  if (!watcher->Reopen()) return false;
  index::IndexFacts facts = watcher->Facts();
  {
    const std::scoped_lock lock(mutex);
    SetFacts(served, std::move(facts));
    served.pool->NoteCommit();
  }
  columns.Warm(*watcher);
  return true;
}

/// Takes a reader that met a commit to the newest state; false if there is none.
bool SearchIndex::State::Follow(index::IndexReader& reader) const {
  try {
    return reader.Reopen();
  } catch (const Xapian::DatabaseModifiedError&) {
    // A reopening that another commit disturbs leaves tables of two commits, which the next one takes for
    // one.
    Result<index::IndexReader> fresh = index::IndexReader::Open(directory.root());
    if (!fresh) throw;
    reader = std::move(fresh).value();
    return true;
  }
}

SearchIndex::SearchIndex(config::Index settings, std::filesystem::path index_root)
    : state_(std::make_unique<State>(std::move(settings), std::move(index_root))) {
  Refresh();
  // So that the first misspelt query is corrected like the second; a large index is served without waiting.
  if (!Unavailable()) state_->lexicon.Await(kFirstWords, false);
}

SearchIndex::~SearchIndex() = default;

const config::Index& SearchIndex::settings() const { return state_->settings; }

bool SearchIndex::Refresh() {
  const std::scoped_lock refreshing(state_->refresh_mutex);
  const bool changed = state_->RefreshIndex();
  state_->RefreshAids();
  return changed;
}

bool SearchIndex::State::RefreshIndex() {
  const Result<std::uint64_t> published = directory.CurrentGeneration();
  const std::uint64_t serving = watcher ? watcher->generation() : 0;
  try {
    if (serving == 0) return OpenGeneration();
    const bool other_number = published && *published != 0 && *published != serving;
    // Numbers only grow in one folder.
    if (replaced || (other_number && *published < serving) || (!other_number && IsAnother())) {
      replaced = true;
      return false;
    }
    return other_number ? OpenGeneration() : FollowCommits();
  } catch (const Xapian::DatabaseModifiedError&) {
    // The writer committed twice meanwhile. The watcher may have tables of two commits: the next refresh
    // opens everything anew.
    watcher.reset();
    return false;
  } catch (const Xapian::DatabaseError&) {
    // The generation's folder was removed: open readers keep serving what they hold.
    return false;
  }
}

bool SearchIndex::WasReplaced() const { return state_->replaced; }

std::optional<Error> SearchIndex::Unavailable() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->unavailable;
}

template <typename Work>
auto SearchIndex::State::Repeat(const Work& work) const
    -> decltype(work(std::declval<Session&>(), std::declval<const Served&>())) {
  const Served now = Current();
  if (!now.pool) {
    const std::scoped_lock lock(mutex);
    return *unavailable;
  }
  ReaderPool::Lease session = now.pool->Take();
  for (int attempt = 1;; ++attempt) {
    try {
      return work(*session.operator->(), now);
    } catch (const Xapian::DatabaseModifiedError&) {
      if (attempt == kMaxAttempts) throw;
      Follow(session->reader);
    } catch (const Xapian::Error&) {
      // A block that the writer was overwriting looks like damage. If nothing was written, it is damage.
      if (attempt == kMaxAttempts || !Follow(session->reader)) throw;
    }
  }
}

Result<SearchResult> SearchIndex::Search(const SearchRequest& request) const {
  return state_->Repeat([&](Session& session, const State::Served& served) -> Result<SearchResult> {
    // The reader may be a commit ahead of what is told as served: its columns are those of its own state.
    const Result<Selection> selection =
        Selection::Read(request, session.reader, state_->columns.Of(session.reader), state_->settings);
    if (!selection) return selection.error();
    Searcher searcher(session.reader, session.analyzer, *served.languages, kRanking, &state_->groups);
    searcher.Use(&*selection);
    // Not the clock: what is answered depends on the state of the index alone.
    searcher.PreferNew(state_->settings.recency_half_life,
                       schema::ParseDate(served.facts->updated_at).value_or(0));
    searcher.UseAids({.vocabulary = state_->lexicon.Current()->vocabulary, .rules = state_->rules.Current()});
    Result<SearchResult> result = searcher.Search(request);
    if (result) {
      result->generation = session.reader.generation();
      result->revision = session.reader.revision();
    }
    return result;
  });
}

Result<SearchResult> SearchIndex::Similar(const SimilarRequest& request) const {
  SearchRequest selecting;
  selecting.filter = request.filter;
  selecting.deadline_ms = request.deadline_ms;
  return state_->Repeat([&](Session& session, const State::Served&) -> Result<SearchResult> {
    const Result<Selection> selection =
        Selection::Read(selecting, session.reader, state_->columns.Of(session.reader), state_->settings);
    if (!selection) return selection.error();
    return FindSimilar(session.reader, state_->groups, request, &*selection);
  });
}

Result<schema::Document> SearchIndex::GetDocument(const std::string& id, bool with_body) const {
  return state_->Repeat([&](Session& session, const State::Served&) -> Result<schema::Document> {
    const Xapian::docid docid = session.reader.FindDocument(id);
    if (docid == 0) return Error{Code::kDocumentNotFound, "Document `" + id + "` not found."};
    schema::Document document = session.reader.StoredDocument(docid);
    if (with_body)
      document.body = index::ReadText(session.reader.database(), session.reader.TextNumber(docid));
    return document;
  });
}

Result<index::IndexFacts> SearchIndex::Facts() const {
  const std::scoped_lock lock(state_->mutex);
  if (!state_->served.facts) return *state_->unavailable;
  return *state_->served.facts;
}

Result<std::map<std::string, std::uint64_t>> SearchIndex::FieldDistribution() const {
  using Distribution = std::map<std::string, std::uint64_t>;
  return state_->Repeat([&](Session& session, const State::Served& served) -> Result<Distribution> {
    {
      const std::scoped_lock lock(state_->mutex);
      if (state_->distribution_of == served.facts) return state_->distribution;
    }
    Distribution counts = session.reader.FieldCounts();
    const std::scoped_lock lock(state_->mutex);
    state_->distribution_of = served.facts;
    state_->distribution = counts;
    return counts;
  });
}

std::uint64_t SearchIndex::ColumnBytes() const { return state_->columns.bytes(); }

Result<std::vector<Suggestion>> SearchIndex::Suggest(const std::string& q, std::size_t limit) const {
  if (const auto unavailable = Unavailable()) return *unavailable;
  const auto lexicon = state_->lexicon.Current();
  if (!lexicon->suggester) return std::vector<Suggestion>();
  return lexicon->suggester->Suggest(q, limit);
}

bool SearchIndex::AwaitWords(std::chrono::milliseconds at_most) const {
  // None come to what cannot be opened.
  return !Unavailable() && state_->lexicon.Await(at_most, false);
}

bool SearchIndex::AwaitSuggestions(std::chrono::milliseconds at_most) const {
  return !Unavailable() && state_->lexicon.Await(at_most, true);
}

namespace {

std::string NameOf(const StateName& state) {
  return std::to_string(state.generation) + '-' + std::to_string(state.revision);
}

}  // namespace

std::string SearchIndex::AidsTag() const {
  return NameOf(state_->lexicon.Current()->words_of) + '/' + state_->rules.Edition();
}

std::string SearchIndex::SuggestionsTag() const { return NameOf(state_->lexicon.Current()->suggestions_of); }

std::pair<std::uint64_t, std::uint64_t> SearchIndex::WordsInMemory() const {
  const auto lexicon = state_->lexicon.Current();
  return {lexicon->vocabulary ? lexicon->vocabulary->size() : 0, lexicon->bytes()};
}

std::vector<RuleNews> SearchIndex::TakeRuleNews() { return state_->rules.TakeNews(); }

std::uint64_t SearchIndex::SizeBytes() const {
  const State::Served now = state_->Current();
  return now.pool ? BytesBelow(state_->directory.GenerationPath(now.pool->generation())) : 0;
}

}  // namespace quipu::search
