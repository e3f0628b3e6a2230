// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/tokenize.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/text/char_class.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

struct Range {
  std::size_t begin;
  std::size_t end;

  bool operator==(const Range&) const = default;
};

void PrintTo(const Range& range, std::ostream* out) { *out << range.begin << '-' << range.end; }

// The segments between the word boundaries of UAX #29, as ICU finds them.
class WordBoundaries {
 public:
  WordBoundaries() {
    UErrorCode error = U_ZERO_ERROR;
    breaker_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  }
  ~WordBoundaries() { utext_close(text_); }
  WordBoundaries(const WordBoundaries&) = delete;
  WordBoundaries& operator=(const WordBoundaries&) = delete;

  std::vector<Range> Of(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    text_ = utext_openUTF8(text_, text.data(), static_cast<std::int64_t>(text.size()), &error);
    breaker_->setText(text_, error);
    std::vector<Range> ranges;
    std::int32_t begin = breaker_->first();
    for (std::int32_t end = breaker_->next(); end != icu::BreakIterator::DONE; end = breaker_->next()) {
      ranges.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
      begin = end;
    }
    return ranges;
  }

 private:
  std::unique_ptr<icu::BreakIterator> breaker_;
  UText* text_ = nullptr;
};

std::vector<Range> PiecesOf(std::string_view text) {
  std::vector<Range> pieces;
  Tokenizer tokenizer(text);
  for (Piece piece; tokenizer.Next(piece);) pieces.push_back({piece.begin, piece.end});
  return pieces;
}

bool IsWord(CharClass c) { return IsLetter(c) || c == CharClass::kDigit; }

// Whether the segment holds a word, and whether it holds nothing but letters, digits and marks.
std::pair<bool, bool> Nature(std::string_view segment) {
  bool word = false;
  bool plain = true;
  for (std::size_t at = 0; at < segment.size();) {
    const Utf8Char next = DecodeUtf8(segment, at);
    const CharClass kind = ClassOf(next.code);
    word = word || IsWord(kind);
    plain = plain && (IsWord(kind) || kind == CharClass::kMark);
    at += next.bytes;
  }
  return {word, plain};
}

class Alphabet {
 public:
  explicit Alphabet(unsigned seed) : random_(seed) {}

  std::string Text() {
    std::string text;
    const std::size_t length = 1 + random_() % 14;
    for (std::size_t i = 0; i < length; ++i) AppendUtf8(text, Character());
    return text;
  }

 private:
  char32_t Character() {
    static constexpr std::u32string_view kSigns = U" .,':;-_\"/·’‘()!\n\t\u00A0\u2010…«»€$%&*=|×÷^`´";
    static constexpr std::u32string_view kMarks = U"\u0301\u0303\u00AD\u200D\u200C\u2060\u0308\u064B\u05B8";
    const auto in = [&](char32_t from, char32_t to) {
      return from + static_cast<char32_t>(random_() % (to - from));
    };
    switch (random_() % 15) {
      case 0:
      case 1:
      case 2: return in('a', 'z' + 1);
      case 3: return in('A', 'Z' + 1);
      case 4: return in('0', '9' + 1);
      case 5: return in(0x00AA, 0x0250);
      case 6: return in(0x0250, 0x0600);
      case 7: return in(0x0620, 0x0950);
      case 8: return in(0x1E00, 0x2000);
      case 10: return in(0x0950, 0x0E00);
      case 11: return in(0x10A0, 0x1100);
      case 12: return in(0x1200, 0x1700);
      case 9: return kMarks[random_() % kMarks.size()];
      default: return kSigns[random_() % kSigns.size()];
    }
  }

  std::mt19937 random_;
};

// Where we part from UAX #29 by design: okina and modifier apostrophe are apostrophes, the Hebrew and
// Armenian signs inside words, digits of Arabic separators.
bool IsComparable(std::string_view text) {
  for (const std::string_view own : {"ʼ", "ʻ", "\u0640", "\u05F4", "\u055F", "\u066B", "\u066C", "\u055A",
                                     "\u055B", "\u055C", "\u055E", "\u058A", "\u05F3"}) {
    if (text.find(own) != std::string_view::npos) return false;
  }
  return true;
}

TEST(Tokenizer, CutsWhereUax29CutsAndFurtherOnlyAtSigns) {
  WordBoundaries boundaries;
  Alphabet alphabet(29);
  std::size_t compared = 0;
  for (int round = 0; round < 300000; ++round) {
    const std::string text = alphabet.Text();
    if (!IsComparable(text)) continue;
    const std::vector<Range> pieces = PiecesOf(text);
    for (const Range& segment : boundaries.Of(text)) {
      const auto [word, plain] =
          Nature(std::string_view(text).substr(segment.begin, segment.end - segment.begin));
      const auto inside = [&](const Range& piece) {
        return piece.begin >= segment.begin && piece.end <= segment.end;
      };
      const auto crosses = [&](const Range& piece) {
        return !inside(piece) && piece.begin < segment.end && piece.end > segment.begin;
      };
      ASSERT_TRUE(std::none_of(pieces.begin(), pieces.end(), crosses)) << ::testing::PrintToString(text);
      const auto count = std::count_if(pieces.begin(), pieces.end(), inside);
      ASSERT_EQ(word, count > 0) << ::testing::PrintToString(text) << segment.begin;
      if (word && plain) {
        ASSERT_EQ(std::count(pieces.begin(), pieces.end(), segment), 1) << ::testing::PrintToString(text);
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 300000U);
}

TEST(Tokenizer, ReadsPlainWordsAsItReadsTheSameWordsWithCare) {
  // A mark at its end forces the careful way; it must find the same word.
  Alphabet alphabet(31);
  for (int round = 0; round < 50000; ++round) {
    const std::string text = alphabet.Text();
    for (const Range& piece : PiecesOf(text)) {
      const std::string careful = text.substr(piece.begin, piece.end - piece.begin) + "\u2060";
      ASSERT_EQ(PiecesOf(careful), (std::vector<Range>{{0, careful.size()}}))
          << ::testing::PrintToString(text);
    }
  }
}

TEST(Tokenizer, SaysWhereTheOtherHalfOfABrokenWordBegins) {
  const std::string_view text = "acusa-\n  ción";
  Tokenizer tokenizer(text);
  Piece piece;
  ASSERT_TRUE(tokenizer.Next(piece));
  EXPECT_EQ(piece.rest, text.find("ción"));
  ASSERT_TRUE(tokenizer.Next(piece));
  EXPECT_EQ(piece.begin, text.find("ción"));
  EXPECT_EQ(piece.rest, 0U);
}

TEST(Tokenizer, NeedsTimeInProportionToTheText) {
  // Each of these makes a careless reader start over at every sign: then a megabyte takes minutes, not
  // milliseconds.
  for (const std::string_view part : {"1,2,", "a.", "a'", "1.", "9'", "ก", "-\n", "a-\n", "\u00AD\n", "A.B",
                                      "漢", "\u0301", "a\u0301", "l'", "a·"}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    const auto start = std::chrono::steady_clock::now();
    PiecesOf(text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << part;
  }
}

}  // namespace
}  // namespace quipu::text
