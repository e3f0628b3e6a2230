// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/column.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "core/schema/date.h"
#include "core/text/fold.h"

namespace quipu::search {
namespace {

using schema::ValueType;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kMidnight = "T00:00:00Z";

/// A date that is a whole day is shown as one.
std::string DateText(double seconds) {
  std::string text = schema::FormatTime(seconds);
  if (text.ends_with(kMidnight)) text.resize(text.size() - kMidnight.size());
  return text;
}

/// Of a value as it is compared, so that what is one value has one number.
double NumberOf(const std::string& key, const SearchField& field) {
  if (field.type == ValueType::kBoolean || !field.folded) return kNoNumber;
  if (field.type != ValueType::kDate) return ReadNumber(key).value_or(kNoNumber);
  const auto seconds = schema::ParseDate(key);
  return seconds ? *seconds : ReadNumber(key).value_or(kNoNumber);
}

}  // namespace

std::optional<double> ReadNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

// Values as they are met; only when all are known do they get their order.
struct Column::Reading {
  struct Spelling {
    std::string text;
    std::string key;
    double number = kNoNumber;
    std::uint64_t times = 0;
  };

  const SearchField& field;
  std::vector<Spelling> spellings;
  std::unordered_map<std::string, Ordinal> by_text;
  std::vector<std::pair<Xapian::docid, Ordinal>> entries;  // by document
  Xapian::docid last = 0;

  explicit Reading(const SearchField& read) : field(read) {}

  void Note(Xapian::docid docid, std::string text) {
    const auto [found, is_new] = by_text.try_emplace(text, static_cast<Ordinal>(spellings.size()));
    if (is_new) {
      Spelling spelling;
      spelling.key = field.folded ? text::Fold(text) : text;
      spelling.number = NumberOf(spelling.key, field);
      spelling.text = std::move(text);
      spellings.push_back(std::move(spelling));
    }
    ++spellings[found->second].times;
    entries.emplace_back(docid, found->second);
  }

  void NoteNumber(Xapian::docid docid, double number) {
    Note(docid, field.type == ValueType::kDate ? DateText(number) : schema::NumberText(number));
  }

  void NoteSlot(Xapian::docid docid, const std::string& bytes) {
    switch (field.slot_holds) {
      case SearchField::Slot::kNone: return;
      case SearchField::Slot::kText: return Note(docid, bytes);
      case SearchField::Slot::kNumber: return NoteNumber(docid, schema::DecodeNumber(bytes));
      case SearchField::Slot::kList: break;
    }
    schema::SlotValues values = schema::DecodeSlot(bytes);
    for (const double number : values.numbers) NoteNumber(docid, number);
    for (std::string& text : values.strings) Note(docid, std::move(text));
  }

  void ReadAll(const Xapian::Database& database) {
    last = database.get_lastdocid();
    if (field.slot < 0) return;
    const auto slot = static_cast<Xapian::valueno>(field.slot);
    Xapian::docid next = 1;
    const auto fill = [&](Xapian::docid until) {
      for (; field.absent && next < until; ++next) NoteNumber(next, *field.absent);
      next = until + 1;
    };
    Xapian::doccount count = 0;
    for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot); ++value) {
      if (value.get_docid() > last)
        throw Xapian::DatabaseModifiedError("a value of a document beyond the last");
      fill(value.get_docid());
      NoteSlot(value.get_docid(), *value);
      ++count;
    }
    // What is kept for a whole state must not come from a block that was being overwritten.
    if (count != database.get_value_freq(slot))
      throw Xapian::DatabaseModifiedError("a slot has not as many values as it should have");
    fill(last + 1);
  }
};

Column::Column(const Xapian::Database& database, const SearchField& field) : type_(field.type) {
  Reading reading(field);
  reading.ReadAll(database);
  std::vector<Ordinal> ordinal_of;
  TakeValues(reading, ordinal_of);
  TakeDocuments(reading, ordinal_of);
}

void Column::TakeValues(const Reading& reading, std::vector<Ordinal>& ordinal_of) {
  const auto& spellings = reading.spellings;
  std::vector<Ordinal> order(spellings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Ordinal>(i);
  // Numbers first, then texts; of the spellings of one value the most frequent first. Equal keys have equal
  // numbers, so they come together.
  std::sort(order.begin(), order.end(), [&](Ordinal left, Ordinal right) {
    const auto& a = spellings[left];
    const auto& b = spellings[right];
    const bool number = !std::isnan(a.number);
    if (number == std::isnan(b.number)) return number;
    if (number && a.number != b.number) return a.number < b.number;
    if (a.key != b.key) return a.key < b.key;
    if (a.times != b.times) return a.times > b.times;
    return a.text < b.text;
  });
  ordinal_of.resize(spellings.size());
  const Reading::Spelling* before = nullptr;
  for (const Ordinal number : order) {
    const auto& spelling = spellings[number];
    if (before == nullptr || before->key != spelling.key) {
      Value value;
      value.text = value.key = arena_.size();
      value.text_bytes = static_cast<std::uint32_t>(spelling.text.size());
      value.key_bytes = static_cast<std::uint32_t>(spelling.key.size());
      value.number = spelling.number;
      arena_ += spelling.text;
      if (spelling.key != spelling.text) {
        value.key = arena_.size();
        arena_ += spelling.key;
      }
      values_.push_back(value);
    }
    ordinal_of[number] = static_cast<Ordinal>(values_.size() - 1);
    before = &spelling;
  }
  arena_.shrink_to_fit();
  values_.shrink_to_fit();
}

void Column::TakeDocuments(const Reading& reading, const std::vector<Ordinal>& ordinal_of) {
  const auto& entries = reading.entries;
  bool single = true;
  for (std::size_t i = 1; i < entries.size(); ++i)
    single = single && entries[i].first != entries[i - 1].first;
  if (single) {
    ordinals_.assign(reading.last + std::size_t{1}, kNone);
    for (const auto& [docid, spelling] : entries) ordinals_[docid] = ordinal_of[spelling];
    return;
  }
  begins_.reserve(reading.last + std::size_t{2});
  ordinals_.reserve(entries.size());
  std::size_t at = 0;
  for (Xapian::docid docid = 0; docid <= reading.last; ++docid) {
    const auto begin = static_cast<std::uint32_t>(ordinals_.size());
    begins_.push_back(begin);
    for (; at < entries.size() && entries[at].first == docid; ++at)
      ordinals_.push_back(ordinal_of[entries[at].second]);
    std::sort(ordinals_.begin() + begin, ordinals_.end());
    ordinals_.erase(std::unique(ordinals_.begin() + begin, ordinals_.end()), ordinals_.end());
  }
  begins_.push_back(static_cast<std::uint32_t>(ordinals_.size()));
}

std::size_t Column::bytes() const {
  return sizeof *this + arena_.capacity() + values_.capacity() * sizeof(Value) +
         ordinals_.capacity() * sizeof(Ordinal) + begins_.capacity() * sizeof(std::uint32_t);
}

}  // namespace quipu::search
