// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/title.h"

#include <algorithm>
#include <map>

#include "indexer/extract/boilerplate.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kLinesTried = 60;
constexpr std::size_t kBytesTried = 16384;
constexpr std::size_t kBytesSearched = 1U << 20;  // for a line's repetition
constexpr std::size_t kTitleBytes = 2000;
constexpr std::size_t kWrappedFrom = 45;  // a line this long that does not end a sentence goes on in the next

std::size_t CountCharacters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view FirstCharacters(std::string_view utf8, std::size_t count) {
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    if ((static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) continue;
    if (count == 0) return utf8.substr(0, at);
    --count;
  }
  return utf8;
}

/// At most kMaxTitleCharacters, cut at a word with an ellipsis.
std::string Clip(std::string_view title) {
  if (CountCharacters(title) <= kMaxTitleCharacters) return std::string(title);
  std::string_view head = FirstCharacters(title, kMaxTitleCharacters - 1);
  const std::size_t space = head.find_last_of(' ');
  // A script without spaces is cut where it must be.
  if (space != std::string_view::npos && space > head.size() / 2) head = head.substr(0, space);
  while (!head.empty() &&
         (head.back() == ',' || head.back() == ';' || head.back() == ':' || head.back() == '-')) {
    head.remove_suffix(1);
  }
  return std::string(head) + "…";
}

/// Without the marks that plain text decorates headings with: "=== Title ===", "# Title", "* Title *".
std::string_view Undecorated(std::string_view line) {
  constexpr std::string_view kMarks = " #*=_~>|-+";
  const std::size_t begin = line.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" #*=_~|") + 1 - begin);
}

bool EndsSentence(std::string_view line) {
  return !line.empty() &&
         (line.back() == '.' || line.back() == '?' || line.back() == '!' || line.back() == ':');
}

/// Whether the full stop at `at` ends an abbreviation ("Dr.", "U.S.", "art.") or an initial.
bool IsAbbreviation(std::string_view text, std::size_t at) {
  constexpr std::string_view kLower[] = {"art", "pag", "pág", "no",     "núm", "num", "etc",
                                         "vs",  "cf",  "ed",  "eds",    "vol", "pp",  "inc",
                                         "ltd", "cap", "fig", "approx", "ca"};
  const std::size_t space = text.find_last_of(" (", at);
  const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
  const std::string_view word = text.substr(begin, at - begin);
  if (word.empty() || word.find('.') != std::string_view::npos) return true;
  const bool capital = word.front() >= 'A' && word.front() <= 'Z';
  return (capital && CountCharacters(word) <= 3) ||
         std::find(std::begin(kLower), std::end(kLower), word) != std::end(kLower);
}

/// The first sentence, if there is more than one and it is not too short to say something.
std::string_view FirstSentence(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    // Chinese and Japanese end sentences with marks of their own, and write no space after them.
    for (const std::string_view mark : {"。", "！", "？"}) {
      if (at >= 8 && text.substr(at, mark.size()) == mark) return text.substr(0, at + mark.size());
    }
    const char c = text[at];
    if ((c != '.' && c != '?' && c != '!') || text[at + 1] != ' ') continue;
    if (c == '.' && IsAbbreviation(text, at)) continue;
    if (CountCharacters(text.substr(0, at)) < 20) continue;
    return text.substr(0, at + 1);
  }
  return text;
}

std::vector<std::string> FirstLines(std::string_view body) {
  body = ClipUtf8(body, kBytesTried);
  std::vector<std::string> lines;
  while (!body.empty() && lines.size() < kLinesTried) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    lines.push_back(TidyLine(body.substr(0, end), kTitleBytes));
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return lines;
}

std::string_view Trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t") + 1 - begin);
}

/// Whether `line` stands in the body a second time, as a line of its own.
bool Repeats(std::string_view body, std::string_view line) {
  int seen = 0;
  body = body.substr(0, kBytesSearched);
  while (!body.empty() && seen < 2) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    if (Trimmed(body.substr(0, end)) == line) ++seen;
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return seen >= 2;
}

/// A paragraph broken into lines: the line and what follows it, until a sentence or a title is full.
std::string Unwrap(const std::vector<std::string>& lines, std::size_t at) {
  std::string text = lines[at];
  std::size_t length = text.size();
  for (std::size_t next = at + 1; next < lines.size(); ++next) {
    if (lines[next].empty() || length < kWrappedFrom || EndsSentence(text)) break;
    if (CountCharacters(text) > kMaxTitleCharacters) break;
    if (Undecorated(lines[next]).empty()) break;
    text += ' ';
    text += lines[next];
    length = lines[next].size();
  }
  return text;
}

/// "Key: value", as in the head of a mail or of a specification.
bool IsHeaderLine(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 30) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

/// A text that begins with such lines names its subject there, or has its title after them.
struct Head {
  std::string subject;
  std::size_t end = 0;  // the first line after it; where it would begin: there is none
};
Head ReadHead(const std::vector<std::string>& lines, std::size_t begin) {
  Head head{.subject = {}, .end = begin};
  std::size_t headers = 0;
  std::size_t at = begin;
  for (; at < lines.size() && !lines[at].empty(); ++at) {
    if (!IsHeaderLine(lines[at])) continue;  // a long value goes on in the next line
    ++headers;
    const std::size_t colon = lines[at].find(':');
    const std::string key = lines[at].substr(0, colon);
    const bool names =
        key == "Subject" || key == "Title" || key == "Asunto" || key == "Título" || key == "TITLE";
    if (names && head.subject.empty())
      head.subject = TidyLine(std::string_view(lines[at]).substr(colon + 1), kTitleBytes);
  }
  if (headers >= 2 && headers * 2 >= at - begin && IsHeaderLine(lines[begin])) head.end = at;
  if (head.end == begin) head.subject.clear();
  return head;
}

/// "\\title{On tea}" → "On tea".
std::string TexTitle(const std::vector<std::string>& lines) {
  constexpr std::string_view kCommand = "\\title{";
  for (const std::string& line : lines) {
    const std::size_t at = line.find(kCommand);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + kCommand.size();
    return line.substr(begin, line.find_last_of('}') - begin);
  }
  return "";
}

std::string FromBody(std::string_view body) {
  const std::vector<std::string> lines = FirstLines(body);
  if (lines.empty()) return "";
  if (std::string title = TexTitle(lines); !title.empty()) return title;
  std::string second_best;
  bool keyed = false;  // a text of such lines all through: they are no titles
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (at == 0 || lines[at - 1].empty()) {
      Head head = ReadHead(lines, at);
      if (!head.subject.empty()) return std::move(head.subject);
      keyed = keyed || head.end > at;
      at = head.end;
      if (at == lines.size()) break;
    }
    const std::string_view line = Undecorated(lines[at]);
    if (keyed && IsHeaderLine(line)) continue;
    if (line.empty() || IsBoilerplate(lines[at]) || IsBoilerplate(line)) continue;
    std::string title(Undecorated(FirstSentence(Unwrap(lines, at))));
    if (title.empty()) continue;
    if (!Repeats(body, lines[at])) return title;
    if (second_best.empty()) second_best = std::move(title);
  }
  return second_best;
}

bool IsHex(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

std::string PercentDecoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && IsHex(text.substr(at + 1, 2))) {
      out += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string_view StemOf(std::string_view file) {
  const std::size_t dot = file.find_last_of('.');
  return dot == std::string_view::npos || dot == 0 || file.size() - dot > 6 ? file : file.substr(0, dot);
}

}  // namespace

std::string ReadableName(std::string_view path) {
  std::size_t slash = path.find_last_of('/');
  std::string_view stem = StemOf(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (slash != std::string_view::npos && (stem == "index" || stem == "default")) {
    // Every folder has one: the folder's name says more.
    const std::string_view folder = path.substr(0, slash);
    slash = folder.find_last_of('/');
    stem = slash == std::string_view::npos ? folder : folder.substr(slash + 1);
  }
  std::string name = PercentDecoded(stem);
  const auto digit = [&name](std::size_t at) {
    return at < name.size() && name[at] >= '0' && name[at] <= '9';
  };
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool inside_date = at > 0 && digit(at - 1) && digit(at + 1);
    if (name[at] == '_' || name[at] == '+' || (name[at] == '-' && !inside_date)) name[at] = ' ';
  }
  name = TidyLine(name, kTitleBytes);
  return Clip(name.empty() ? TidyLine(path, kTitleBytes) : name);
}

std::string ChooseTitle(const TitleSources& sources) {
  if (const std::string declared = TidyLine(sources.declared, kTitleBytes); !SaysNothing(declared))
    return Clip(declared);
  for (const std::string_view heading : sources.headings) {
    const std::string tidy = TidyLine(Undecorated(heading), kTitleBytes);
    if (!tidy.empty() && !IsBoilerplate(tidy)) return Clip(tidy);
  }
  if (sources.prose) {
    if (const std::string line = FromBody(sources.body); !line.empty()) return Clip(line);
  }
  return ReadableName(sources.name);
}

}  // namespace quipu::extract
