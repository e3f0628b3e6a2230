// SPDX-License-Identifier: GPL-2.0-or-later
// A keys file from anyone: no input throws; it has faults, each with a place inside it, or keys that are
// within their bounds, are written and read as the same, and can be taken out one by one or not at all.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "searchd/keys/key_file.h"
#include "searchd/keys/key_ring.h"

namespace {

using quipu::config::KeyRule;

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckKey(const KeyRule& rule) {
  Require(quipu::config::IsKeyId(rule.id));
  Require(rule.name.size() <= quipu::config::kMaxKeyNameBytes);
  Require(rule.filter.size() <= quipu::config::kMaxKeyFilterBytes);
  const auto again = quipu::config::ParseKeys(quipu::searchd::WriteKey(rule));
  Require(again.faults.empty() && again.rules == std::vector<KeyRule>{rule});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::ptrdiff_t lines = std::count(text.begin(), text.end(), '\n') + 1;
  auto file = quipu::config::ParseKeys(text);
  Require(file.faults.empty() || file.rules.empty());
  Require(file.rules.size() <= quipu::config::kMaxKeys);
  for (const auto& fault : file.faults)
    Require(fault.line >= 1 && fault.line <= lines + 1 && fault.column >= 1 && !fault.message.empty());
  for (const KeyRule& rule : file.rules) CheckKey(rule);
  if (!file.rules.empty()) {
    // Checked by itself: what is taken out is the key, the whole key, and no other.
    const auto fewer = quipu::searchd::WithoutKey(text, file.rules.front().id);
    if (fewer) Require(quipu::config::ParseKeys(*fewer).rules.size() == file.rules.size() - 1);
  }
  const auto ring = quipu::searchd::MakeKeyRing(std::move(file));
  Require(ring.ring != nullptr && (ring.faults.empty() || ring.ring->keys().empty()));
  Require(ring.ring->Find(text.substr(0, 100)) == nullptr);
  return 0;
}
