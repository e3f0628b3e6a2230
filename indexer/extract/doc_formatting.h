// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// What a stretch of a Word file's main stream looks like, as far as its text's structure depends on it.
struct DocFormat {
  bool heading = false;
  bool in_table = false;
  bool row_end = false;  // the mark that ends a table's row
  bool hidden = false;   // hidden or deleted
};

/// A Word 97–2003 file's formatting by the place of text in its main stream: paragraphs (PAPX) and
/// characters (CHPX), which stand in 512-byte pages that a table lists. Bounded, whatever the table says.
class DocFormatting {
 public:
  static constexpr std::size_t kMaxRuns = 1000000;

  /// `main` is the WordDocument stream, `table` the stream with the tables.
  DocFormatting(std::string_view main, std::string_view table);

  DocFormat Paragraph(std::uint32_t place) const { return Find(paragraphs_, place); }
  bool IsHidden(std::uint32_t place) const { return Find(characters_, place).hidden; }

 private:
  struct Run {
    std::uint32_t begin;
    std::uint32_t end;
    DocFormat format;
  };
  using Runs = std::vector<Run>;

  static DocFormat Find(const Runs& runs, std::uint32_t place);
  void ReadStyles(std::string_view sheet);
  Runs ReadPages(std::string_view main, std::string_view list, bool paragraphs) const;
  void ReadPage(std::string_view page, bool paragraphs, Runs& runs) const;
  DocFormat ReadParagraphFormat(std::string_view page, std::size_t at) const;

  std::vector<bool> heading_styles_;
  Runs paragraphs_;
  Runs characters_;
};

}  // namespace quipu::extract
