// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "core/text/fold.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/latex_commands.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr int kMaxDepth = 30;  // of arguments in arguments
constexpr std::size_t kMaxArgument = 64U << 10;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Where the text goes: the body, or the title that is being read.
class Output {
 public:
  virtual ~Output() = default;
  virtual void Text(std::string_view text) = 0;
  virtual void Verbatim(std::string_view text) = 0;
  virtual void LineBreak() = 0;
  virtual void Paragraph() = 0;
  virtual void Heading(const std::string& heading) = 0;
};

class ToString final : public Output {
 public:
  void Text(std::string_view text) override { text_ += text; }
  void Verbatim(std::string_view text) override { text_ += text; }
  void LineBreak() override { text_ += ' '; }
  void Paragraph() override { text_ += ' '; }
  void Heading(const std::string& heading) override { text_ += heading; }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

class ToBody final : public Output {
 public:
  explicit ToBody(BodyWriter& writer) : writer_(writer) {}
  void Text(std::string_view text) override { writer_.Text(text); }
  void Verbatim(std::string_view text) override { writer_.Verbatim(text); }
  void LineBreak() override { writer_.LineBreak(); }
  void Paragraph() override { writer_.Paragraph(); }
  void Heading(const std::string& heading) override {
    writer_.Paragraph();
    writer_.BeginSegment({.anchor = "", .heading = heading});
    writer_.Text(heading);
    writer_.Paragraph();
  }

 private:
  BodyWriter& writer_;
};

/// What the document says of itself.
struct Metadata {
  std::string title;
  std::string author;
  std::string date;
  std::string abstract;
};

/// Goes through a piece of LaTeX and writes its text.
class Latex {
 public:
  Latex(std::string_view text, Output& out, Metadata& metadata, int depth)
      : text_(text), out_(out), metadata_(metadata), depth_(depth) {}

  void Run() {
    while (at_ < text_.size()) Step();
  }

 private:
  void Step() {
    const char c = text_[at_];
    if (c == '\\') return Command();
    if (c == '%') return Comment();
    if (c == '\n' && BlankLine()) return;
    if (c == '{' || c == '}' || c == '$') {
      ++at_;
    } else if (c == '~' || c == '&') {
      out_.Text(" ");
      ++at_;
    } else if (!Signs()) {
      const std::size_t end = std::min(text_.find_first_of("\\%\n{}$~&-`'", at_ + 1), text_.size());
      out_.Text(text_.substr(at_, end - at_));
      at_ = end;
    }
  }

  /// Dashes and quotation marks.
  bool Signs() {
    constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
        {"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}};
    for (const auto& [sign, shown] : kSigns) {
      if (text_.substr(at_, sign.size()) != sign) continue;
      out_.Text(shown);
      at_ += sign.size();
      return true;
    }
    return false;
  }

  void Comment() { at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1; }

  bool BlankLine() {
    const std::size_t next = text_.find_first_not_of(" \t\r", at_ + 1);
    if (next == std::string_view::npos || text_[next] != '\n') return false;
    out_.Paragraph();
    at_ = next;
    return true;
  }

  std::string_view CommandName() {
    const std::size_t begin = ++at_;
    if (begin >= text_.size()) return {};
    while (at_ < text_.size() && IsLetter(text_[at_])) ++at_;
    if (at_ == begin) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void SkipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }

  void SkipOptional() {
    while (at_ < text_.size() && text_[at_] == '[') {
      const std::size_t end = text_.substr(0, std::min(text_.size(), at_ + kMaxArgument)).find(']', at_);
      if (end == std::string_view::npos) return;
      at_ = end + 1;
    }
  }

  /// The text in the next braces, which are stepped over; nothing if none follow.
  std::string_view Argument() {
    const std::size_t before = at_;
    SkipBlanks();
    if (at_ >= text_.size() || text_[at_] != '{') {
      at_ = before;
      return {};
    }
    const std::size_t begin = ++at_;
    int open = 1;
    for (; at_ < text_.size() && at_ - begin < kMaxArgument; ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '{') {
        ++open;
      } else if (text_[at_] == '}' && --open == 0) {
        return text_.substr(begin, at_++ - begin);
      }
    }
    at_ = std::min(at_, text_.size());
    return text_.substr(begin, at_ - begin);
  }

  std::string Plain(std::string_view piece) {
    if (depth_ >= kMaxDepth) return std::string(piece);
    ToString text;
    Metadata ignored;
    Latex(piece, text, ignored, depth_ + 1).Run();
    return text.Take();
  }

  void Command() {
    const LatexCommand command = FindLatexCommand(CommandName());
    const bool starred =
        at_ < text_.size() && text_[at_] == '*' && !command.name.empty() && IsLetter(command.name.front());
    if (starred) ++at_;
    switch (command.meaning) {
      case LatexMeaning::kPlain: return Unknown(command.name);
      case LatexMeaning::kSilent:
        SkipOptional();
        Argument();
        return;
      case LatexMeaning::kSection: return Section();
      case LatexMeaning::kBreak: SkipOptional(); return out_.LineBreak();
      case LatexMeaning::kParagraph: return out_.Paragraph();
      case LatexMeaning::kFootnote: SkipOptional(); return out_.Text(" (" + Plain(Argument()) + ")");
      case LatexMeaning::kSymbol: return out_.Text(command.text);
      case LatexMeaning::kAccent: return Accent(command.text);
      case LatexMeaning::kTitle: SkipOptional(); return Keep(metadata_.title, Plain(Argument()));
      case LatexMeaning::kAuthor: SkipOptional(); return Keep(metadata_.author, Plain(Argument()));
      case LatexMeaning::kDate: return Keep(metadata_.date, Plain(Argument()));
      case LatexMeaning::kBegin: return Begin();
      case LatexMeaning::kEnd: Argument(); return out_.Paragraph();
      case LatexMeaning::kDefinition: return Definition();
      case LatexMeaning::kHref: Argument(); return out_.Text(Plain(Argument()));
      case LatexMeaning::kVerb: return Verb();
    }
  }

  static void Keep(std::string& to, std::string text) {
    if (to.empty()) to = std::move(text);
  }

  /// Letters such as \alpha say something in a formula; \bfseries in text does not.
  void Unknown(std::string_view name) {
    if (name == "(" || name == ")" || name == "[" || name == "]") return out_.Text(" ");
    SkipOptional();
    if (in_math_ && !name.empty() && IsLetter(name.front())) out_.Text(" " + std::string(name) + " ");
  }

  void Section() {
    SkipOptional();
    const std::string heading = TidyLine(Plain(Argument()), 500);
    if (!heading.empty()) out_.Heading(heading);
  }

  /// "\'e" and "\'{e}" → "é".
  void Accent(std::string_view mark) {
    SkipBlanks();
    std::string letter;
    if (at_ < text_.size() && text_[at_] == '{') {
      letter = Plain(Argument());
    } else if (at_ < text_.size() && text_[at_] == '\\') {
      letter = CommandName();
    } else if (at_ < text_.size()) {
      const CodePoint c = DecodeUtf8(text_, at_);
      letter = text_.substr(at_, c.size);
      at_ += c.size;
    }
    if (letter.empty()) return;
    const std::size_t first = DecodeUtf8(letter, 0).size;
    letter.insert(first, mark);
    out_.Text(Composed(letter));
  }

  /// Composed, as everybody writes it; only folding knows how, so capitals stay as they are.
  static std::string Composed(const std::string& text) {
    const std::string folded = text::FoldCase(text);
    return text.front() >= 'a' && text.front() <= 'z' ? folded : text;
  }

  void Definition() {
    SkipBlanks();
    // \def\x#1{…} and \newcommand\x[1]{…}
    if (at_ < text_.size() && text_[at_] == '\\') CommandName();
    for (int i = 0; i < 4; ++i) {
      SkipBlanks();
      while (at_ < text_.size() && (text_[at_] == '#' || (text_[at_] >= '0' && text_[at_] <= '9'))) ++at_;
      SkipOptional();
      if (at_ >= text_.size() || text_[at_] != '{') return;
      Argument();
    }
  }

  void Verb() {
    if (at_ >= text_.size()) return;
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos || end - at_ > 1000) return;
    out_.Text(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
  }

  void Begin() {
    const std::string name(Argument());
    const std::string closing = "\\end{" + name + "}";
    out_.Paragraph();
    if (IsSilentEnvironment(name) || IsVerbatimEnvironment(name)) {
      const std::size_t end = std::min(text_.find(closing, at_), text_.size());
      if (IsVerbatimEnvironment(name)) {
        SkipOptional();
        if (name == "minted") Argument();
        out_.Verbatim(text_.substr(at_, end - std::min(at_, end)));
      }
      at_ = std::min(end + closing.size(), text_.size());
      out_.Paragraph();
      return;
    }
    SkipOptional();
    if (name.rfind("tabular", 0) == 0 || name == "array" || name == "longtable" || name == "minipage" ||
        name == "thebibliography")
      Argument();
    if (name == "abstract") {
      const std::size_t end = std::min(text_.find(closing, at_), at_ + kMaxArgument);
      Keep(metadata_.abstract, Plain(text_.substr(at_, end - at_)));
    }
    const bool math = name.rfind("equation", 0) == 0 || name.rfind("align", 0) == 0 ||
                      name.rfind("gather", 0) == 0 || name.rfind("multline", 0) == 0 || name == "math" ||
                      name == "displaymath";
    if (math) Math(closing);
  }

  void Math(const std::string& closing) {
    const std::size_t end = std::min(text_.find(closing, at_), text_.size());
    if (depth_ < kMaxDepth) {
      Latex inner(text_.substr(at_, end - at_), out_, metadata_, depth_ + 1);
      inner.in_math_ = true;
      inner.Run();
    }
    at_ = end;
  }

  std::string_view text_;
  Output& out_;
  Metadata& metadata_;
  int depth_;
  std::size_t at_ = 0;
  bool in_math_ = false;
};

std::vector<std::string> Authors(const std::string& list) {
  std::vector<std::string> authors;
  for (std::string& author : SplitKeywords(list)) authors.push_back(std::move(author));
  return authors;
}

}  // namespace

Reading ReadLatex(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes);
  const std::string_view text = decoded.text;
  constexpr std::string_view kBegin = "\\begin{document}";
  constexpr std::string_view kEnd = "\\end{document}";
  // What stands before is for the machine, but for title, author and date.
  const std::size_t begin = text.find(kBegin);
  const std::string_view preamble = begin == std::string_view::npos ? "" : text.substr(0, begin);
  std::string_view content = begin == std::string_view::npos ? text : text.substr(begin + kBegin.size());
  content = content.substr(0, content.find(kEnd));
  Metadata metadata;
  ToString unused;
  Latex(preamble, unused, metadata, 0).Run();
  BodyWriter writer;
  ToBody body(writer);
  Latex(content, body, metadata, 0).Run();
  Reading reading;
  reading.title = metadata.title;
  reading.date = metadata.date;
  reading.SetList("author", Authors(metadata.author));
  reading.SetField("description", metadata.abstract);
  FinishReading(writer, reading);
  return reading;
}

}  // namespace quipu::extract
