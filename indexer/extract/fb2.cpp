// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/format.h"
#include "indexer/extract/office_ending.h"
#include "indexer/extract/office_text.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {
namespace {

/// FictionBook: the description's <title-info>, and the bodies.
class Fb2Handler : public XmlHandler {
 public:
  Fb2Handler(OfficeText& text, Reading& reading) : text_(text), reading_(reading) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (skip_ > 0 || IsSkipped(name, attributes)) {
      ++skip_;
      return;
    }
    if (in_body_) return StartInBody(name);
    if (name == "title-info") in_info_ = true;
    if (name == "body") BeginBody(attributes.Get("name"));
    if (!in_info_) return;
    if (name == "annotation") in_annotation_ = true;
    if (name == "author" && !in_annotation_) author_.clear();
    if (name == "date") date_ = attributes.Get("value").substr(0, kMaxFieldBytes);
    value_.clear();
  }

  void End(std::string_view name) override {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (in_body_) return EndInBody(name);
    if (in_info_) EndInInfo(name);
    if (name == "title-info") FinishInfo();
  }

  void Text(std::string_view text) override {
    if (skip_ > 0) return;
    if (in_body_) {
      Say(text);
    } else if (in_info_ && value_.size() < kMaxFieldBytes) {
      value_ += text;
    }
  }

 private:
  static bool IsSkipped(std::string_view name, const XmlAttributes& attributes) {
    return name == "binary" || name == "stylesheet" || name == "coverpage" || name == "src-title-info" ||
           name == "document-info" || name == "publish-info" || name == "custom-info" ||
           (name == "a" && attributes.Get("type") == "note");
  }

  void BeginBody(std::string_view name) {
    in_body_ = true;
    in_notes_ = name == "notes" || name == "comments" || name == "footnotes";
    if (in_notes_) text_.BeginNote();
  }

  void Begin(bool heading) {
    text_.BeginParagraph(heading && !in_notes_);
    after_blank_ = true;
    ++paragraphs_;
  }

  void Finish() {
    if (paragraphs_ == 0) return;
    --paragraphs_;
    text_.EndParagraph();
  }

  void StartInBody(std::string_view name) {
    if (name == "title") {
      in_title_ = true;
      return Begin(true);
    }
    if (in_title_) return;
    if (name == "stanza" || name == "p" || name == "subtitle" || name == "text-author" || name == "date")
      Begin(false);
    if (name == "td" || name == "th") {
      text_.BeginCell();
      Begin(false);
    }
  }

  void EndInBody(std::string_view name) {
    if (name == "title") {
      in_title_ = false;
      return Finish();
    }
    // The lines of a title, and of a poem.
    if ((in_title_ && name == "p") || name == "v") {
      after_blank_ = true;
      return text_.LineBreak();
    }
    if (in_title_) return;
    if (name == "stanza" || name == "p" || name == "subtitle" || name == "text-author" || name == "date" ||
        name == "td" || name == "th")
      Finish();
    if (name == "tr") text_.EndRow();
    if (name == "table") text_.EndTable();
    if (name != "body") return;
    in_body_ = false;
    if (in_notes_) text_.EndNote();
  }

  void Say(std::string_view text) {
    if (paragraphs_ == 0) return;
    // A file's own line breaks and indents are only white space.
    std::string plain;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (!blank || !after_blank_) plain += blank ? ' ' : c;
      after_blank_ = blank;
    }
    text_.Text(plain);
  }

  void EndInInfo(std::string_view name) {
    if (name == "annotation") {
      in_annotation_ = false;
      reading_.SetField("description", annotation_);
    }
    if (in_annotation_) {
      if (annotation_.size() < kMaxFieldBytes) annotation_ += value_ + " ";
    } else if (name == "first-name" || name == "middle-name" || name == "last-name") {
      author_ += " " + value_;
    } else if (name == "nickname" && author_.empty()) {
      author_ = value_;
    } else if (name == "author" && authors_.size() < kMaxFieldValues) {
      authors_.push_back(author_.substr(0, kMaxFieldBytes));
    } else if (name == "book-title") {
      reading_.title = TidyLine(value_, kMaxFieldBytes);
    } else if (name == "lang") {
      reading_.language = TidyLine(value_, 64);
    } else if (name == "genre" && value_ != "unrecognised" && tags_.size() < kMaxFieldValues) {
      tags_.push_back(value_);
    } else if (name == "keywords") {
      for (std::string& word : SplitKeywords(value_)) tags_.push_back(std::move(word));
    } else if (name == "date") {
      reading_.date = date_.empty() ? value_ : date_;
    }
    value_.clear();
  }

  void FinishInfo() {
    in_info_ = false;
    reading_.SetList("author", authors_);
    reading_.SetList("tags", tags_);
  }

  OfficeText& text_;
  Reading& reading_;
  int skip_ = 0;
  int paragraphs_ = 0;
  bool in_info_ = false;
  bool in_annotation_ = false;
  bool in_body_ = false;
  bool in_notes_ = false;
  bool in_title_ = false;
  bool after_blank_ = false;
  std::string value_;
  std::string date_;
  std::string author_;
  std::string annotation_;
  std::vector<std::string> authors_;
  std::vector<std::string> tags_;
};

/// The book inside an .fb2.zip, which is the file that ends so.
ZipArchive::Member Unpack(std::string_view bytes) {
  ZipArchive zip(bytes);
  for (const std::string& name : zip.names()) {
    if (name.size() > 4 && name.compare(name.size() - 4, 4, ".fb2") == 0) return zip.Read(name);
  }
  return {.bytes = {}, .fault = ZipArchive::Fault::kMissing};
}

}  // namespace

Reading ReadFb2(const FileContent& file) {
  ZipArchive::Member book;
  std::string_view xml = file.bytes;
  if (xml.substr(0, 2) == "PK") {
    book = Unpack(file.bytes);
    if (book.fault == ZipArchive::Fault::kEncrypted)
      return Refuse(State::kEncrypted, "opens only with a password");
    xml = book.bytes;
  }
  Reading reading;
  BodyWriter writer;
  OfficeText text(writer);
  Fb2Handler handler(text, reading);
  const XmlEnd end = ParseXml(xml, handler);
  text.Finish();
  return FinishOffice(std::move(reading), {.fault = book.fault, .xml = end}, writer);
}

}  // namespace quipu::extract
