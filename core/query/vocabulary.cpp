// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/vocabulary.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/query/near_words.h"
#include "core/schema/field.h"
#include "core/text/char_class.h"
#include "core/text/fold.h"
#include "core/text/utf8.h"

namespace quipu::query {
namespace {

// Beyond this a word of one document is mostly what a bad scan or a table left.
constexpr std::size_t kLongestPlausible = 24;
// How many terms are read between two looks at the stop token.
constexpr std::uint32_t kTermsPerLook = 4096;
// Words begin behind the capitals of the prefixes; what stands before those begins with a digit.
constexpr std::string_view kFirstWord = "[";

bool IsLetterLike(char32_t code) {
  if (code < 0x80) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
  const text::CharClass kind = text::ClassOf(code);
  return text::IsLetter(kind) || kind == text::CharClass::kMark;
}

bool IsVowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

// What nobody looks for: "xxxxviii", "bcdfgh", words glued together by a lost space.
bool LooksLikeJunk(const std::string& word) {
  if (word.size() > kLongestPlausible) return true;
  bool vowel = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (static_cast<unsigned char>(word[i]) >= 0x80) return false;
    vowel = vowel || IsVowel(word[i]);
    if (i >= 2 && word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
  }
  return !vowel && word.size() > 4;
}

// Keeps words while they fit, and the more frequent ones when they do not.
class Collector {
 public:
  explicit Collector(std::size_t max_words) : max_words_(max_words) {}

  void Add(std::string word, std::uint32_t frequency) {
    if (Refused(word, frequency)) return;
    words_.push_back({.folded = std::move(word), .frequency = frequency});
    while (words_.size() > max_words_) {
      if (drop_junk_) ++least_;
      drop_junk_ = true;
      std::erase_if(words_, [&](const auto& entry) { return Refused(entry.folded, entry.frequency); });
    }
  }

  std::vector<Vocabulary::Entry> Take() { return std::move(words_); }

 private:
  bool Refused(const std::string& word, std::uint32_t frequency) const {
    return frequency < least_ || (drop_junk_ && frequency == 1 && LooksLikeJunk(word));
  }

  std::size_t max_words_;
  std::uint32_t least_ = 1;
  bool drop_junk_ = false;
  std::vector<Vocabulary::Entry> words_;
};

std::string ToUtf8(std::u16string_view letters) {
  std::string out;
  for (const char16_t letter : letters) text::AppendUtf8(out, letter);
  return out;
}

}  // namespace

std::u16string LettersOf(std::string_view folded) {
  std::u16string letters;
  for (std::size_t at = 0; at < folded.size();) {
    const text::Utf8Char next = text::DecodeUtf8(folded, at);
    if (next.code > 0xFFFF || !IsLetterLike(next.code) || letters.size() == kMaxVocabularyLetters) return {};
    letters += static_cast<char16_t>(next.code);
    at += next.bytes;
  }
  if (letters.size() < kMinVocabularyLetters) letters.clear();
  return letters;
}

Vocabulary::Vocabulary(std::vector<Entry> entries) {
  std::erase_if(entries, [](const Entry& entry) { return LettersOf(entry.folded).empty(); });
  // Code points and the bytes of UTF-8 have one order.
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.folded < b.folded; });
  begins_.reserve(entries.size() + 1);
  frequencies_.reserve(entries.size());
  shared_.reserve(entries.size());
  begins_.push_back(0);
  std::u16string before;
  for (const Entry& entry : entries) {
    const std::u16string letters = LettersOf(entry.folded);
    const auto differ = std::mismatch(letters.begin(), letters.end(), before.begin(), before.end());
    shared_.push_back(static_cast<std::uint8_t>(differ.first - letters.begin()));
    frequencies_.push_back(entry.frequency);
    letters_ += letters;
    begins_.push_back(static_cast<std::uint32_t>(letters_.size()));
    before = letters;
  }
  letters_.shrink_to_fit();
}

Vocabulary Vocabulary::Read(const Xapian::Database& database, const std::stop_token& stop,
                            std::size_t max_words) {
  Collector words(max_words);
  std::uint32_t seen = 0;
  const auto stopped = [&] { return ++seen % kTermsPerLook == 0 && stop.stop_requested(); };
  auto term = database.allterms_begin();
  const auto end = database.allterms_end();
  for (term.skip_to(std::string(kFirstWord)); term != end; ++term) {
    if (stopped()) return {};
    std::string word = *term;
    if (!LettersOf(word).empty()) words.Add(std::move(word), term.get_termfreq());
  }
  Vocabulary vocabulary(words.Take());
  const std::string prefix(schema::kExactPrefix);
  std::vector<Entry> exact;
  for (auto form = database.allterms_begin(prefix); form != database.allterms_end(prefix); ++form) {
    if (stopped()) return {};
    std::string written = (*form).substr(prefix.size());
    // Exact forms of a single field have its prefix, a capital; those of the whole document have none.
    if (written.empty() || (written[0] >= 'A' && written[0] <= 'Z')) continue;
    exact.push_back({.folded = std::move(written), .frequency = form.get_termfreq()});
  }
  vocabulary.NoteWritten(exact);
  return vocabulary;
}

void Vocabulary::NoteWritten(const std::vector<Entry>& exact_forms) {
  std::vector<std::pair<Number, const Entry*>> mostly;
  for (const Entry& form : exact_forms) {
    const auto number = Find(text::StripMarks(form.folded));
    if (number && form.frequency * std::uint64_t{2} > frequencies_[*number])
      mostly.emplace_back(*number, &form);
  }
  std::sort(mostly.begin(), mostly.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->frequency > b.second->frequency;
  });
  written_.clear();
  written_forms_.clear();
  for (const auto& [number, form] : mostly) {
    if (!written_.empty() && written_.back().first == number) continue;
    written_.emplace_back(number, static_cast<std::uint32_t>(written_forms_.size()));
    written_forms_.append(form->folded).push_back('\0');
  }
}

std::size_t Vocabulary::bytes() const {
  return letters_.capacity() * sizeof(char16_t) + begins_.capacity() * sizeof(std::uint32_t) +
         frequencies_.capacity() * sizeof(std::uint32_t) + shared_.capacity() +
         written_.capacity() * sizeof(written_[0]) + written_forms_.capacity();
}

std::string Vocabulary::Word(Number number) const { return ToUtf8(Letters(number)); }

std::string Vocabulary::Written(Number number) const {
  const auto found = std::lower_bound(written_.begin(), written_.end(), number,
                                      [](const auto& form, Number sought) { return form.first < sought; });
  if (found == written_.end() || found->first != number) return Word(number);
  return written_forms_.c_str() + found->second;
}

Vocabulary::Number Vocabulary::LowerBound(std::u16string_view letters) const {
  Number low = 0;
  auto high = static_cast<Number>(size());
  while (low < high) {
    const Number middle = low + (high - low) / 2;
    if (Letters(middle) < letters) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<Vocabulary::Number> Vocabulary::Find(std::string_view folded) const {
  const std::u16string letters = LettersOf(folded);
  if (letters.empty()) return std::nullopt;
  const Number number = LowerBound(letters);
  if (number == size() || Letters(number) != letters) return std::nullopt;
  return number;
}

std::pair<Vocabulary::Number, Vocabulary::Number> Vocabulary::WithPrefix(std::string_view prefix) const {
  std::u16string letters;
  for (std::size_t at = 0; at < prefix.size();) {
    const text::Utf8Char next = text::DecodeUtf8(prefix, at);
    if (next.code > 0xFFFF) return {0, 0};
    letters += static_cast<char16_t>(next.code);
    at += next.bytes;
  }
  if (letters.empty()) return {0, static_cast<Number>(size())};
  const Number first = LowerBound(letters);
  // U+FFFF is no character: it stands behind all that begin so.
  letters += char16_t{0xFFFF};
  return {first, LowerBound(letters)};
}

std::vector<Vocabulary::Neighbour> Vocabulary::FindNear(std::string_view folded, int max_edits,
                                                        std::size_t keep) const {
  return Search(folded, max_edits, false, keep);
}

std::vector<Vocabulary::Neighbour> Vocabulary::FindNearPrefix(std::string_view folded, int max_edits,
                                                              std::size_t keep) const {
  return Search(folded, max_edits, true, keep);
}

// The words are walked in order; the rows of the table of distances that belong to letters which a word
// shares with the one before it are still right, and where all ways are too long already, every word that
// goes on from there is passed over.
std::vector<Vocabulary::Neighbour> Vocabulary::Search(std::string_view folded, int max_edits, bool prefix,
                                                      std::size_t keep) const {
  std::vector<Neighbour> found;
  const std::u16string sought = LettersOf(folded);
  if (sought.empty() || keep == 0) return found;
  DistanceRows rows(sought, std::clamp(max_edits, 1, kMaxEdits));
  const auto end = static_cast<Number>(size());
  std::size_t valid = 0;  // rows that hold for the word before
  for (Number number = 0; number < end;) {
    const std::u16string_view word = Letters(number);
    std::size_t depth = std::min<std::size_t>(valid, shared_[number]);
    bool alive = true;
    int best_prefix = depth == 0 ? kMaxEdits + 1 : rows.BestPrefix(depth);
    while (depth < word.size() && alive) {
      alive = rows.Extend(depth, word);
      if (alive) ++depth;
      if (alive && prefix) best_prefix = rows.BestPrefix(depth);
    }
    valid = depth;
    const int edits = prefix ? best_prefix : (alive ? rows.Distance(depth) : kMaxEdits + 1);
    if (edits <= rows.max_edits() && word != sought)
      found.push_back({.number = number, .edits = static_cast<std::uint8_t>(edits)});
    ++number;
    if (alive) continue;
    // Row depth + 1 was too far: words that share those letters are too.
    if (prefix && best_prefix <= rows.max_edits()) {
      while (number < end && shared_[number] > depth) {
        found.push_back({.number = number, .edits = static_cast<std::uint8_t>(best_prefix)});
        ++number;
      }
      continue;
    }
    while (number < end && shared_[number] > depth) ++number;
  }
  const auto better = [this](const Neighbour& a, const Neighbour& b) {
    if (a.edits != b.edits) return a.edits < b.edits;
    return frequencies_[a.number] != frequencies_[b.number] ? frequencies_[a.number] > frequencies_[b.number]
                                                            : a.number < b.number;
  };
  const std::size_t kept = std::min(keep, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), better);
  found.resize(kept);
  return found;
}

}  // namespace quipu::query
