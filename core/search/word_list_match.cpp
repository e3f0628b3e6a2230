// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/word_list_match.h"

#include <algorithm>
#include <chrono>

#include "core/search/postings.h"

namespace quipu::search {
namespace {

// Reading the clock costs as much as a few documents.
constexpr std::uint32_t kCallsPerLook = 128;
// Each document is compared with every term of a word; from here on Xapian's heap of them is faster.
constexpr std::size_t kMostTermsOfWord = 64;

using query::Choice;

void SortByPostings(std::vector<ListedWordCursor*>& words) {
  std::sort(words.begin(), words.end(),
            [](const auto* a, const auto* b) { return a->postings() < b->postings(); });
}

}  // namespace

bool WordListMatch::Suits(const query::CompiledQuery& query) {
  if (!query.list) return false;
  return std::all_of(query.list->words.begin(), query.list->words.end(), [](const query::ListedWord& word) {
    std::size_t terms = 0;
    for (const query::Reading& reading : word.readings) {
      for (const query::WeighedTerms& part : reading.any) terms += part.terms.size();
    }
    return terms <= kMostTermsOfWord;
  });
}

WordListMatch::WordListMatch(const Xapian::Database& database, const query::WordList& list,
                             const query::WeightShape& shape)
    : list_(list) {
  const double average_length = database.get_avlength();
  least_length_ = database.get_doclength_lower_bound();
  words_.reserve(list.words.size());
  for (const query::ListedWord& word : list.words) {
    ListedWordCursor& cursor = words_.emplace_back(database, word, shape, average_length);
    if (word.choice == Choice::kEvery) every_.push_back(&cursor);
    if (word.choice == Choice::kAny) choosing_.push_back(&cursor);
    if (word.choice == Choice::kOptional) optional_most_ += cursor.most();
  }
  for (const std::string& term : list.filters) filters_.emplace_back(database, term);
  for (const query::WeighedTerms& part : list.excluded) {
    for (const std::string& term : part.terms) excluded_.emplace_back(database, term);
  }
  if (list.rank.share() > 0) {
    rank_ = query::DocumentRankReader(database, list.rank);
    rank_most_ = list.rank_worth * list.rank.share();
  }
  std::sort(choosing_.begin(), choosing_.end(),
            [](const auto* a, const auto* b) { return a->most() < b->most(); });
  drivers_ = choosing_;
  SortByPostings(every_);
}

void WordListMatch::LookAtClock(Instant deadline) {
  if (calls_++ % kCallsPerLook == 0 && std::chrono::steady_clock::now() > deadline) throw DeadlinePassed();
}

Xapian::docid WordListMatch::NextCandidate(Xapian::docid from) {
  Xapian::docid docid = from;
  if (every_.empty()) {
    docid = PostingCursor::kEnd;
    for (ListedWordCursor* word : drivers_) {
      word->SkipTo(from);
      docid = std::min(docid, word->docid());
    }
    return docid;
  }
  for (std::size_t agreed = 0, i = 0; agreed < every_.size() && docid != PostingCursor::kEnd;
       i = (i + 1) % every_.size()) {
    every_[i]->SkipTo(docid);
    agreed = every_[i]->docid() == docid ? agreed + 1 : 1;
    docid = every_[i]->docid();
  }
  return docid;
}

bool WordListMatch::Excluded(Xapian::docid docid) {
  const auto stands_at = [&](PostingCursor& cursor) {
    cursor.SkipTo(docid);
    return cursor.docid() == docid;
  };
  return std::any_of(excluded_.begin(), excluded_.end(), stands_at) ||
         !std::all_of(filters_.begin(), filters_.end(), stands_at);
}

// Of the words that choose, those without which a document weighs no more than `least` need not be looked
// for; if they are all of them, only documents with every word are left.
void WordListMatch::ChooseDrivers(double least) {
  if (!every_.empty()) return;
  double most = optional_most_ + rank_most_;
  std::size_t passed_over = 0;
  while (passed_over < choosing_.size() && most + choosing_[passed_over]->most() <= least)
    most += choosing_[passed_over++]->most();
  drivers_.assign(choosing_.begin() + static_cast<std::ptrdiff_t>(passed_over), choosing_.end());
  if (!drivers_.empty() || most + list_.boost <= least) return;
  for (ListedWordCursor& word : words_) {
    if (word.beside()) every_.push_back(&word);
  }
  SortByPostings(every_);
}

// At most, by what is known: words that were not looked for at `docid` may be there.
double WordListMatch::MostAt(Xapian::docid docid) const {
  double most = rank_most_;
  bool all = true;
  for (const ListedWordCursor& word : words_) {
    if (word.docid() > docid) {
      all = all && !word.beside();
    } else {
      most += word.most();
    }
  }
  return all ? most + list_.boost : most;
}

double WordListMatch::WordsWeight(Xapian::docid docid, DocumentLength& length) const {
  double weight = 0;
  for (const ListedWordCursor& word : words_) {
    if (word.docid() == docid) weight += word.Weight(length);
  }
  return weight;
}

double WordListMatch::WeightOf(Xapian::docid docid, double least) {
  bool all = true;
  double bonus_most = rank_most_;
  for (ListedWordCursor& word : words_) {
    word.SkipTo(docid);
    if (word.docid() == docid) {
      bonus_most += word.bonus_most();
    } else {
      all = all && !word.beside();
    }
  }
  if (all) bonus_most += list_.boost;
  if (least >= 0) {
    // No document is shorter, and none weighs more than it would as such: most need not be asked their
    // length.
    DocumentLength shortest(least_length_);
    if (WordsWeight(docid, shortest) + bonus_most <= least) return -1;
  }
  DocumentLength length;
  double weight = WordsWeight(docid, length);
  if (weight + bonus_most <= least) return -1;
  for (ListedWordCursor& word : words_) {
    if (word.docid() == docid) weight += word.Bonus(length);
  }
  if (all) weight += list_.boost;
  if (rank_most_ > 0) weight += list_.rank_worth * rank_.ShareOf(docid);
  return weight;
}

void WordListMatch::CheckMet(std::uint64_t met) const {
  std::uint64_t due = 0;
  for (const ListedWordCursor* word : choosing_) due = std::max(due, word->most_frequent());
  if (every_.empty() && met < due) throw ShortPostings();
}

void WordListMatch::Drive(const ListAsked& asked, BestDocuments& best, ListFound& found) {
  std::uint64_t met = 0;
  for (Xapian::docid docid = 1; (docid = NextCandidate(docid)) != PostingCursor::kEnd; ++docid) {
    LookAtClock(asked.deadline);
    ++met;
    const bool hopeless = MostAt(docid) <= best.least();
    if (hopeless && !asked.count) continue;
    if (!Passes(docid, asked.among)) continue;
    if (best.Count(docid)) ++found.matches;
    if (hopeless) continue;
    const double weight = WeightOf(docid, best.least());
    if (weight > best.least() && best.Offer({docid, weight}) && !asked.count) ChooseDrivers(best.least());
  }
  if (asked.count) CheckMet(met);
}

ListFound WordListMatch::Best(const ListAsked& asked) {
  BestDocuments best(asked.keep, asked.copies);
  ListFound found;
  if (asked.keep == 0 && !asked.count) return found;
  try {
    Drive(asked, best, found);
  } catch (const DeadlinePassed&) {
    found.complete = false;
  }
  found.best = best.Sorted();
  return found;
}

ListFound WordListMatch::BestWithAllWords(const ListAsked& asked) {
  every_.clear();
  for (ListedWordCursor& word : words_) every_.push_back(&word);
  SortByPostings(every_);
  return Best(asked);
}

bool WordListMatch::All(const DocSet* among, Instant deadline, std::vector<Candidate>& found) {
  found.clear();
  try {
    std::uint64_t met = 0;
    for (Xapian::docid docid = 1; (docid = NextCandidate(docid)) != PostingCursor::kEnd; ++docid, ++met) {
      LookAtClock(deadline);
      if (!Passes(docid, among)) continue;
      found.push_back({docid, WeightOf(docid, -1)});
    }
    CheckMet(met);
  } catch (const DeadlinePassed&) {
    return false;
  }
  return true;
}

}  // namespace quipu::search
