// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/listed_word_cursor.h"

namespace quipu::search {

WeighedCursor::WeighedCursor(const Xapian::Database& database, const query::WeighedTerms& terms,
                             const query::PartWeight& weight)
    : weight_(weight), most_(terms.worth) {
  cursors_.reserve(terms.terms.size());
  for (const std::string& term : terms.terms) cursors_.emplace_back(database, term);
}

ListedWordCursor::ListedWordCursor(const Xapian::Database& database, const query::ListedWord& word,
                                   const query::WeightShape& shape, double average_length)
    : choice_(word.choice), beside_(word.beside) {
  const auto open = [&](const std::vector<query::WeighedTerms>& parts, std::vector<WeighedCursor>& cursors) {
    double most = 0;
    cursors.reserve(parts.size());
    for (const query::WeighedTerms& part : parts) {
      cursors.emplace_back(database, part, query::PartWeight(shape, part.kind, part.worth, average_length));
      most += part.worth;
    }
    return most;
  };
  readings_.reserve(word.readings.size());
  for (const query::Reading& reading : word.readings) {
    Reading& opened = readings_.emplace_back();
    most_ = std::max(most_, open(reading.any, opened.any));
    bonus_most_ = std::max(bonus_most_, open(reading.bonus, opened.bonus));
    for (const query::WeighedTerms& part : reading.any) {
      for (const std::string& term : part.terms) {
        const std::uint64_t frequency = database.get_termfreq(term);
        postings_ += frequency;
        most_frequent_ = std::max(most_frequent_, frequency);
      }
    }
  }
  most_ += bonus_most_;
}

double ListedWordCursor::Bonus(DocumentLength& length) {
  double best = 0;
  for (Reading& reading : readings_) {
    double sum = 0;
    for (WeighedCursor& part : reading.bonus) {
      if (part.SkipTo(docid_) == docid_) sum += part.WeightAt(docid_, length);
    }
    best = std::max(best, sum);
  }
  return best;
}

}  // namespace quipu::search
