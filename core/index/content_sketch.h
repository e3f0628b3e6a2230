// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quipu::index {

/// A MinHash sketch of a body: of its runs of three words, the least hash in each of 32 classes, cut to 16
/// bits. The share of equal places in two sketches estimates how many of the runs two texts have in common.
using Sketch = std::array<std::uint16_t, 32>;

/// Bodies of fewer words have no sketch: short texts are alike on purpose ("Closed on Mondays").
inline constexpr std::uint32_t kMinSketchWords = 64;

/// Equal places from which two texts count as copies of each other: about four fifths of their runs are
/// common.
inline constexpr int kAlikePlaces = 26;

/// Makes the sketch of the body whose words are given to Add, one after the other.
class Sketcher {
 public:
  Sketcher();

  void Add(std::string_view folded);
  /// Nothing if there were fewer than kMinSketchWords words. Then begins anew.
  std::optional<Sketch> Take();

 private:
  std::array<std::uint64_t, std::tuple_size_v<Sketch>> least_;
  std::uint64_t before_[2] = {};  // hashes of the two words before
  std::uint32_t words_ = 0;
};

/// How many places of two sketches are equal.
int EqualPlaces(const Sketch& a, const Sketch& b);

/// As the value slot has it: 64 bytes, each place big-endian.
std::string EncodeSketch(const Sketch& sketch);
std::optional<Sketch> DecodeSketch(std::string_view bytes);

}  // namespace quipu::index
