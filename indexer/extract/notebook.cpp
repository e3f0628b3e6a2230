// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/markup_text.h"

namespace quipu::extract {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxCells = 20000;
constexpr std::size_t kMaxOutputBytes = 4096;  // of one cell: enough for what it says, not for its data
constexpr std::size_t kMaxOutputsBytes = 1U << 20;

/// A "source" or "text": a string, or a list of them.
std::string TextOf(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return "";
  if (found->is_string()) return found->get<std::string>();
  std::string text;
  if (found->is_array()) {
    for (const json& line : *found) {
      if (line.is_string()) text += line.get_ref<const std::string&>();
    }
  }
  return text;
}

std::string OutputsOf(const json& cell) {
  std::string text;
  const auto outputs = cell.find("outputs");
  if (outputs == cell.end() || !outputs->is_array()) return text;
  for (const json& output : *outputs) {
    if (!output.is_object() || text.size() > kMaxOutputBytes) continue;
    text += TextOf(output, "text");
    if (const auto data = output.find("data"); data != output.end() && data->is_object())
      text += TextOf(*data, "text/plain");
    if (const auto name = output.find("ename"); name != output.end() && name->is_string())
      text += name->get<std::string>() + ": " + TextOf(output, "evalue");
    text += '\n';
  }
  if (text.size() > kMaxOutputBytes) text.resize(kMaxOutputBytes);
  return text;
}

/// A block of code that nothing in it can end.
std::string Fenced(const std::string& code) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<std::size_t>(3, longest + 1), '`');
  return fence + "\n" + code + "\n" + fence + "\n\n";
}

/// The notebook as Markdown, which it mostly is.
std::string MarkdownOf(const json& cells) {
  std::string markdown = "\n";
  std::size_t outputs = 0;
  std::size_t count = 0;
  for (const json& cell : cells) {
    if (!cell.is_object() || ++count > kMaxCells) continue;
    std::string source = TextOf(cell, "source");
    if (source.empty()) source = TextOf(cell, "input");  // of notebooks before version 4
    const std::string type = TextOf(cell, "cell_type");
    if (type == "code") {
      if (!source.empty()) markdown += Fenced(source);
      const std::string output = OutputsOf(cell);
      outputs += output.size();
      if (TrimBlanks(output).empty() || outputs > kMaxOutputsBytes) continue;
      markdown += Fenced(output);
    } else if (type != "raw") {
      markdown += source + "\n\n";
    }
  }
  return markdown;
}

/// Whether it begins with words: the first line of code is no title.
bool BeginsWithWords(const json& cells) {
  for (const json& cell : cells) {
    if (!cell.is_object() || TrimBlanks(TextOf(cell, "source")).empty()) continue;
    return TextOf(cell, "cell_type") == "markdown";
  }
  return false;
}

const json* CellsOf(const json& notebook) {
  if (const auto cells = notebook.find("cells"); cells != notebook.end() && cells->is_array()) return &*cells;
  // Version 3 had sheets.
  const auto sheets = notebook.find("worksheets");
  if (sheets == notebook.end() || !sheets->is_array() || sheets->empty() || !sheets->front().is_object())
    return nullptr;
  const auto cells = sheets->front().find("cells");
  return cells != sheets->front().end() && cells->is_array() ? &*cells : nullptr;
}

std::vector<std::string> AuthorsOf(const json& metadata) {
  std::vector<std::string> authors;
  const auto list = metadata.find("authors");
  if (list == metadata.end() || !list->is_array()) return authors;
  for (const json& author : *list) {
    if (author.is_object()) authors.push_back(TextOf(author, "name"));
  }
  return authors;
}

}  // namespace

Reading ReadNotebook(const FileContent& file) {
  const std::string text = DecodeText(file.bytes).text;
  bool too_deep = false;
  const json notebook = json::parse(
      text,
      [&too_deep](int depth, json::parse_event_t, const json&) {
        too_deep = too_deep || static_cast<std::size_t>(depth) > kMaxDepth;
        return static_cast<std::size_t>(depth) <= kMaxDepth;
      },
      false);
  if (!notebook.is_object()) return ReadPlainText(file);
  const json* cells = CellsOf(notebook);
  if (cells == nullptr) return Refuse(State::kFailed, "a notebook without cells");
  const std::string markdown = MarkdownOf(*cells);
  FileContent inner = file;
  inner.bytes = markdown;
  Reading reading = ReadMarkdown(inner);
  reading.prose = BeginsWithWords(*cells);
  // A notebook's headings have their words as anchors, with hyphens for blanks.
  for (schema::Segment& segment : reading.segments) {
    segment.anchor = segment.heading;
    std::replace(segment.anchor.begin(), segment.anchor.end(), ' ', '-');
  }
  const json metadata = notebook.value("metadata", json::object());
  if (metadata.is_object()) {
    reading.title = TextOf(metadata, "title");
    reading.SetList("author", AuthorsOf(metadata));
  }
  if (too_deep && reading.state == State::kIndexed) {
    reading.state = State::kTruncated;
    reading.reason = "nested too deep; some was left out";
  }
  return reading;
}

}  // namespace quipu::extract
