// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/restructured_inline.h"
#include "indexer/extract/slug.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::string_view kAdornments = "=-`:.'\"~^_*+#<>!$%&(),/;?@[\\]{|}";

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

template <std::size_t kSize>
bool IsOneOf(std::string_view name, const std::array<std::string_view, kSize>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whose content is no text of the document.
constexpr std::array<std::string_view, 11> kSilent = {"raw",      "toctree",    "include",  "image",
                                                      "contents", "highlight",  "role",     "default-role",
                                                      "graphviz", "automodule", "autoclass"};
constexpr std::array<std::string_view, 8> kVerbatim = {"code",           "code-block",     "sourcecode",
                                                       "literalinclude", "parsed-literal", "math",
                                                       "productionlist", "prompt"};

/// Goes through the lines of a document once.
class RestructuredText {
 public:
  RestructuredText(std::string_view text, Reading& reading) : lines_(SplitLines(text)), reading_(reading) {}

  void Run() {
    while (at_ < lines_.size() && !writer_.full()) Step();
    FinishReading(writer_, reading_);
  }

 private:
  std::string_view Line(std::size_t at) const { return at < lines_.size() ? lines_[at] : std::string_view(); }

  void Step() {
    const std::string_view line = lines_[at_];
    if (line.empty()) {
      writer_.Paragraph();
      ++at_;
    } else if (!Overlined() && !Underlined() && !Explicit() && !Field() && !TableRule()) {
      Text();
    }
  }

  bool Overlined() {
    const std::string_view line = Line(at_);
    if (!IsRule(line, kAdornments) || Line(at_ + 2) != line) return false;
    const std::string_view title = TrimBlanks(Line(at_ + 1));
    if (title.empty()) return false;
    Heading(title);
    at_ += 3;
    return true;
  }

  bool Underlined() {
    const std::string_view title = Line(at_);
    const std::string_view rule = Line(at_ + 1);
    if (IndentOf(title) > 0 || !IsRule(rule, kAdornments)) return false;
    // A short underline is a mistake that docutils forgives from four characters on.
    if (rule.size() < CountCharacters(title) && rule.size() < 4) return false;
    if (IsRule(title, kAdornments)) return false;
    Heading(title);
    at_ += 2;
    return true;
  }

  void Heading(std::string_view title) {
    const std::string heading = TidyLine(RestructuredInline(title), 500);
    if (heading.empty()) return;
    if (reading_.title.empty() && !seen_heading_) reading_.title = heading;
    seen_heading_ = true;
    writer_.Paragraph();
    writer_.BeginSegment({.anchor = ids_.Make(heading), .heading = heading});
    writer_.Text(heading);
    writer_.Paragraph();
  }

  /// What begins with "..": directives, comments, targets, footnotes, substitutions.
  bool Explicit() {
    const std::string_view line = TrimBlanks(lines_[at_]);
    if (line != ".." && line.substr(0, 3) != ".. ") return false;
    const std::size_t indent = IndentOf(lines_[at_]);
    const std::string_view rest = TrimBlanks(line.substr(2));
    ++at_;
    writer_.Paragraph();
    const std::size_t colons = rest.find("::");
    const bool directive = colons != std::string_view::npos && colons > 0 &&
                           rest.substr(0, colons).find_first_of(" `[") == std::string_view::npos;
    if (directive) {
      Directive(Lower(rest.substr(0, colons)), TrimBlanks(rest.substr(colons + 2)), indent);
    } else if (!rest.empty() && rest.front() == '[') {
      writer_.Text(RestructuredInline(rest.substr(std::min(rest.find(']'), rest.size() - 1) + 1)));
    } else {
      SkipIndented(indent);
    }
    return true;
  }

  void SkipIndented(std::size_t indent) {
    while (at_ < lines_.size() && (lines_[at_].empty() || IndentOf(lines_[at_]) > indent)) ++at_;
  }

  void Directive(const std::string& name, std::string_view argument, std::size_t indent) {
    Options(name, indent);
    if (IsOneOf(name, kSilent)) {
      writer_.Paragraph();
      return SkipIndented(indent);
    }
    if (IsOneOf(name, kVerbatim)) {
      while (Line(at_).empty() && at_ < lines_.size()) ++at_;
      return Literal(indent);
    }
    if (name == "meta") return Meta(indent);
    // Admonitions, figures' captions, tables: their argument and content are read like any text.
    if (name != "figure" && name != "table" && name != "csv-table" && name != "list-table") {
      writer_.Text(RestructuredInline(argument));
    } else if (name != "figure") {
      writer_.Text(argument);
    }
    writer_.LineBreak();
  }

  /// ":alt: A picture" under a directive.
  void Options(const std::string& name, std::size_t indent) {
    while (at_ < lines_.size() && IndentOf(lines_[at_]) > indent && name != "meta") {
      const std::string_view line = TrimBlanks(lines_[at_]);
      const std::size_t end = line.substr(0, 1) == ":" ? line.find(':', 1) : std::string_view::npos;
      if (end == std::string_view::npos) return;
      if (line.substr(1, end - 1) == "alt") writer_.Text(line.substr(end + 1));
      ++at_;
    }
  }

  void Meta(std::size_t indent) {
    for (; at_ < lines_.size() && (lines_[at_].empty() || IndentOf(lines_[at_]) > indent); ++at_) {
      const std::string_view line = TrimBlanks(lines_[at_]);
      const std::size_t end = line.substr(0, 1) == ":" ? line.find(':', 1) : std::string_view::npos;
      if (end != std::string_view::npos) Metadata(Lower(line.substr(1, end - 1)), line.substr(end + 1));
    }
  }

  void Metadata(const std::string& name, std::string_view value) {
    const std::string text = TidyLine(RestructuredInline(TrimBlanks(value)), kMaxFieldBytes);
    if (name == "title" && !text.empty()) reading_.title = text;
    if (name == "author") reading_.SetField("author", text);
    if (name == "authors") reading_.SetList("author", SplitKeywords(text));
    if (name == "date" && reading_.date.empty()) reading_.date = text;
    if (name == "description" || name == "abstract" || name == "summary")
      reading_.SetField("description", text);
    if (name == "keywords" || name == "tags") reading_.SetList("tags", SplitKeywords(text));
    if (name == "language" || name == "lang") reading_.language = text;
  }

  /// ":Author: Ana Ruiz": metadata at the top, elsewhere text.
  bool Field() {
    const std::string_view line = TrimBlanks(lines_[at_]);
    const std::size_t end = line.front() == ':' ? line.find(':', 1) : std::string_view::npos;
    if (end == std::string_view::npos || end < 2 || end > 60) return false;
    if (end + 1 < line.size() && line[end + 1] != ' ') return false;
    const std::string_view name = line.substr(1, end - 1);
    if (!seen_text_) {
      Metadata(Lower(name), line.substr(end + 1));
    } else {
      writer_.LineBreak();
      writer_.Text(name);
      writer_.Text(": ");
      writer_.Text(RestructuredInline(line.substr(end + 1)));
      writer_.LineBreak();
    }
    ++at_;
    return true;
  }

  /// Lines that only draw a table or a transition.
  static bool IsTableRule(std::string_view line) {
    if (line.size() < 3 || line.find_first_not_of("=-+ ") != std::string_view::npos) return false;
    return line.find("==") != std::string_view::npos || line.find("--") != std::string_view::npos;
  }

  bool TableRule() {
    if (!IsTableRule(TrimBlanks(lines_[at_]))) return false;
    writer_.LineBreak();
    ++at_;
    return true;
  }

  void Text() {
    const std::size_t indent = IndentOf(lines_[at_]);
    std::string paragraph;
    const bool grid = TrimBlanks(lines_[at_]).front() == '|';
    while (at_ < lines_.size() && !lines_[at_].empty()) {
      const std::string_view line = TrimBlanks(lines_[at_]);
      if (!paragraph.empty() && (StartsItem(line) || line.front() == '|' || line.substr(0, 3) == ".. "))
        break;
      paragraph += line;
      paragraph += '\n';
      ++at_;
      if (grid || IsTableRule(TrimBlanks(Line(at_)))) break;
    }
    seen_text_ = true;
    const std::string_view trimmed = TrimBlanks(paragraph);
    const bool literal = trimmed.size() >= 2 && trimmed.substr(trimmed.size() - 2) == "::";
    if (grid) std::replace(paragraph.begin(), paragraph.end(), '|', ' ');
    writer_.LineBreak();
    if (trimmed != "::")
      writer_.Text(
          RestructuredInline(literal ? trimmed.substr(0, trimmed.size() - 1) : std::string_view(paragraph)));
    writer_.LineBreak();
    if (!literal) return;
    while (at_ < lines_.size() && lines_[at_].empty()) ++at_;
    Literal(indent);
  }

  static bool StartsItem(std::string_view line) {
    const std::string_view start = line.substr(0, 2);
    if (start == "* " || start == "- " || start == "+ ") return true;
    const std::size_t digits = std::min(line.find_first_not_of("0123456789#"), line.size());
    return digits > 0 && digits < 4 && line.substr(digits, 2) == ". ";
  }

  /// An indented block whose lines count.
  void Literal(std::size_t indent) {
    writer_.Paragraph();
    const std::size_t margin = std::min(Line(at_).find_first_not_of(" \t"), Line(at_).size());
    while (at_ < lines_.size() && (lines_[at_].empty() || IndentOf(lines_[at_]) > indent)) {
      const std::string_view line = lines_[at_++];
      writer_.Verbatim(line.substr(std::min({margin, line.find_first_not_of(" \t"), line.size()})));
      writer_.Verbatim("\n");
    }
    writer_.Paragraph();
  }

  std::vector<std::string_view> lines_;
  Reading& reading_;
  BodyWriter writer_;
  DocutilsIds ids_;
  std::size_t at_ = 0;
  bool seen_heading_ = false;
  bool seen_text_ = false;
};

}  // namespace

Reading ReadRestructuredText(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes);
  Reading reading;
  RestructuredText(decoded.text, reading).Run();
  return reading;
}

}  // namespace quipu::extract
