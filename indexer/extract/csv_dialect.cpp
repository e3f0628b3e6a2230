// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/csv_dialect.h"

#include <algorithm>
#include <array>

namespace quipu::extract {
namespace {

constexpr std::size_t kSampleBytes = 64U << 10;
constexpr std::size_t kSampleRecords = 50;
constexpr std::size_t kMaxQuoted = 1U << 20;

/// How well `separator` cuts the sample: records that have as many fields as the most have, times those
/// fields; nothing if most records are not cut at all.
std::size_t Score(std::string_view sample, char separator) {
  CsvRecords records(sample, separator);
  std::vector<std::string> fields;
  std::vector<std::size_t> counts;
  while (counts.size() < kSampleRecords && records.Next(fields)) {
    if (fields.size() > 1 || !fields.front().empty()) counts.push_back(fields.size());
  }
  std::size_t best = 0;
  for (const std::size_t count : counts) {
    if (count < 2) continue;
    const auto same = static_cast<std::size_t>(std::count(counts.begin(), counts.end(), count));
    // Regularity counts more than the number of columns: text in cells is full of commas.
    best = std::max(best, same * 1000 / counts.size() * 100 + std::min<std::size_t>(count, 99));
  }
  return best;
}

}  // namespace

char FindCsvSeparator(std::string_view utf8) {
  std::string_view sample = utf8.substr(0, kSampleBytes);
  if (sample.size() < utf8.size()) sample = sample.substr(0, sample.find_last_of('\n'));
  // Excel's own way of telling.
  if (sample.substr(0, 4) == "sep=" && sample.size() > 4) return sample[4];
  // Of two that cut equally well, the comma is the one that text and numbers have too.
  char best = ',';
  std::size_t best_score = 0;
  for (const char separator : {'\t', ';', '|', ','}) {
    const std::size_t score = Score(sample, separator);
    if (score > best_score) best = separator;
    best_score = std::max(best_score, score);
  }
  return best;
}

/// A field in quotes, up to the quote that closes it; its line's end if none does.
std::string CsvRecords::Quoted() {
  const std::string_view all = rest_;
  rest_.remove_prefix(1);
  std::string field;
  while (!rest_.empty() && field.size() < kMaxQuoted) {
    const std::size_t quote = std::min(rest_.find('"'), rest_.size());
    field += rest_.substr(0, quote);
    rest_.remove_prefix(quote);
    if (rest_.empty()) break;
    rest_.remove_prefix(1);
    if (rest_.substr(0, 1) != "\"") return field;
    field += '"';
    rest_.remove_prefix(1);
  }
  rest_ = all;
  const std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
  field = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return field;
}

std::string CsvRecords::Field() {
  std::string field;
  if (rest_.substr(0, 1) == "\"") field = Quoted();
  const std::array<char, 3> ends = {separator_, '\r', '\n'};
  const std::size_t end = std::min(rest_.find_first_of(ends.data(), 0, ends.size()), rest_.size());
  field += rest_.substr(0, end);
  rest_.remove_prefix(end);
  return field;
}

bool CsvRecords::Next(std::vector<std::string>& fields) {
  fields.clear();
  if (rest_.empty()) return false;
  for (;;) {
    std::string field = Field();
    if (fields.size() < kMaxFields) fields.push_back(std::move(field));
    if (rest_.empty()) return true;
    const char next = rest_.front();
    rest_.remove_prefix(1);
    if (next == separator_) continue;
    if (next == '\r' && rest_.substr(0, 1) == "\n") rest_.remove_prefix(1);
    return true;
  }
}

}  // namespace quipu::extract
