// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/cbor_limits.h"

#include <cstdint>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

class Walk {
 public:
  Walk(std::string_view cbor, const CborLimits& limits) : rest_(cbor), limits_(limits) {}

  bool done() const { return rest_.empty(); }

  bool Item(int depth) {
    if (++values_ > limits_.max_values || depth > limits_.max_depth) return false;
    Head head;
    if (!ReadHead(head)) return false;
    switch (head.major) {
      case 0:
      case 1: return true;
      case 3: return Text(head.argument);
      case 4: return Array(head.argument, depth);
      case 5: return Map(head.argument, depth);
      case 7:
        // false, true, null; floats of 2, 4 and 8 bytes.
        return (head.info >= 20 && head.info <= 22) || (head.info >= 25 && head.info <= 27);
      default: return false;
    }
  }

 private:
  struct Head {
    unsigned major = 0;
    unsigned info = 0;
    std::uint64_t argument = 0;
  };

  bool ReadHead(Head& head) {
    if (rest_.empty()) return false;
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    head.major = first >> 5;
    head.info = first & 31U;
    head.argument = head.info;
    if (head.info < 24) return true;
    // 31 is an indefinite length: the encoder never writes one, and a parser may recurse on nested ones.
    if (head.info > 27) return false;
    const std::size_t bytes = std::size_t{1} << (head.info - 24);
    if (rest_.size() < bytes) return false;
    head.argument = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      head.argument = (head.argument << 8) | static_cast<unsigned char>(rest_[i]);
    }
    rest_.remove_prefix(bytes);
    return true;
  }

  bool Text(std::uint64_t bytes) {
    if (bytes > rest_.size() || !IsValidUtf8(rest_.substr(0, bytes))) return false;
    rest_.remove_prefix(bytes);
    return true;
  }

  bool Array(std::uint64_t elements, int depth) {
    for (std::uint64_t i = 0; i < elements; ++i) {
      if (!Item(depth + 1)) return false;
    }
    return true;
  }

  bool Map(std::uint64_t pairs, int depth) {
    for (std::uint64_t i = 0; i < pairs; ++i) {
      Head key;
      if (!ReadHead(key) || key.major != 3 || !Text(key.argument) || !Item(depth + 1)) return false;
    }
    return true;
  }

  std::string_view rest_;
  const CborLimits& limits_;
  std::size_t values_ = 0;
};

}  // namespace

bool CborWithinLimits(std::string_view cbor, const CborLimits& limits) {
  Walk walk(cbor, limits);
  return walk.Item(1) && walk.done();
}

}  // namespace quipu::extract
