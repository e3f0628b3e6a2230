// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/proximity.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/schema/field.h"

namespace quipu::search {
namespace {

// Where one form of a word stands, in the documents that are asked for one after another.
class FormCursor {
 public:
  FormCursor(const Xapian::Database& database, const std::string& term)
      : at_(database.postlist_begin(term)), end_(database.postlist_end(term)) {}

  bool done() const { return at_ == end_; }
  bool MoveTo(Xapian::docid docid) {
    if (at_ == end_) return false;
    at_.skip_to(docid);
    return at_ != end_ && *at_ == docid;
  }
  void Read(std::vector<std::uint32_t>& positions) const {
    std::size_t read = 0;
    for (auto position = at_.positionlist_begin();
         position != at_.positionlist_end() && read < Proximity::kMaxPositions; ++position, ++read) {
      positions.push_back(*position);
    }
  }

 private:
  Xapian::PostingIterator at_, end_;
};

// A word in one field.
struct WordCursor {
  std::vector<FormCursor> forms;
  std::vector<const FormCursor*> here;
  std::vector<std::uint32_t> positions;
  bool read = false;

  void MoveTo(Xapian::docid docid) {
    here.clear();
    positions.clear();
    read = false;
    for (FormCursor& form : forms) {
      if (form.MoveTo(docid)) here.push_back(&form);
    }
  }
  const std::vector<std::uint32_t>& Positions() {
    if (read) return positions;
    read = true;
    for (const FormCursor* form : here) form->Read(positions);
    if (here.size() > 1) std::sort(positions.begin(), positions.end());
    return positions;
  }
};

using FieldCursors = std::vector<WordCursor>;  // of each word of the query

FieldCursors CursorsOf(const Xapian::Database& database, const std::string& prefix,
                       std::span<const NearWord> words) {
  FieldCursors cursors(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string& form : words[i].forms) {
      const std::string term = prefix + form;
      if (term.size() > schema::kMaxTermBytes) continue;
      FormCursor cursor(database, term);
      if (!cursor.done()) cursors[i].forms.push_back(std::move(cursor));
    }
  }
  return cursors;
}

double Together(WordCursor& first, WordCursor& second, std::uint32_t window) {
  if (first.here.empty() || second.here.empty()) return 0;
  return CountNear(first.Positions(), second.Positions(), window);
}

}  // namespace

double CountNear(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
                 std::uint32_t window) {
  if (first.size() > second.size()) std::swap(first, second);
  double count = 0;
  std::size_t from = 0;
  for (const std::uint32_t position : first) {
    while (from < second.size() && second[from] + window < position) ++from;
    std::size_t near = from;
    if (near < second.size() && second[near] == position) ++near;
    if (near < second.size() && second[near] <= position + window) ++count;
  }
  return count;
}

Proximity::Proximity(const Xapian::Database& database, std::vector<NearWord> words,
                     const ProximityShape& shape)
    : database_(database), words_(std::move(words)), shape_(shape) {
  if (shape.share <= 0) return;
  std::erase_if(words_,
                [&](const NearWord& word) { return word.rarity < shape.least_rarity || word.forms.empty(); });
  if (words_.size() > shape.most_words) words_.resize(shape.most_words);
  const auto add = [&](std::size_t first, std::size_t second, double share) {
    if (words_[first].forms == words_[second].forms || share <= 0) return;
    const double worth = shape.share * share * std::min(words_[first].rarity, words_[second].rarity);
    pairs_.push_back({first, second, worth});
    best_ += worth;
  };
  for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
    add(i, i + 1, 1);
    if (i + 2 < words_.size()) add(i, i + 2, shape.far_share);
  }
}

void Proximity::AddTo(std::span<Candidate> documents, Instant deadline) const {
  if (pairs_.empty()) return;
  std::vector<FieldCursors> fields;
  fields.push_back(CursorsOf(database_, "", words_));
  fields.push_back(CursorsOf(database_, std::string(schema::FindField("title")->prefix), words_));
  const double average = std::max(1.0, database_.get_avlength());
  for (Candidate& document : documents) {
    if (std::chrono::steady_clock::now() > deadline) throw DeadlinePassed();
    for (FieldCursors& words : fields) {
      for (WordCursor& word : words) word.MoveTo(document.docid);
    }
    double k = 0;
    for (const Pair& pair : pairs_) {
      double count = 0;
      for (FieldCursors& words : fields)
        count += Together(words[pair.first], words[pair.second], shape_.window);
      if (count <= 0) continue;
      if (k <= 0)
        k = shape_.k1 * (1 - shape_.b + shape_.b * database_.get_doclength(document.docid) / average);
      document.weight += pair.worth * count / (count + k);
    }
  }
}

}  // namespace quipu::search
