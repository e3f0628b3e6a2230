// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/term_log.h"

#include <algorithm>
#include <utility>

#include "core/base/same_bytes.h"
#include "core/index/glass_encoding.h"
#include "core/index/term_order.h"
#include "core/index/varint.h"

namespace quipu::index {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 15;

/// Of bytes that were written here; a fault in them would be one of this file.
std::uint64_t ReadVarint(const char*& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
}

}  // namespace

TermLog::TermLog() : table_(kFirstSlots) {}

std::uint32_t TermLog::Find(const EntryTerm& term) {
  const auto hash = static_cast<std::uint32_t>(term.hash >> 32);
  std::size_t place = term.hash & (table_.size() - 1);
  for (; table_[place].number != 0; place = (place + 1) & (table_.size() - 1)) {
    if (table_[place].hash != hash) continue;
    const std::uint32_t number = table_[place].number - 1;
    if (terms_[number].hash == term.hash && SameBytes(terms_[number].text, term.text)) return number;
  }
  table_[place] = {hash, static_cast<std::uint32_t>(terms_.size() + 1)};
  Entry& entry = terms_.emplace_back();
  entry.text = arena_.Keep(term.text);
  entry.hash = term.hash;
  if (terms_.size() * 2 > table_.size()) Grow();
  return static_cast<std::uint32_t>(terms_.size() - 1);
}

void TermLog::Grow() {
  table_.assign(table_.size() * 2, Slot{});
  for (std::uint32_t number = 0; number < terms_.size(); ++number) {
    std::size_t place = terms_[number].hash & (table_.size() - 1);
    while (table_[place].number != 0) place = (place + 1) & (table_.size() - 1);
    table_[place] = {static_cast<std::uint32_t>(terms_[number].hash >> 32), number + 1};
  }
}

/// Asks for the memory that Find will look at, which is seldom in a cache. Of three places one leads to the
/// next.
void TermLog::Foresee(std::span<const EntryTerm> terms, std::size_t at) const {
  constexpr std::size_t kAhead = 8;
  const auto slot = [&](std::size_t i) { return &table_[terms[i].hash & (table_.size() - 1)]; };
  if (at + 2 * kAhead < terms.size()) __builtin_prefetch(slot(at + 2 * kAhead));
  if (at + kAhead < terms.size()) {
    if (const std::uint32_t number = slot(at + kAhead)->number; number != 0)
      __builtin_prefetch(&terms_[number - 1]);
  }
  if (at + kAhead / 2 < terms.size()) {
    if (const std::uint32_t number = slot(at + kAhead / 2)->number; number != 0)
      __builtin_prefetch(terms_[number - 1].text.data());
  }
}

void TermLog::Add(std::uint32_t document, std::span<const EntryTerm> terms) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    Foresee(terms, i);
    const EntryTerm& term = terms[i];
    const std::uint32_t number = Find(term);
    Entry& entry = terms_[number];
    posting_.clear();
    PutVarint(posting_, document - entry.last_document);
    PutVarint(posting_, term.count);
    const std::size_t before = posting_.size();
    if (!term.positions.empty()) glass::PutPositions(posting_, term.positions);
    const std::size_t positions = posting_.size() - before;
    PutVarint(log_, number);
    PutVarint(log_, positions);
    PutVarint(log_, before);
    log_ += posting_;
    entry.bytes += before + positions;
    for (std::size_t rest = positions;; rest >>= 7) {
      ++entry.bytes;
      if (rest < 0x80) break;
    }
    entry.last_document = document;
    entry.count += term.count;
    ++entry.documents;
  }
}

/// All postings, those of the first term of `order` first; each Entry's `bytes` becomes their end.
std::string TermLog::PostingsByTerm(const std::vector<std::uint32_t>& order) {
  std::uint64_t end = 0;
  for (const std::uint32_t number : order) end += std::exchange(terms_[number].bytes, end);
  std::string postings(end, '\0');
  std::string length;
  for (const char* at = log_.data(); at != log_.data() + log_.size();) {
    Entry& entry = terms_[ReadVarint(at)];
    const std::uint64_t positions = ReadVarint(at);
    const std::uint64_t head = ReadVarint(at);
    char* to = std::copy_n(at, head, postings.data() + entry.bytes);
    length.clear();
    PutVarint(length, positions);
    to = std::copy(length.begin(), length.end(), to);
    to = std::copy_n(at + head, positions, to);
    entry.bytes = static_cast<std::uint64_t>(to - postings.data());
    at += head + positions;
  }
  return postings;
}

void TermLog::Drain(const std::function<void(const Term&)>& visit) {
  table_.assign(kFirstSlots, Slot{});
  table_.shrink_to_fit();
  const auto order = InOrder(terms_);
  const std::string postings = PostingsByTerm(order);
  log_ = {};
  std::uint64_t begin = 0;
  for (const std::uint32_t number : order) {
    const Entry& entry = terms_[number];
    visit({entry.text, entry.documents, entry.count,
           std::string_view(postings).substr(begin, entry.bytes - begin)});
    begin = entry.bytes;
  }
  terms_ = {};
  arena_.Clear();
}

std::uint64_t TermLog::Reader::Number() {
  const char* at = rest_.data();
  const std::uint64_t number = ReadVarint(at);
  rest_.remove_prefix(static_cast<std::size_t>(at - rest_.data()));
  return number;
}

bool TermLog::Reader::Next(Posting& posting) {
  if (rest_.empty()) return false;
  document_ += static_cast<std::uint32_t>(Number());
  posting.document = document_;
  posting.count = static_cast<std::uint32_t>(Number());
  const std::uint64_t positions = Number();
  posting.positions = rest_.substr(0, positions);
  rest_.remove_prefix(positions);
  return true;
}

}  // namespace quipu::index
