// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "indexer/extract/format.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/xml_elements.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/xml_text.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxCaptured = 64U << 10;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// Reads DocBook, JATS, TEI and, as text alone, any other XML.
class XmlDocument final : public XmlHandler {
 public:
  explicit XmlDocument(Reading& reading) : reading_(reading) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    Frame frame = frames_.empty() ? Frame{} : frames_.back();
    frame.role = RoleOf(Lower(name));
    frame.begins_capture = false;
    if (frames_.empty()) reading_.language = attributes.Get("lang");
    frame.hidden = frame.hidden || frame.role == XmlRole::kHidden;
    frame.info = frame.info || frame.role == XmlRole::kInfo;
    frame.verbatim = frame.verbatim || frame.role == XmlRole::kVerbatim;
    if (frame.role == XmlRole::kSection) frame.anchor = TidyLine(attributes.Get("id"), 256);
    if (!frame.hidden) Open(frame, attributes);
    frames_.push_back(std::move(frame));
  }

  void End(std::string_view /*name*/) override {
    if (frames_.empty()) return;
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.hidden) return;
    if (capturing_) captured_ += ' ';
    if (frame.begins_capture) return Close(frame);
    Break(frame);
  }

  void Text(std::string_view text) override {
    if (frames_.empty() || frames_.back().hidden) return;
    if (capturing_) {
      if (captured_.size() < kMaxCaptured) captured_ += text;
      if (!speaking_) return;
    }
    if (frames_.back().info && !speaking_) return;
    frames_.back().verbatim ? writer_.Verbatim(text) : writer_.Text(text);
  }

  void Finish(XmlEnd end) {
    reading_.SetList("author", authors_);
    // Fields of data say no title with their first line.
    reading_.prose = paragraphs_ > 0;
    if (end != XmlEnd::kComplete) {
      reading_.state = State::kTruncated;
      reading_.reason = end == XmlEnd::kTooDeep ? "elements nested too deep; the rest was left out"
                                                : "no well-formed XML; the rest was left out";
    }
    FinishReading(writer_, reading_);
    if (end == XmlEnd::kMalformed && reading_.body.empty())
      reading_ = Refuse(State::kFailed, "no well-formed XML");
  }

 private:
  struct Frame {
    XmlRole role = XmlRole::kBlock;
    bool hidden = false;
    bool info = false;
    bool verbatim = false;
    bool begins_capture = false;
    std::string anchor;  // of the section around
  };

  /// Titles and metadata are collected; an abstract is text besides.
  void Open(Frame& frame, const XmlAttributes& attributes) {
    Break(frame);
    if (frame.role == XmlRole::kParagraph) ++paragraphs_;
    if (capturing_) return;
    const bool metadata = frame.role == XmlRole::kAuthor || frame.role == XmlRole::kDate;
    // An author in running text is one who is spoken of.
    if (metadata && !frame.info && frames_.size() > 3) return;
    if (!metadata && frame.role != XmlRole::kTitle && frame.role != XmlRole::kAbstract) return;
    if (frame.role == XmlRole::kDate && reading_.date.empty()) {
      reading_.date = attributes.Get("when");
      if (reading_.date.empty()) reading_.date = attributes.Get("iso-8601-date");
    }
    frame.begins_capture = capturing_ = true;
    speaking_ = frame.role == XmlRole::kAbstract;
    captured_.clear();
  }

  void Close(const Frame& frame) {
    capturing_ = speaking_ = false;
    const std::string text = TidyLine(captured_, kMaxFieldBytes);
    if (text.empty()) return;
    switch (frame.role) {
      case XmlRole::kAuthor: authors_.push_back(text); break;
      case XmlRole::kAbstract: reading_.SetField("description", text); break;
      case XmlRole::kDate: KeepDate(text); break;
      default: Title(text, frame);
    }
    writer_.Paragraph();
  }

  /// JATS has day, month and year as numbers, one behind the other.
  void KeepDate(const std::string& text) {
    if (!reading_.date.empty()) return;
    const std::vector<std::string> parts = Words(text);
    const bool numbers =
        parts.size() == 3 && parts[2].size() == 4 && parts[0].size() <= 2 && parts[1].size() <= 2;
    const auto padded = [](const std::string& part) { return part.size() == 1 ? "0" + part : part; };
    reading_.date = numbers ? parts[2] + "-" + padded(parts[1]) + "-" + padded(parts[0]) : text;
  }

  static std::vector<std::string> Words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      if (end > 0) words.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
  }

  void Title(const std::string& text, const Frame& frame) {
    const std::string heading(ClipUtf8(text, 500));
    const bool first = reading_.title.empty() && frames_.size() <= 6;
    if (first) reading_.title = heading;
    if (frame.info && !first) return;
    writer_.Paragraph();
    writer_.BeginSegment({.anchor = frame.anchor, .heading = heading});
    writer_.Text(heading);
  }

  void Break(const Frame& frame) {
    switch (frame.role) {
      case XmlRole::kInline: return;
      case XmlRole::kBlock: return writer_.LineBreak();
      default: return writer_.Paragraph();
    }
  }

  Reading& reading_;
  BodyWriter writer_;
  std::vector<Frame> frames_;
  std::vector<std::string> authors_;
  std::string captured_;
  bool capturing_ = false;
  bool speaking_ = false;
  std::size_t paragraphs_ = 0;
};

/// Reads the words of a picture: title, description, and text that is drawn.
class SvgText final : public XmlHandler {
 public:
  explicit SvgText(Reading& reading) : reading_(reading) {}

  void Start(std::string_view name, const XmlAttributes& /*attributes*/) override {
    ++depth_;
    if (speaking_ == 0 && (name == "title" || name == "desc" || name == "text" || name == "textPath")) {
      speaking_ = depth_;
      title_ = name == "title" && depth_ == 2;
    }
  }

  void End(std::string_view /*name*/) override {
    if (speaking_ == depth_) {
      speaking_ = 0;
      title_ = false;
      writer_.LineBreak();
    } else if (speaking_ != 0) {
      writer_.Space();
    }
    --depth_;
  }

  void Text(std::string_view text) override {
    if (speaking_ == 0) return;
    if (title_ && reading_.title.size() < 4096) reading_.title += text;
    writer_.Text(text);
  }

  void Finish(XmlEnd end) {
    reading_.prose = false;
    if (end != XmlEnd::kComplete) {
      reading_.state = State::kTruncated;
      reading_.reason = "no well-formed XML; the rest was left out";
    }
    FinishReading(writer_, reading_);
    if (reading_.body.empty())
      reading_ = end == XmlEnd::kComplete ? Refuse(State::kSkipped, "no text in the picture")
                                          : Refuse(State::kFailed, "no well-formed XML");
  }

 private:
  Reading& reading_;
  BodyWriter writer_;
  int depth_ = 0;
  int speaking_ = 0;  // the depth of the element whose text is read
  bool title_ = false;
};

template <typename Handler>
Reading ReadWith(const FileContent& file) {
  Reading reading;
  Handler handler(reading);
  handler.Finish(ParseXml(DecodeXml(file.bytes), handler));
  return reading;
}

}  // namespace

Reading ReadXml(const FileContent& file) { return ReadWith<XmlDocument>(file); }

Reading ReadSvg(const FileContent& file) { return ReadWith<SvgText>(file); }

}  // namespace quipu::extract
