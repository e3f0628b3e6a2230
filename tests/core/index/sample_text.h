// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <random>
#include <string>
#include <vector>

namespace quipu::testing {

/// Words that no other seed gives: a text that is like no other.
inline std::vector<std::string> SampleWords(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count; ++i) words.push_back("w" + std::to_string(random() % 20000));
  return words;
}

inline std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + ' ';
  return text;
}

/// `words` with every `period`th replaced.
inline std::vector<std::string> Edited(std::vector<std::string> words, std::size_t period, unsigned seed) {
  for (std::size_t i = period / 2; i < words.size(); i += period)
    words[i] = "edit" + std::to_string(seed) + "x" + std::to_string(i);
  return words;
}

}  // namespace quipu::testing
