// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/pdf_headline.h"

#include <poppler-page.h>

#include <algorithm>
#include <vector>

#include "indexer/extract/boilerplate.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxWords = 3000;
constexpr double kClearlyLarger = 1.15;
constexpr std::size_t kMinBytes = 6;
constexpr std::size_t kMaxBytes = 300;

struct Word {
  std::string text;
  double size = 0;
};

std::vector<Word> WordsOf(const poppler::page& page) {
  std::vector<Word> words;
  for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
    if (words.size() == kMaxWords) break;
    const poppler::byte_array bytes = box.text().to_utf8();
    words.push_back({{bytes.begin(), bytes.end()}, box.has_font_info() ? box.get_font_size() : 0});
  }
  return words;
}

double Median(const std::vector<Word>& words) {
  std::vector<double> sizes;
  for (const Word& word : words) sizes.push_back(word.size);
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

/// The first run of words about as large as `size`.
std::string RunOf(const std::vector<Word>& words, double size) {
  std::string run;
  for (const Word& word : words) {
    if (word.size >= size * 0.95) {
      run += run.empty() ? word.text : " " + word.text;
    } else if (run.size() >= kMinBytes) {
      break;
    } else {
      run.clear();
    }
  }
  return TidyLine(run, kMaxBytes + 1);
}

}  // namespace

std::string PdfHeadline(const poppler::page& page) {
  const std::vector<Word> words = WordsOf(page);
  if (words.empty()) return "";
  const double usual = Median(words);
  std::vector<double> sizes;
  for (const Word& word : words) sizes.push_back(word.size);
  std::sort(sizes.rbegin(), sizes.rend());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  // The largest may be a logo or an ornamental initial: try the three largest.
  for (std::size_t i = 0; i < std::min<std::size_t>(sizes.size(), 3); ++i) {
    if (sizes[i] < usual * kClearlyLarger) break;
    std::string run = RunOf(words, sizes[i]);
    const bool words_enough = run.find(' ') != std::string::npos;
    if (run.size() >= kMinBytes && run.size() <= kMaxBytes && words_enough && !IsBoilerplate(run)) return run;
  }
  return "";
}

}  // namespace quipu::extract
