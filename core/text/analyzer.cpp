// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/analyzer.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "core/text/char_class.h"
#include "core/text/dictionary_break.h"
#include "core/text/ideographs.h"
#include "core/text/stem.h"
#include "core/text/tokenize.h"
#include "core/text/utf8.h"
#include "core/text/word_forms.h"

namespace quipu::text {
namespace {

// A narrow column may break one word several times.
constexpr std::size_t kMaxBrokenParts = 4;
constexpr std::string_view kSoftHyphen = "\u00AD";

// Numbers its words and hands them to the sink: one call of Analyze.
class Pass {
 public:
  Pass(std::string_view text, WordForms& words, DictionaryBreaker& dictionary, const TokenSink& sink)
      : text_(text), words_(words), dictionary_(dictionary), sink_(sink) {}

  void SendOnly(std::uint32_t first_letters) { first_letters_ = first_letters; }

  std::uint32_t Run(std::uint32_t first_position) {
    position_ = first_position;
    Tokenizer tokenizer(text_);
    Piece piece;
    bool more = tokenizer.Next(piece);
    while (more) more = piece.rest == 0 ? (Emit(piece), tokenizer.Next(piece)) : EmitBroken(tokenizer, piece);
    return position_;
  }

 private:
  std::string_view Written(const Piece& piece) const {
    return text_.substr(piece.begin, piece.end - piece.begin);
  }

  bool IsWanted(char first) const {
    const std::uint32_t letter = (static_cast<unsigned char>(first) | 0x20U) - 'a';
    return letter >= 26 || (first_letters_ >> letter & 1U) != 0;
  }

  void Emit(const Piece& piece) {
    switch (piece.kind) {
      case PieceKind::kIdeographs: return EmitIdeographs(piece);
      case PieceKind::kDictionary: return EmitDictionary(piece);
      default:
        if (piece.kind == PieceKind::kWord && !IsWanted(text_[piece.begin])) {
          ++position_;
          return;
        }
        if (Send(piece, Written(piece))) ++position_;
    }
  }

  // Sends the word `written` that stands at `piece`; false if nothing is left of it when it is folded.
  bool Send(const Piece& piece, std::string_view written) {
    const CachedWord word = words_.Of(written, piece.kind);
    if (word.folded.empty()) return false;
    sink_({.begin = piece.begin,
           .end = piece.end,
           .position = position_,
           .kind = piece.kind == PieceKind::kNumber ? TokenKind::kNumber : TokenKind::kWord,
           .joined = piece.joined,
           .folded = word.folded,
           .exact = word.exact,
           .stem = word.stem,
           .exact_stem = word.exact_stem});
    return true;
  }

  bool IsOtherHalf(const Piece& piece, std::uint32_t rest) const {
    const char last = text_[piece.end - 1];
    return piece.begin == rest && piece.kind == PieceKind::kWord && last != '+' && last != '#';
  }

  // `piece` was cut by a hyphen at a line's end. Leaves in it the piece after the last part; false if none
  // is.
  bool EmitBroken(Tokenizer& tokenizer, Piece& piece) {
    std::array<Piece, kMaxBrokenParts> parts;
    std::size_t count = 0;
    bool more = true;
    bool whole = false;
    while (more && !whole) {
      parts[count++] = piece;
      const std::uint32_t rest = piece.rest;
      more = tokenizer.Next(piece);
      whole = count == kMaxBrokenParts || rest == 0 || !more || !IsOtherHalf(piece, rest);
    }
    SendParts(std::span(parts.data(), count));
    return more;
  }

  // The whole word first, then its halves, all at one position: "well-\nknown" is found by "known" too, and
  // "acusa-\nción constitucional" stays a phrase. A soft hyphen leaves no doubt that it is one word.
  void SendParts(std::span<const Piece> parts) {
    bool sent = false;
    bool doubt = true;
    if (parts.size() > 1) {
      std::string word;
      doubt = false;
      for (const Piece& part : parts) {
        word += Written(part);
        doubt = doubt || (&part != &parts.back() && !Written(part).ends_with(kSoftHyphen));
      }
      Piece whole = parts.front();
      whole.end = parts.back().end;
      sent = Send(whole, word);
    }
    for (std::size_t i = 0; doubt && i < parts.size(); ++i) sent = Send(parts[i], Written(parts[i])) || sent;
    if (sent) ++position_;
  }

  void EmitDictionary(const Piece& run) {
    Piece word = run;
    dictionary_.Break(Written(run), [&](std::size_t begin, std::size_t end) {
      word.begin = static_cast<std::uint32_t>(run.begin + begin);
      word.end = static_cast<std::uint32_t>(run.begin + end);
      word.kind = PieceKind::kWord;
      if (Send(word, Written(word))) ++position_;
      word.joined = true;
    });
  }

  void EmitIdeographs(const Piece& run) {
    const std::string_view written = Written(run);
    Ideograph sign;
    Ideograph next;
    std::string both;
    bool joined = run.joined;
    bool more = ReadIdeograph(written, 0, sign);
    while (more) {
      more = ReadIdeograph(written, sign.end, next);
      if (!sign.folded.empty()) {
        SendIdeograph(run.begin + sign.begin, run.begin + sign.end, {TokenKind::kCharacter, joined},
                      sign.folded);
        if (more && !next.folded.empty()) {
          both.assign(sign.folded).append(next.folded);
          SendIdeograph(run.begin + sign.begin, run.begin + next.end, {TokenKind::kBigram, joined}, both);
        }
        ++position_;
        joined = true;
      }
      std::swap(sign, next);
    }
  }

  void SendIdeograph(std::size_t begin, std::size_t end, std::pair<TokenKind, bool> kind,
                     std::string_view folded) {
    sink_({.begin = static_cast<std::uint32_t>(begin),
           .end = static_cast<std::uint32_t>(end),
           .position = position_,
           .kind = kind.first,
           .joined = kind.second,
           .folded = folded,
           .exact = {},
           .stem = folded,
           .exact_stem = {}});
  }

  std::string_view text_;
  WordForms& words_;
  DictionaryBreaker& dictionary_;
  const TokenSink& sink_;
  std::uint32_t first_letters_ = kEveryLetter;
  std::uint32_t position_ = 1;
};

// Each language's words cost some megabytes; an archive in more languages than this makes them anew.
constexpr std::size_t kMaxLanguages = 16;

}  // namespace

struct Analyzer::State {
  // The words of `language`, the last used one first.
  WordForms& Words(std::string_view language) {
    auto found = std::find_if(languages.begin(), languages.end(),
                              [&](const auto& words) { return words->language() == language; });
    if (found == languages.end()) {
      if (languages.size() == kMaxLanguages) languages.pop_back();
      languages.push_back(std::make_unique<WordForms>(language));
      found = languages.end() - 1;
    }
    std::rotate(languages.begin(), found, found + 1);
    return *languages.front();
  }

  std::vector<std::unique_ptr<WordForms>> languages;
  DictionaryBreaker dictionary;
};

Analyzer::Analyzer() : state_(std::make_unique<State>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

std::uint32_t Analyzer::Analyze(std::string_view utf8, const AnalyzeOptions& options, const TokenSink& sink) {
  Pass pass(utf8, state_->Words(options.language), state_->dictionary, sink);
  if (StemsKeepFirstLetter(options.language)) pass.SendOnly(options.first_letters);
  return pass.Run(options.first_position);
}

void AddFirstLetter(std::string_view folded, std::uint32_t& first_letters) {
  if (!folded.empty() && folded[0] >= 'a' && folded[0] <= 'z') first_letters |= 1U << (folded[0] - 'a');
}

std::string_view Analyzer::Stem(std::string_view folded, std::string_view language) {
  return state_->Words(language).StemOf(folded);
}

}  // namespace quipu::text
