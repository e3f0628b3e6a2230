// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"

namespace quipu::extract {

/// Builds a document's body from what a reader meets, and keeps it tidy: valid UTF-8 without control
/// characters, paragraphs separated by one empty line, no white space at either end, and bounded.
/// Segments begin at the exact byte of the first character written after BeginSegment.
class BodyWriter {
 public:
  static constexpr std::size_t kMaxBytes = 32ULL << 20;
  static constexpr std::size_t kMaxSegments = 100000;

  explicit BodyWriter(std::size_t max_bytes = kMaxBytes) : max_bytes_(max_bytes) {}

  /// Running text: every run of white space becomes one space.
  void Text(std::string_view utf8);
  /// Text whose lines and indentation count.
  void Verbatim(std::string_view utf8);

  void Space() { Widen(Gap::kSpace); }
  void LineBreak() { Widen(Gap::kLine); }
  void Paragraph() { Widen(Gap::kParagraph); }

  /// The next text written begins this segment (`begin` is set then). A segment without text is dropped.
  void BeginSegment(schema::Segment segment) { pending_ = std::move(segment); }

  /// True once text had to be left out.
  bool full() const { return full_; }
  bool empty() const { return body_.empty(); }
  const std::string& body() const { return body_; }

  std::string TakeBody() { return std::move(body_); }
  std::vector<schema::Segment> TakeSegments() { return std::move(segments_); }

 private:
  enum class Gap { kNone, kSpace, kLine, kParagraph };

  void Widen(Gap gap) { gap_ = gap_ < gap ? gap : gap_; }
  bool Prepare(std::size_t size);
  void Put(std::string_view bytes);

  std::size_t max_bytes_;
  std::string body_;
  std::string indent_;  // white space of a verbatim line, written only if text follows on the line
  Gap gap_ = Gap::kNone;
  bool full_ = false;
  std::optional<schema::Segment> pending_;
  std::vector<schema::Segment> segments_;
};

}  // namespace quipu::extract
