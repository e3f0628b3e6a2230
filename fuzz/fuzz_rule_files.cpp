// SPDX-License-Identifier: GPL-2.0-or-later
// Synonyms, pins and stop words from anyone: no input throws; a file has faults, each with a place inside it,
// or rules that are within their bounds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/rule_files.h"

namespace {

namespace config = quipu::config;

void Require(bool holds) {
  if (!holds) std::abort();
}

template <typename Rule>
void CheckFile(const config::RuleFile<Rule>& file, std::ptrdiff_t lines) {
  Require(file.faults.empty() || file.rules.empty());
  Require(file.faults.size() <= 20 && file.rules.size() <= config::kMaxRules);
  for (const config::Fault& fault : file.faults) {
    Require(fault.line >= 1 && fault.line <= lines + 1 && fault.column >= 1 && !fault.message.empty());
    const std::string line = config::Describe(fault, "rules");
    Require(
        std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
  }
}

void CheckTexts(const std::vector<std::string>& texts, std::size_t most, std::size_t max_bytes) {
  Require(!texts.empty() && texts.size() <= most);
  for (const std::string& text : texts) Require(!text.empty() && text.size() <= max_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::ptrdiff_t lines = std::count(text.begin(), text.end(), '\n') + 1;
  const auto synonyms = config::ParseSynonyms(text);
  CheckFile(synonyms, lines);
  for (const config::SynonymRule& rule : synonyms.rules) {
    CheckTexts(rule.from, config::kMaxSynonymsInRule, config::kMaxRuleTextBytes);
    CheckTexts(rule.to, config::kMaxSynonymsInRule, config::kMaxRuleTextBytes);
    Require(rule.line >= 1 && rule.line <= lines);
  }
  const auto pins = config::ParsePins(text);
  CheckFile(pins, lines);
  for (const config::PinRule& rule : pins.rules) {
    CheckTexts(rule.queries, size, config::kMaxRuleTextBytes);
    CheckTexts(rule.ids, config::kMaxPinnedIds, 512);
  }
  const auto words = config::ParseStopWords(text);
  CheckFile(words, lines);
  if (!words.rules.empty()) CheckTexts(words.rules, config::kMaxRules, config::kMaxRuleTextBytes);
  return 0;
}
