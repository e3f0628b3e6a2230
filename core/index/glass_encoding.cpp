// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_encoding.h"

#include <algorithm>
#include <bit>

#include "core/index/varint.h"

namespace quipu::index::glass {
namespace {

/// Bits, the lowest first.
class BitWriter {
 public:
  explicit BitWriter(std::string& bytes) : bytes_(bytes) {}
  BitWriter(const BitWriter&) = delete;
  BitWriter& operator=(const BitWriter&) = delete;
  ~BitWriter() {
    if (bits_ > 0) bytes_ += static_cast<char>(pending_);
  }

  /// A number below `bound`. Where that is no power of two, the numbers in the middle take a bit less.
  void Put(std::uint32_t number, std::uint32_t bound) {
    auto width = static_cast<unsigned>(std::bit_width(bound - 1));
    const std::uint64_t spare = (std::uint64_t{1} << width) - bound;
    if (spare > 0) {
      const auto short_from = static_cast<std::uint32_t>((bound - spare) / 2);
      if (number >= short_from + spare) {
        number = static_cast<std::uint32_t>(number - (short_from + spare)) | 1U << (width - 1);
      } else if (number >= short_from) {
        --width;
      }
    }
    pending_ |= std::uint64_t{number} << bits_;
    bits_ += width;
    for (; bits_ >= 8; bits_ -= 8, pending_ >>= 8) bytes_ += static_cast<char>(pending_);
  }

 private:
  std::string& bytes_;
  std::uint64_t pending_ = 0;
  unsigned bits_ = 0;
};

/// What lies between the first and the last, which the reader knows: the middle one, then both halves.
void PutBetween(BitWriter& bits, std::span<const std::uint32_t> sorted) {
  while (sorted.size() > 2) {
    const std::size_t middle = (sorted.size() - 1) / 2;
    const auto others = static_cast<std::uint32_t>(sorted.size() - 1);
    bits.Put(sorted[middle] - sorted.front() - static_cast<std::uint32_t>(middle),
             sorted.back() - sorted.front() - others + 1);
    PutBetween(bits, sorted.first(middle + 1));
    sorted = sorted.subspan(middle);
  }
}

std::size_t SharedBytes(std::string_view a, std::string_view b) {
  const auto end = std::mismatch(
      a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
  return static_cast<std::size_t>(end.first - a.begin());
}

}  // namespace

void PutSortable(std::string& key, std::uint32_t number) {
  if (number < 0x8000) {
    key += static_cast<char>(number >> 8);
    key += static_cast<char>(number);
    return;
  }
  // As many bytes as seven bits each need; the leading ones of the first byte tell how many, as in UTF-8.
  const auto length = static_cast<unsigned>(std::bit_width(number) + 5) / 7;
  std::uint64_t bytes = number | std::uint64_t{(0xFFU << (10 - length)) & 0xFFU} << 8 * (length - 1);
  for (unsigned i = length; i-- > 0;) key += static_cast<char>(bytes >> 8 * i);
}

std::optional<std::uint32_t> TakeSortable(std::string_view& key) {
  if (key.size() < 2) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
  const auto ones = static_cast<std::size_t>(std::countl_one(byte(0)));
  const std::size_t length = ones == 0 ? 2 : ones + 2;
  if (length > key.size() || length > 6) return std::nullopt;
  std::uint64_t number = byte(0) & (0xFFU >> (ones + 1));
  for (std::size_t i = 1; i < length; ++i) number = number << 8 | byte(i);
  if (number > 0xFFFFFFFF) return std::nullopt;
  key.remove_prefix(length);
  return static_cast<std::uint32_t>(number);
}

std::size_t SortableTextBytes(std::string_view key) {
  std::size_t zero = key.find('\0');
  while (zero + 1 < key.size() && key[zero + 1] == '\xFF') zero = key.find('\0', zero + 2);
  return std::min(zero, key.size());
}

void PutSortableText(std::string& key, std::string_view term) {
  for (std::size_t zero = term.find('\0'); zero != std::string_view::npos; zero = term.find('\0')) {
    key.append(term.substr(0, zero + 1)) += '\xFF';
    term.remove_prefix(zero + 1);
  }
  key += term;
}

void PutPositions(std::string& bytes, std::span<const std::uint32_t> positions) {
  PutVarint(bytes, positions.back());
  if (positions.size() < 2) return;
  BitWriter bits(bytes);
  bits.Put(positions.front(), positions.back());
  bits.Put(static_cast<std::uint32_t>(positions.size() - 2), positions.back() - positions.front());
  PutBetween(bits, positions);
}

std::string EncodeTerms(std::span<const EntryTerm> terms, std::uint64_t document_length) {
  std::string bytes;
  if (terms.empty()) return bytes;
  PutVarint(bytes, document_length);
  PutVarint(bytes, terms.size());
  std::string_view before;
  for (const EntryTerm& term : terms) {
    const std::size_t shared = SharedBytes(before, term.text);
    const std::size_t packed = (std::size_t{term.count} + 1) * (before.size() + 1) + shared;
    const bool first = before.data() == nullptr;
    const bool fits = !first && term.count < 127 && packed < 256;
    if (!first) bytes += static_cast<char>(fits ? packed : shared);
    bytes += static_cast<char>(term.text.size() - shared);
    bytes += term.text.substr(shared);
    if (!fits) PutVarint(bytes, term.count);
    before = term.text;
  }
  return bytes;
}

}  // namespace quipu::index::glass
