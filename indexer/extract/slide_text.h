// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "indexer/extract/body_writer.h"

namespace quipu::extract {

/// What a slide says. Paragraphs are parted by empty lines.
class Slide {
 public:
  static constexpr std::size_t kMaxBytes = 8ULL << 20;

  void AddTitle(std::string_view text) { Add(title_, text); }
  void AddText(std::string_view text) { Add(text_, text); }
  void AddNote(std::string_view text) { Add(notes_, text); }

  /// The slide as a segment under its title; one without a title ends the segment before it.
  void Write(BodyWriter& writer) const;

 private:
  static void Add(std::string& to, std::string_view text);

  std::string title_;
  std::string text_;
  std::string notes_;
};

}  // namespace quipu::extract
