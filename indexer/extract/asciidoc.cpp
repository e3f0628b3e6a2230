// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "indexer/extract/asciidoc_inline.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/slug.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxAttributes = 200;

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// The level of "== Title" or "## Title": 1 for the document's; 0: it is no title.
std::size_t TitleLevel(std::string_view line) {
  if (line.empty() || (line.front() != '=' && line.front() != '#')) return 0;
  const std::size_t level = line.find_first_not_of(line.front());
  return level <= 6 && line[level] == ' ' ? level : 0;
}

/// Goes through the lines of a document once.
class Asciidoc {
 public:
  Asciidoc(std::string_view text, Reading& reading) : lines_(SplitLines(text)), reading_(reading) {}

  void Run() {
    while (at_ < lines_.size() && !writer_.full()) Step();
    reading_.SetField("author", attributes_["author"]);
    reading_.SetField("description", attributes_["description"]);
    reading_.SetList("tags", SplitKeywords(attributes_["keywords"]));
    if (reading_.date.empty()) reading_.date = attributes_["revdate"];
    if (reading_.date.empty()) reading_.date = attributes_["docdate"];
    reading_.language = attributes_["lang"];
    FinishReading(writer_, reading_);
  }

 private:
  std::string_view Line(std::size_t at) const { return at < lines_.size() ? lines_[at] : std::string_view(); }

  void Step() {
    const std::string_view line = lines_[at_];
    if (line.empty()) {
      writer_.Paragraph();
      ++at_;
    } else if (!Block() && !Attribute() && !Title() && !Unspoken()) {
      Text(line);
      ++at_;
    }
  }

  /// Blocks between lines of marks. What only frames is read through.
  bool Block() {
    const std::string_view line = lines_[at_];
    const bool fence = StartsWith(line, "```");
    if (!fence && !IsRule(line, "-.+/=*_|", 4) && line != "--" && line != "|===" && line != ",===" &&
        line != "!===")
      return false;
    const char mark = line.front();
    if (IsTwoLineTitle()) return false;
    ++at_;
    writer_.Paragraph();
    if (!fence && mark != '-' && mark != '.' && mark != '+' && mark != '/') return true;
    if (line == "--") return true;
    const std::string_view close = fence ? "```" : line;
    const bool silent = mark == '/' || mark == '+';
    while (at_ < lines_.size() && lines_[at_] != close) {
      if (!silent) {
        writer_.Verbatim(lines_[at_]);
        writer_.Verbatim("\n");
      }
      ++at_;
    }
    ++at_;
    writer_.Paragraph();
    return true;
  }

  /// Whether the line here underlines the one before: of almost the same length, as the old syntax has it.
  bool IsTwoLineTitle() const {
    const std::string_view title = lines_[at_];
    const std::string_view rule = Line(at_ + 1);
    if (!IsRule(rule, "=-~^+", 4) || title.empty() || IsRule(title, "=-~^+.*_/|", 3)) return false;
    const std::size_t size = CountCharacters(title);
    return size + 2 >= rule.size() && rule.size() + 2 >= size && title.front() != '[' && title.front() != '.';
  }

  bool Attribute() {
    const std::string_view line = lines_[at_];
    const std::size_t end = line.front() == ':' ? line.find(':', 1) : std::string_view::npos;
    if (end == std::string_view::npos || end < 2) return false;
    const std::string_view name = line.substr(1, end - 1);
    if (name.find_first_of(" \t") != std::string_view::npos) return false;
    if (attributes_.size() < kMaxAttributes)
      attributes_[std::string(name)] = TidyLine(line.substr(end + 1), 2000);
    ++at_;
    return true;
  }

  bool Title() {
    const std::string_view line = lines_[at_];
    if (const std::size_t level = TitleLevel(line); level > 0) {
      ++at_;
      Heading(TrimBlanks(line.substr(level)), level == 1);
      return true;
    }
    if (!IsTwoLineTitle()) return false;
    const bool top = lines_[at_ + 1].front() == '=';
    at_ += 2;
    Heading(line, top);
    return true;
  }

  void Heading(std::string_view title, bool top) {
    const std::string heading = TidyLine(AsciidocInline(title, attributes_), 500);
    if (heading.empty()) return;
    const bool first = top && reading_.title.empty();
    const std::string anchor = std::exchange(anchor_, {});
    writer_.Paragraph();
    if (first) {
      // The document's title has no anchor.
      reading_.title = heading;
      writer_.BeginSegment({.anchor = anchor, .heading = heading});
    } else {
      writer_.BeginSegment({.anchor = anchor.empty() ? ids_.Make(heading) : anchor, .heading = heading});
    }
    writer_.Text(heading);
    writer_.Paragraph();
    if (first) Header();
  }

  /// The lines right under the document's title: author, and revision.
  void Header() {
    if (Line(at_).empty() || Line(at_).front() == ':') return;
    std::string_view author = Line(at_);
    if (StartsWith(author, "//") || StartsWith(author, "[") || author.find('<') == std::string_view::npos) {
      // Without an address, two or three words are a name.
      const auto words = std::count(author.begin(), author.end(), ' ') + 1;
      if (words > 3 || author.find_first_of(".:[/,") != std::string_view::npos) return;
    }
    std::vector<std::string> authors;
    for (const std::string& one : SplitKeywords(std::string(author) + ";")) {
      authors.emplace_back(TrimBlanks(std::string_view(one).substr(0, one.find('<'))));
    }
    reading_.SetList("author", authors);
    ++at_;
    std::string_view revision = Line(at_);
    if (revision.empty() || revision.front() == ':') return;
    if (revision.front() == 'v' || (revision.front() >= '0' && revision.front() <= '9')) {
      if (const std::size_t comma = revision.find(','); comma != std::string_view::npos)
        revision.remove_prefix(comma + 1);
      reading_.date = TrimBlanks(revision.substr(0, revision.find(": ")));
      ++at_;
    }
  }

  /// Lines that say how, not what: comments, block attributes, anchors, directives, breaks.
  bool Unspoken() {
    const std::string_view line = lines_[at_];
    if (line.front() == '[' && line.back() == ']') {
      BlockAttributes(line);
    } else if (!StartsWith(line, "//") && !StartsWith(line, "include::") && !StartsWith(line, "ifdef::") &&
               !StartsWith(line, "ifndef::") && !StartsWith(line, "ifeval::") &&
               !StartsWith(line, "endif::") && !StartsWith(line, "toc::") && line != "+" && line != "'''" &&
               line != "<<<") {
      return false;
    }
    ++at_;
    return true;
  }

  void BlockAttributes(std::string_view line) {
    std::string_view id;
    if (StartsWith(line, "[[")) id = line.substr(2, line.find_first_of("],", 2) - 2);
    if (StartsWith(line, "[#")) id = line.substr(2, line.find_first_of("],.%", 2) - 2);
    if (!id.empty()) anchor_ = TidyLine(id, 256);
  }

  void Text(std::string_view line) {
    if (StartsWith(line, "image::") || StartsWith(line, "video::") || StartsWith(line, "audio::")) {
      const std::size_t open = std::min(line.find('['), line.size());
      std::string_view alt = line.substr(std::min(open + 1, line.size()));
      alt = alt.substr(0, alt.find_first_of(",]"));
      writer_.LineBreak();
      writer_.Text(alt);
      writer_.LineBreak();
      return;
    }
    std::string text(line);
    if (line.front() == '|') std::replace(text.begin(), text.end(), '|', ' ');
    const bool block_title = line.front() == '.' && line.size() > 1 && line[1] != '.' && line[1] != ' ';
    if (block_title) text.erase(0, 1);
    const std::size_t list = line.find_first_not_of("*-. ");
    const bool item = list != std::string_view::npos && list > 1 && line[list - 1] == ' ' && !block_title;
    if (item) text.erase(0, list);
    const bool breaks =
        item || block_title || line.front() == '|' || line.find(":: ") != std::string_view::npos;
    if (const std::size_t term = text.find(":: "); term != std::string::npos) text.replace(term, 3, ": ");
    if (text.size() > 2 && text.compare(text.size() - 2, 2, "::") == 0) text.pop_back();
    if (text.size() > 2 && text.compare(text.size() - 2, 2, " +") == 0) text.resize(text.size() - 2);
    breaks ? writer_.LineBreak() : writer_.Space();
    writer_.Text(AsciidocInline(text, attributes_));
    if (block_title) writer_.LineBreak();
  }

  std::vector<std::string_view> lines_;
  Reading& reading_;
  BodyWriter writer_;
  AsciidoctorIds ids_;
  AsciidocAttributes attributes_;
  std::size_t at_ = 0;
  std::string anchor_;
};

}  // namespace

Reading ReadAsciidoc(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes);
  Reading reading;
  Asciidoc(decoded.text, reading).Run();
  return reading;
}

}  // namespace quipu::extract
