// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/content_sketch.h"

#include <xxhash.h>

#include <algorithm>
#include <limits>

namespace quipu::index {
namespace {

constexpr std::size_t kPlaces = std::tuple_size_v<Sketch>;
constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();
constexpr unsigned kClassShift = 59;  // the upper five bits are the class

/// The finalizer of splitmix64: every bit of the result depends on every bit of `x`.
constexpr std::uint64_t Mix(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace

Sketcher::Sketcher() { least_.fill(kNone); }

void Sketcher::Add(std::string_view folded) {
  const std::uint64_t word = XXH3_64bits(folded.data(), folded.size());
  if (++words_ >= 3) {
    // Multiplied by different odd numbers, so that the order of the words counts.
    const std::uint64_t run = Mix(before_[0] * 0x9E3779B97F4A7C15U + before_[1] * 0xC2B2AE3D27D4EB4FU + word);
    std::uint64_t& least = least_[run >> kClassShift];
    least = std::min(least, run);
  }
  before_[0] = before_[1];
  before_[1] = word;
}

std::optional<Sketch> Sketcher::Take() {
  const bool enough = words_ >= kMinSketchWords;
  const auto least = least_;
  *this = Sketcher();
  if (!enough) return std::nullopt;
  Sketch sketch{};
  for (std::uint64_t place = 0; place < kPlaces; ++place) {
    // An empty class borrows from another, chosen by hashing, as all texts that lack it do ("optimal
    // densification"): else two short texts would agree in every class that both lack.
    std::uint64_t from = place;
    for (std::uint64_t attempt = 1; least[from] == kNone; ++attempt)
      from = Mix(place * 0x10001 + attempt) % kPlaces;
    sketch[place] = static_cast<std::uint16_t>(least[from]);
  }
  return sketch;
}

int EqualPlaces(const Sketch& a, const Sketch& b) {
  int equal = 0;
  for (std::size_t i = 0; i < kPlaces; ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

std::string EncodeSketch(const Sketch& sketch) {
  std::string bytes;
  for (const std::uint16_t place : sketch) {
    bytes += static_cast<char>(place >> 8U);
    bytes += static_cast<char>(place & 0xFFU);
  }
  return bytes;
}

std::optional<Sketch> DecodeSketch(std::string_view bytes) {
  if (bytes.size() != 2 * kPlaces) return std::nullopt;
  Sketch sketch{};
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const auto high = static_cast<unsigned char>(bytes[2 * i]);
    const auto low = static_cast<unsigned char>(bytes[2 * i + 1]);
    sketch[i] = static_cast<std::uint16_t>(high << 8U | low);
  }
  return sketch;
}

}  // namespace quipu::index
