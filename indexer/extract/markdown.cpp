// SPDX-License-Identifier: GPL-2.0-or-later
#include <libxml/HTMLparser.h>
#include <md4c.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/front_matter.h"
#include "indexer/extract/html_parser.h"
#include "indexer/extract/slug.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxHeadingBytes = 500;

/// "&amp;", "&#243;", "&#xF3;" as text; an unknown name stays as it is.
std::string DecodeEntity(std::string_view entity) {
  std::string out;
  const std::string name(entity.substr(1, entity.size() > 2 ? entity.size() - 2 : 0));
  if (!name.empty() && name.front() == '#') {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const unsigned long code = std::strtoul(name.c_str() + (hex ? 2 : 1), nullptr, hex ? 16 : 10);
    AppendUtf8(out, code > 0x10FFFF ? 0xFFFD : static_cast<char32_t>(code));
    return out;
  }
  const htmlEntityDesc* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (known == nullptr) return std::string(entity);
  AppendUtf8(out, known->value);
  return out;
}

/// Turns md4c's events into a body with a segment for each heading.
class MarkdownText {
 public:
  explicit MarkdownText(BodyWriter& writer) : writer_(writer) {}

  void Enter(MD_BLOCKTYPE block) {
    Break(block);
    if (block == MD_BLOCK_CODE) in_code_ = true;
    if (block == MD_BLOCK_HTML) html_.clear();
    if (block == MD_BLOCK_H) {
      in_heading_ = true;
      heading_.clear();
      child_anchor_.clear();
    }
  }

  void Leave(MD_BLOCKTYPE block) {
    if (block == MD_BLOCK_CODE) in_code_ = false;
    if (block == MD_BLOCK_HTML) ParseHtml(html_).page.Write(writer_);
    if (block == MD_BLOCK_H) CloseHeading();
    Break(block);
  }

  void Text(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
      case MD_TEXT_BR: return in_heading_ ? Put(" ") : writer_.LineBreak();
      case MD_TEXT_SOFTBR: return Put(" ");
      case MD_TEXT_ENTITY: return Put(DecodeEntity(text));
      case MD_TEXT_HTML: return Html(text);
      case MD_TEXT_NULLCHAR: return;
      default: return Put(text);
    }
  }

  void Html(std::string_view text) {
    if (in_html_block_) {
      html_ += text;
      return;
    }
    // Inline: the tag alone, its text comes as text.
    if (text.substr(0, 3) == "<br") writer_.LineBreak();
    if (!in_heading_ || text.substr(0, 2) != "<a") return;
    for (const std::string_view key : {"id=\"", "name=\""}) {
      const std::size_t at = text.find(key);
      if (at == std::string_view::npos) continue;
      const std::size_t begin = at + key.size();
      child_anchor_ = TidyLine(text.substr(begin, text.find('"', begin) - begin), 256);
    }
  }

  bool in_html_block_ = false;

 private:
  void Break(MD_BLOCKTYPE block) {
    in_html_block_ = false;
    if (block == MD_BLOCK_LI || block == MD_BLOCK_TR) return writer_.LineBreak();
    if (block == MD_BLOCK_TD || block == MD_BLOCK_TH) return writer_.Space();
    if (block == MD_BLOCK_DOC || block == MD_BLOCK_THEAD || block == MD_BLOCK_TBODY) return;
    writer_.Paragraph();
  }

  void Put(std::string_view text) {
    if (in_heading_) {
      if (heading_.size() < kMaxHeadingBytes) heading_ += text;
      return;
    }
    in_code_ ? writer_.Verbatim(text) : writer_.Text(text);
  }

  /// "Heading {#id}" has its own anchor; else the one that Markdown renderers make from its words.
  void CloseHeading() {
    in_heading_ = false;
    std::string heading = TidyLine(heading_, kMaxHeadingBytes);
    std::string anchor = std::exchange(child_anchor_, {});
    const std::size_t mark = heading.rfind("{#");
    if (mark != std::string::npos && heading.back() == '}') {
      anchor = TidyLine(heading.substr(mark + 2, heading.find_first_of(" }", mark) - mark - 2), 256);
      heading = TidyLine(heading.substr(0, mark), kMaxHeadingBytes);
    }
    if (heading.empty()) return;
    const std::string slug = slugs_.Make(heading);
    writer_.BeginSegment({.anchor = anchor.empty() ? slug : anchor, .heading = heading});
    writer_.Text(heading);
  }

  BodyWriter& writer_;
  bool in_code_ = false;
  bool in_heading_ = false;
  std::string heading_;
  std::string child_anchor_;
  std::string html_;
  SlugMaker slugs_;
};

int OnEnter(MD_BLOCKTYPE block, void* /*detail*/, void* user) {
  auto& text = *static_cast<MarkdownText*>(user);
  text.Enter(block);
  text.in_html_block_ = block == MD_BLOCK_HTML;
  return 0;
}

int OnLeave(MD_BLOCKTYPE block, void* /*detail*/, void* user) {
  static_cast<MarkdownText*>(user)->Leave(block);
  return 0;
}

int OnSpan(MD_SPANTYPE /*span*/, void* /*detail*/, void* /*user*/) { return 0; }

int OnText(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
  static_cast<MarkdownText*>(user)->Text(type, {text, size});
  return 0;
}

bool Parse(std::string_view markdown, BodyWriter& writer) {
  MarkdownText text(writer);
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB;
  parser.enter_block = &OnEnter;
  parser.leave_block = &OnLeave;
  parser.enter_span = &OnSpan;
  parser.leave_span = &OnSpan;
  parser.text = &OnText;
  return md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &text) == 0;
}

bool IsTrue(const std::string& value) { return value == "true" || value == "True" || value == "yes"; }

std::vector<std::string> TagsOf(const FrontMatter& matter) {
  std::vector<std::string> tags;
  // "tags: a, b" is as common as a list.
  for (const std::string& value : matter.GetAll({"tags", "keywords", "categories"})) {
    for (std::string& tag : SplitKeywords(value)) tags.push_back(std::move(tag));
  }
  return tags;
}

}  // namespace

Reading ReadMarkdown(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes, file.charset);
  const FrontMatter matter = ParseFrontMatter(decoded.text);
  if (IsTrue(matter.Get({"draft"})))
    return Refuse(State::kSkipped, "its front matter says that it is a draft");
  BodyWriter writer;
  if (!Parse(std::string_view(decoded.text).substr(matter.end), writer))
    return Refuse(State::kFailed, "cannot be read as Markdown");
  Reading reading;
  if (writer.full()) {
    reading.state = State::kTruncated;
    reading.reason = "more than 32 MiB of text; the rest was left out";
  }
  reading.title = matter.Get({"title"});
  reading.date = matter.Get({"date", "published", "created", "lastmod", "updated"});
  reading.language = matter.Get({"lang", "language", "locale"});
  reading.SetList("author", matter.GetAll({"author", "authors"}));
  reading.SetField("description", matter.Get({"description", "summary", "excerpt", "subtitle"}));
  reading.SetList("tags", TagsOf(matter));
  reading.SetField("canonical", matter.Get({"canonical", "canonical_url", "canonicalurl"}));
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

}  // namespace quipu::extract
