// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "indexer/extract/code_page.h"
#include "indexer/extract/format.h"
#include "indexer/extract/office_text.h"
#include "indexer/extract/rtf_tables.h"
#include "indexer/extract/rtf_tokens.h"
#include "indexer/extract/rtf_words.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

using Action = RtfAction;
using Destination = RtfDestination;
using Kind = RtfToken::Kind;

constexpr std::size_t kMaxDepth = 2000;  // deeper groups share the state of the last

/// What a group inherits from the one around it and loses at its end.
struct Group {
  Destination destination = Destination::kBody;
  int font = -1;
  int unicode_skip = 1;
  bool hidden = false;
  bool html_copy = false;
  bool owns_destination = false;  // it ends with this group
};

/// What the document's properties say.
struct RtfInfo {
  std::string title;
  std::string author;
  std::string subject;
  std::string keywords;
  std::string comment;
  std::array<int, 5> created{};  // year, month, day, hour, minute
};

/// Whether an HTML tag begins or ends a block or a line.
bool BreaksText(std::string_view tag) {
  constexpr std::array<std::string_view, 16> kNames = {"p",  "br", "div", "td", "th", "tr", "li", "ul",
                                                       "ol", "hr", "h1",  "h2", "h3", "h4", "dd", "dt"};
  if (tag.substr(0, 1) != "<") return false;
  tag.remove_prefix(1);
  if (tag.substr(0, 1) == "/") tag.remove_prefix(1);
  std::string name;
  for (const char c : tag.substr(0, std::min<std::size_t>(tag.find_first_of(" \t\r\n/>"), 8)))
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

class RtfReader {
 public:
  explicit RtfReader(OfficeText& text) : text_(text) { groups_.emplace_back(); }

  void Read(const RtfToken& token);
  /// Ends what is open; whether every group was closed.
  bool Finish();
  const RtfInfo& info() const { return info_; }

 private:
  static bool IsStyleTable(const Group& group) {
    return group.destination == Destination::kStyles && group.owns_destination;
  }
  Group& group() { return groups_.back(); }

  void BeginGroup();
  void EndGroup();
  void EndDestination(Destination ended);
  void Word(const RtfToken& token);
  void Act(const RtfWord& word, int parameter, bool given);
  void ActOnTable(Action action, int parameter);
  void Enter(Destination destination);
  void Symbol(char symbol);
  void Unicode(int value);
  void Bytes(std::string_view bytes);
  void Byte(unsigned char byte);
  /// True if what stands here only stands in for a Unicode character that has been told.
  bool IsStandIn();
  void FlushBytes();
  void Say(std::string_view utf8);
  void EndParagraph(bool ends_cell);
  void BeginCell();
  void EndTable();
  int CodePage() const;

  OfficeText& text_;
  CodePages pages_;
  RtfFonts fonts_;
  RtfStyles styles_;
  RtfInfo info_;
  std::vector<Group> groups_;
  std::size_t too_deep_ = 0;
  bool ignorable_ = false;  // \* was read
  bool group_is_new_ = false;
  int file_code_page_ = 1252;
  int default_font_ = 0;
  std::string bytes_;
  int bytes_code_page_ = 1252;
  int stand_ins_ = 0;
  char32_t high_surrogate_ = 0;
  RtfStyles::Style new_style_;
  std::string html_tag_;
  // The paragraph being read.
  bool paragraph_open_ = false;
  int style_ = 0;
  int outline_ = 9;
  bool in_table_text_ = false;
  bool in_table_ = false;
  bool cell_open_ = false;
};

void RtfReader::Read(const RtfToken& token) {
  const bool new_group = group_is_new_ || ignorable_;
  switch (token.kind) {
    case Kind::kBegin: BeginGroup(); break;
    case Kind::kEnd: EndGroup(); break;
    case Kind::kWord: Word(token); break;
    case Kind::kSymbol: Symbol(token.text[0]); break;
    case Kind::kByte: Byte(token.byte); break;
    case Kind::kText: Bytes(token.text); break;
  }
  const bool star = token.kind == Kind::kSymbol && token.text[0] == '*';
  if (token.kind != Kind::kBegin) group_is_new_ = false;
  ignorable_ = star && new_group;
}

void RtfReader::BeginGroup() {
  FlushBytes();
  stand_ins_ = 0;
  group_is_new_ = true;
  if (groups_.size() >= kMaxDepth) {
    ++too_deep_;
    return;
  }
  groups_.push_back(groups_.back());
  group().owns_destination = false;
  if (IsStyleTable(groups_[groups_.size() - 2])) new_style_ = {};
}

void RtfReader::EndGroup() {
  FlushBytes();
  stand_ins_ = 0;
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  if (groups_.size() == 1) return;
  const Group ended = group();
  groups_.pop_back();
  if (IsStyleTable(group()) && ended.destination == Destination::kStyles && !new_style_.name.empty())
    styles_.Add(new_style_);
  if (ended.owns_destination) EndDestination(ended.destination);
}

void RtfReader::EndDestination(Destination ended) {
  if (ended == Destination::kHtmlTag) {
    if (BreaksText(html_tag_)) EndParagraph(false);
    html_tag_.clear();
  }
  if (ended != Destination::kFootnote && ended != Destination::kShapeText) return;
  if (paragraph_open_) text_.EndParagraph();
  if (ended == Destination::kFootnote) text_.EndNote();
  // Around it a paragraph may still be open, which OfficeText keeps.
  paragraph_open_ = text_.IsOpen();
}

void RtfReader::Enter(Destination destination) {
  if (group().destination == Destination::kSkipped || too_deep_ > 0) return;
  if (destination == Destination::kFootnote || destination == Destination::kShapeText) {
    if (destination == Destination::kFootnote) text_.BeginNote();
    text_.BeginParagraph(false);
    paragraph_open_ = true;
  }
  group().destination = destination;
  group().owns_destination = true;
}

void RtfReader::Word(const RtfToken& token) {
  if (IsStandIn()) return;
  FlushBytes();
  const RtfWord word = FindRtfWord(token.text);
  if (word.action == Action::kUnicodeCopy) {
    if (groups_.size() >= 3 && too_deep_ == 0) group().destination = groups_[groups_.size() - 3].destination;
    return;
  }
  // "{\*\word …}": who does not know the word leaves the group out.
  if (ignorable_ && word.action != Action::kDestination) return Enter(Destination::kSkipped);
  Act(word, token.parameter.value_or(0), token.parameter.has_value());
}

void RtfReader::Act(const RtfWord& word, int parameter, bool given) {
  if (group().destination == Destination::kSkipped) return;
  const bool body = group().destination == Destination::kBody ||
                    group().destination == Destination::kFootnote ||
                    group().destination == Destination::kShapeText;
  switch (word.action) {
    case Action::kDestination: return Enter(static_cast<Destination>(word.value));
    case Action::kCharacter: {
      std::string character;
      AppendUtf8(character, word.value);
      return Say(character);
    }
    case Action::kParagraph: return body ? EndParagraph(false) : Say(" ");
    case Action::kLine: return Say(body ? "\n" : " ");
    case Action::kTab: return Say(" ");
    case Action::kCell:
    case Action::kRow:
      if (body) ActOnTable(word.action, parameter);
      return;
    case Action::kCodePage: file_code_page_ = parameter; return;
    case Action::kFileCodePage: file_code_page_ = static_cast<int>(word.value); return;
    case Action::kDefaultFont: default_font_ = parameter; return;
    case Action::kFont:
      if (group().destination == Destination::kFonts) fonts_.Begin(parameter);
      group().font = parameter;
      return;
    case Action::kFontCharset:
      if (group().destination == Destination::kFonts) fonts_.SetCodePage(CodePageOfCharset(parameter));
      return;
    case Action::kFontCodePage:
      if (group().destination == Destination::kFonts) fonts_.SetCodePage(parameter);
      return;
    case Action::kPlain:
      group().font = -1;
      group().hidden = false;
      return;
    case Action::kUnicode: return Unicode(parameter);
    case Action::kUnicodeSkip: group().unicode_skip = std::clamp(parameter, 0, 100); return;
    case Action::kHidden: group().hidden = !given || parameter != 0; return;
    case Action::kHtmlCopy: group().html_copy = !given || parameter != 0; return;
    default: break;
  }
  if (group().destination == Destination::kCreated && word.action >= Action::kYear &&
      word.action <= Action::kMinute) {
    info_.created[static_cast<std::size_t>(word.action) - static_cast<std::size_t>(Action::kYear)] =
        parameter;
    return;
  }
  ActOnTable(word.action, parameter);
}

/// Words about paragraphs: in a style's group they tell of the style.
void RtfReader::ActOnTable(Action action, int parameter) {
  const bool in_styles = group().destination == Destination::kStyles;
  if (action == Action::kCell) EndParagraph(true);
  if (action == Action::kRow && in_table_) {
    cell_open_ = false;
    text_.EndRow();
  }
  if (action == Action::kParagraphDefaults) {
    style_ = 0;
    outline_ = 9;
    in_table_text_ = false;
  }
  if (action == Action::kInTable) in_table_text_ = true;
  if (action == Action::kStyle) (in_styles ? new_style_.number : style_) = parameter;
  if (action == Action::kBasedOn && in_styles) new_style_.based_on = parameter;
  if (action != Action::kOutlineLevel) return;
  if (in_styles) new_style_.outlined = parameter >= 0 && parameter <= 8;
  if (!in_styles) outline_ = parameter;
}

void RtfReader::Symbol(char symbol) {
  if (symbol == '*') return;
  if (IsStandIn()) return;
  FlushBytes();
  switch (symbol) {
    case '~': return Say("\xC2\xA0");
    case '_': return Say("-");
    case '{':
    case '}':
    case '\\': return Say(std::string_view(&symbol, 1));
    case '\r':
    case '\n': return Act({.name = "par", .action = Action::kParagraph}, 0, false);
    case '\t': return Say(" ");
    default: return;
  }
}

bool RtfReader::IsStandIn() {
  if (stand_ins_ <= 0) return false;
  --stand_ins_;
  return true;
}

void RtfReader::Unicode(int value) {
  // Values over 32767 are written as negative ones, by most.
  const auto unit = static_cast<char32_t>(value < 0 ? value + 65536 : value);
  stand_ins_ = group().unicode_skip;
  if (unit >= 0xD800 && unit < 0xDC00) {
    high_surrogate_ = unit;
    return;
  }
  std::string character;
  const bool pair = unit >= 0xDC00 && unit < 0xE000 && high_surrogate_ != 0;
  // Symbol fonts have their characters at F020 to F0FF.
  if (unit < 0xF020 || unit > 0xF0FF)
    AppendUtf8(character, pair ? 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00) : unit);
  high_surrogate_ = 0;
  Say(character);
}

int RtfReader::CodePage() const {
  const int font = fonts_.CodePage(groups_.back().font < 0 ? default_font_ : groups_.back().font);
  return font == 0 ? file_code_page_ : font;
}

void RtfReader::Bytes(std::string_view bytes) {
  while (!bytes.empty() && IsStandIn()) bytes.remove_prefix(1);
  if (bytes.empty() || group().destination == Destination::kSkipped) return;
  const int code_page = CodePage();
  if (code_page != bytes_code_page_) FlushBytes();
  bytes_code_page_ = code_page;
  bytes_ += bytes;
}

void RtfReader::Byte(unsigned char byte) {
  const char c = static_cast<char>(byte);
  Bytes({&c, 1});
}

void RtfReader::FlushBytes() {
  if (bytes_.empty()) return;
  const std::string text = pages_.Decode(bytes_code_page_, bytes_);
  bytes_.clear();
  Say(text);
}

void RtfReader::Say(std::string_view utf8) {
  if (group().hidden || group().html_copy) return;
  const auto add = [utf8](std::string& to) {
    if (to.size() < kMaxFieldBytes) to += utf8;
  };
  switch (group().destination) {
    case Destination::kBody:
    case Destination::kFootnote:
    case Destination::kShapeText:
      if (!paragraph_open_) text_.BeginParagraph(false);
      paragraph_open_ = true;
      return text_.Text(utf8);
    case Destination::kStyles:
      add(new_style_.name);
      if (const std::size_t end = new_style_.name.find(';'); end != std::string::npos)
        new_style_.name.resize(end);
      return;
    case Destination::kTitle: return add(info_.title);
    case Destination::kAuthor: return add(info_.author);
    case Destination::kSubject: return add(info_.subject);
    case Destination::kKeywords: return add(info_.keywords);
    case Destination::kComment: return add(info_.comment);
    case Destination::kHtmlTag: return add(html_tag_);
    default: return;
  }
}

void RtfReader::EndParagraph(bool ends_cell) {
  const bool nested = group().destination != Destination::kBody;
  const bool in_cell = (ends_cell || in_table_text_) && !nested;
  if (in_cell) BeginCell();
  if (!in_cell && !nested) EndTable();
  if (paragraph_open_) {
    if (!nested && ((outline_ >= 0 && outline_ <= 8) || styles_.IsHeading(style_))) text_.MakeHeading();
    text_.EndParagraph();
  }
  paragraph_open_ = nested;
  if (nested) text_.BeginParagraph(false);
  if (ends_cell) cell_open_ = false;
}

void RtfReader::BeginCell() {
  if (!cell_open_) text_.BeginCell();
  cell_open_ = in_table_ = true;
}

void RtfReader::EndTable() {
  if (in_table_) text_.EndTable();
  cell_open_ = in_table_ = false;
}

bool RtfReader::Finish() {
  FlushBytes();
  if (paragraph_open_ && groups_.size() <= 2) EndParagraph(false);
  text_.Finish();
  return groups_.size() == 1 && too_deep_ == 0;
}

void FillMetadata(const RtfInfo& info, Reading& reading) {
  reading.title = info.title;
  reading.SetField("author", info.author);
  reading.SetField("description", info.comment.empty() ? info.subject : info.comment);
  reading.SetList("tags", SplitKeywords(info.keywords));
  const auto& [year, month, day, hour, minute] = info.created;
  if (year == 0) return;
  std::array<char, 80> date{};
  std::snprintf(date.data(), date.size(), "%04d-%02d-%02dT%02d:%02d:00", year, month, day, hour, minute);
  reading.date = date.data();
}

}  // namespace

Reading ReadRtf(const FileContent& file) {
  constexpr std::size_t kTokensBetweenClocks = 65536;
  BodyWriter writer;
  OfficeText text(writer);
  RtfReader reader(text);
  RtfTokens tokens(file.bytes);
  RtfToken token;
  bool whole = true;
  for (std::size_t count = 1; whole && tokens.Next(token); ++count) {
    reader.Read(token);
    whole = !writer.full() && (count % kTokensBetweenClocks != 0 || !file.OutOfTime());
  }
  const bool closed = reader.Finish();
  Reading reading;
  FillMetadata(reader.info(), reading);
  if (!whole || !closed || writer.full()) {
    reading.state = State::kTruncated;
    reading.reason = whole && !writer.full() ? "the file ends in the middle"
                                             : "the text is too large; its beginning was read";
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

}  // namespace quipu::extract
