// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/suggester.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/index/text_store.h"
#include "core/text/char_class.h"
#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace quipu::search {
namespace {

constexpr std::size_t kMaxTitles = 200'000;
constexpr std::size_t kMaxTitleBytes = 300;
constexpr std::size_t kMaxStartsOfTitle = 16;
constexpr std::size_t kMaxHeadings = 20;  // of a document
constexpr std::uint32_t kDocumentsPerLook = 256;
// A word of more than a third of the documents is no suggestion, unless there are few documents.
constexpr std::uint64_t kFewDocuments = 50;
// One that begins or ends with a word of more than a tenth of them is no phrase.
constexpr std::uint64_t kEmptyShare = 10;
constexpr std::size_t kShortestTerm = 3;
constexpr std::size_t kMeantWords = 3;  // tried if nothing begins as typed
constexpr std::size_t kShortestMeant = 4;

bool IsInWord(text::CharClass kind) {
  using enum text::CharClass;
  return text::IsLetter(kind) || kind == kDigit || kind == kMark || kind == kIdeograph || kind == kDictionary;
}

text::CharClass ClassAt(std::string_view text, std::size_t at) {
  const text::Utf8Char next = text::DecodeUtf8(text, at);
  return next.code == text::Utf8Char::kMalformed ? text::CharClass::kOther : text::ClassOf(next.code);
}

// Where one may begin to type a folded title: its words, and every ideograph.
std::vector<std::uint32_t> StartsOf(std::string_view folded) {
  std::vector<std::uint32_t> starts;
  for (std::size_t at = 0; at < folded.size() && starts.size() < kMaxStartsOfTitle;) {
    const bool after_space = at == 0 || folded[at - 1] == ' ';
    if (folded[at] != ' ' && (after_space || ClassAt(folded, at) == text::CharClass::kIdeograph))
      starts.push_back(static_cast<std::uint32_t>(at));
    at += std::max<std::uint32_t>(1, text::DecodeUtf8(folded, at).bytes);
  }
  return starts;
}

// The items of [first, last) with the least keys, in order; `limit` is small.
template <typename Key>
std::vector<std::uint32_t> Least(std::uint32_t first, std::uint32_t last, std::size_t limit, const Key& key) {
  using Entry = std::pair<std::uint64_t, std::uint32_t>;
  std::vector<Entry> heap;
  for (std::uint32_t i = first; i < last && limit > 0; ++i) {
    const Entry entry(key(i), i);
    if (heap.size() == limit && entry >= heap.front()) continue;
    if (heap.size() == limit) {
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    heap.push_back(entry);
    std::push_heap(heap.begin(), heap.end());
  }
  std::sort(heap.begin(), heap.end());
  std::vector<std::uint32_t> items;
  items.reserve(heap.size());
  for (const Entry& entry : heap) items.push_back(entry.second);
  return items;
}

}  // namespace

std::string FoldForSuggesting(std::string_view text) {
  const std::string folded = text::Fold(text);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const text::Utf8Char next = text::DecodeUtf8(folded, at);
    const std::uint32_t bytes = std::max<std::uint32_t>(1, next.bytes);
    const text::CharClass kind = ClassAt(folded, at);
    if (IsInWord(kind)) {
      out.append(folded, at, bytes);
    } else if (kind != text::CharClass::kApostrophe && !out.empty() && out.back() != ' ') {
      out += ' ';
    }
    at += bytes;
  }
  return out;
}

/// Collects distinct suggestions up to a limit.
class Suggester::List {
 public:
  explicit List(std::size_t limit) : limit_(limit) {}

  bool full() const { return found_.size() >= limit_; }
  bool empty() const { return found_.empty(); }

  void Add(Suggestion suggestion) {
    if (full()) return;
    std::string key = FoldForSuggesting(suggestion.text);
    while (key.ends_with(' ')) key.pop_back();
    if (key.empty() || !seen_.insert(std::move(key)).second) return;
    found_.push_back(std::move(suggestion));
  }

  std::vector<Suggestion> Take() { return std::move(found_); }

 private:
  std::size_t limit_;
  std::vector<Suggestion> found_;
  std::unordered_set<std::string> seen_;
};

Suggester::Suggester(std::vector<Title> titles, std::vector<CountedPhrase> phrases,
                     std::shared_ptr<const query::Vocabulary> vocabulary, std::uint64_t documents)
    : phrases_(std::move(phrases)),
      vocabulary_(std::move(vocabulary)),
      too_frequent_(documents < kFewDocuments ? static_cast<std::uint32_t>(documents + 1)
                                              : static_cast<std::uint32_t>(documents / 3)) {
  DropEmptyPhrases(documents);
  AddTitles(std::move(titles));
}

// "of the", "report of": a phrase begins and ends with a word that says something.
void Suggester::DropEmptyPhrases(std::uint64_t documents) {
  if (!vocabulary_ || documents < kFewDocuments) return;
  const auto says_nothing = [&](std::string_view word) {
    const auto number = vocabulary_->Find(word);
    return number && vocabulary_->Frequency(*number) * kEmptyShare > documents;
  };
  std::erase_if(phrases_, [&](const CountedPhrase& phrase) {
    const std::string_view folded = phrase.folded;
    return says_nothing(folded.substr(0, folded.find(' '))) ||
           says_nothing(folded.substr(folded.rfind(' ') + 1));
  });
}

// Titles of several documents become one, of the best of them.
void Suggester::AddTitles(std::vector<Title> titles) {
  struct Known {
    Title title;
    std::uint32_t times = 0;
  };
  std::unordered_map<std::string, Known> distinct;
  for (Title& title : titles) {
    std::string folded = FoldForSuggesting(title.text);
    while (folded.ends_with(' ')) folded.pop_back();
    if (folded.empty()) continue;
    Known& known = distinct[std::move(folded)];
    if (known.times++ == 0 || title.rank > known.title.rank) known.title = std::move(title);
  }
  std::vector<std::pair<const std::string*, Known*>> order;
  for (auto& [folded, known] : distinct) order.emplace_back(&folded, &known);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    if (a.second->title.rank != b.second->title.rank) return a.second->title.rank > b.second->title.rank;
    if (a.second->times != b.second->times) return a.second->times > b.second->times;
    return *a.first < *b.first;
  });
  titles_.reserve(order.size());
  for (const auto& [folded, known] : order) {
    const auto number = static_cast<std::uint32_t>(titles_.size());
    for (const std::uint32_t offset : StartsOf(*folded))
      starts_.push_back({.title = number, .offset = offset});
    titles_.push_back(
        {.text = std::move(known->title.text), .url = std::move(known->title.url), .folded = *folded});
  }
  std::sort(starts_.begin(), starts_.end(),
            [this](const Start& a, const Start& b) { return From(a) < From(b); });
}

std::unique_ptr<Suggester> Suggester::Read(const index::IndexReader& reader,
                                           std::shared_ptr<const query::Vocabulary> vocabulary,
                                           const std::stop_token& stop) {
  const Xapian::Database& database = reader.database();
  std::vector<Title> titles;
  PhraseCounter phrases;
  std::uint32_t seen = 0;
  for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
    if (++seen % kDocumentsPerLook == 0 && stop.stop_requested()) return nullptr;
    if (titles.size() >= kMaxTitles) break;
    schema::Document document = reader.StoredDocument(*at);
    phrases.Add(document.title);
    const index::TextHeader header = index::ReadTextHeader(database, reader.TextNumber(*at));
    std::size_t headings = 0;
    for (const schema::Segment& segment : header.segments) {
      if (segment.heading.empty() || ++headings > kMaxHeadings) continue;
      phrases.Add(segment.heading);
    }
    phrases.EndDocument();
    if (document.title.empty() || document.title.size() > kMaxTitleBytes) continue;
    titles.push_back(
        {.text = std::move(document.title), .url = std::move(document.url), .rank = document.boost});
  }
  return std::make_unique<Suggester>(std::move(titles), phrases.Take(), std::move(vocabulary),
                                     database.get_doccount());
}

std::vector<std::uint32_t> Suggester::BestTitles(const std::string& beginning, std::size_t limit) const {
  const auto first =
      std::lower_bound(starts_.begin(), starts_.end(), std::string_view(beginning),
                       [this](const Start& start, std::string_view sought) { return From(start) < sought; });
  const auto last = std::partition_point(
      first, starts_.end(), [&](const Start& start) { return From(start).starts_with(beginning); });
  // A title that begins so comes before one that has such a word inside. A title may be here several times.
  const auto places = Least(
      static_cast<std::uint32_t>(first - starts_.begin()), static_cast<std::uint32_t>(last - starts_.begin()),
      2 * limit,
      [this](std::uint32_t i) { return (std::uint64_t{starts_[i].offset != 0} << 32) | starts_[i].title; });
  std::vector<std::uint32_t> titles;
  for (const std::uint32_t place : places) {
    const std::uint32_t title = starts_[place].title;
    if (titles.size() < limit && std::find(titles.begin(), titles.end(), title) == titles.end())
      titles.push_back(title);
  }
  return titles;
}

std::vector<std::uint32_t> Suggester::BestPhrases(const std::string& beginning, std::size_t limit) const {
  const auto first = std::lower_bound(
      phrases_.begin(), phrases_.end(), beginning,
      [](const CountedPhrase& phrase, const std::string& sought) { return phrase.folded < sought; });
  const auto last = std::partition_point(first, phrases_.end(), [&](const CountedPhrase& phrase) {
    return phrase.folded.starts_with(beginning);
  });
  return Least(static_cast<std::uint32_t>(first - phrases_.begin()),
               static_cast<std::uint32_t>(last - phrases_.begin()), limit,
               [this](std::uint32_t i) { return std::uint64_t{~phrases_[i].documents}; });
}

std::vector<query::Vocabulary::Number> Suggester::BestTerms(std::string_view beginning,
                                                            std::size_t limit) const {
  if (!vocabulary_ || beginning.empty()) return {};
  const auto [first, last] = vocabulary_->WithPrefix(beginning);
  constexpr std::uint64_t kNever = ~std::uint64_t{0};
  auto best = Least(first, last, limit, [this](std::uint32_t i) {
    const std::uint32_t frequency = vocabulary_->Frequency(i);
    return frequency > too_frequent_ ? kNever : std::uint64_t{~frequency};
  });
  std::erase_if(best, [this](std::uint32_t i) {
    return vocabulary_->Frequency(i) > too_frequent_ || vocabulary_->Word(i).size() < kShortestTerm;
  });
  return best;
}

// Half of the room is for titles, a quarter for phrases; what one kind leaves free, the others take.
void Suggester::Complete(const std::string& beginning, std::size_t limit, List& list) const {
  const auto titles = BestTitles(beginning, limit);
  const auto phrases = BestPhrases(beginning, limit);
  const std::size_t space = beginning.rfind(' ');
  const std::string before = space == std::string::npos ? "" : beginning.substr(0, space + 1);
  const auto terms = BestTerms(std::string_view(beginning).substr(before.size()), limit);
  const auto add_title = [&](std::size_t i) {
    const ShownTitle& title = titles_[titles[i]];
    list.Add({.text = title.text, .kind = SuggestionKind::kTitle, .url = title.url});
  };
  const auto add_phrase = [&](std::size_t i) {
    list.Add({.text = phrases_[phrases[i]].text, .kind = SuggestionKind::kPhrase, .url = {}});
  };
  const auto add_term = [&](std::size_t i) {
    list.Add({.text = before + vocabulary_->Written(terms[i]), .kind = SuggestionKind::kTerm, .url = {}});
  };
  const std::size_t many_titles = std::min(titles.size(), (limit + 1) / 2);
  const std::size_t many_phrases = std::min(phrases.size(), (limit + 3) / 4);
  // Words behind other words are guesses, since nobody knows whether they ever stand together.
  const std::size_t many_terms = before.empty() ? std::min(terms.size(), (limit + 3) / 4) : 0;
  for (std::size_t i = 0; i < many_titles; ++i) add_title(i);
  for (std::size_t i = 0; i < many_phrases; ++i) add_phrase(i);
  for (std::size_t i = 0; i < many_terms; ++i) add_term(i);
  for (std::size_t i = many_titles; i < titles.size(); ++i) add_title(i);
  for (std::size_t i = many_phrases; i < phrases.size(); ++i) add_phrase(i);
  for (std::size_t i = many_terms; i < terms.size() && before.empty(); ++i) add_term(i);
}

// Nothing begins as typed: the words that its last one may be the beginning of, with a letter put right.
void Suggester::CompleteMeant(const std::string& beginning, std::size_t limit, List& list) const {
  const std::size_t space = beginning.rfind(' ');
  const std::size_t at = space == std::string::npos ? 0 : space + 1;
  const std::string last = beginning.substr(at);
  if (!vocabulary_ || query::LettersOf(last).size() < kShortestMeant) return;
  for (const auto& near : vocabulary_->FindNearPrefix(last, 1, kMeantWords)) {
    Complete(beginning.substr(0, at) + vocabulary_->Word(near.number), limit, list);
  }
}

std::vector<Suggestion> Suggester::Suggest(std::string_view q, std::size_t limit) const {
  const std::string beginning = FoldForSuggesting(q);
  List list(limit);
  if (beginning.empty() || beginning == " " || limit == 0) return {};
  Complete(beginning, limit, list);
  if (list.empty()) CompleteMeant(beginning, limit, list);
  return list.Take();
}

std::size_t Suggester::bytes() const {
  std::size_t bytes = starts_.capacity() * sizeof(Start) + titles_.capacity() * sizeof(ShownTitle) +
                      phrases_.capacity() * sizeof(CountedPhrase);
  for (const ShownTitle& title : titles_)
    bytes += title.text.capacity() + title.url.capacity() + title.folded.capacity();
  for (const CountedPhrase& phrase : phrases_) bytes += phrase.folded.capacity() + phrase.text.capacity();
  return bytes;
}

}  // namespace quipu::search
