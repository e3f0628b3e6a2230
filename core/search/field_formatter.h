// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query_compiler.h"
#include "core/search/field_format.h"
#include "core/search/formatted_text.h"
#include "core/search/search_result.h"
#include "core/search/word_matcher.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// Bytes of whole bodies that one answer marks; further ones are shown unmarked. A crop of a body reads
/// only the blocks that it needs and does not count.
inline constexpr std::uint64_t kMaxMarkedBodyBytes = 32ULL << 20;

/// Shows the fields of hits as a FieldFormat says. One object for one answer; one thread.
class FieldFormatter {
 public:
  /// All must outlive the formatter.
  FieldFormatter(const Xapian::Database& database, text::Analyzer& analyzer,
                 const std::vector<query::SoughtWord>& words, const FieldFormat& format);

  /// Fills Hit::formatted (with every field that is retrieved, marked or shortened) and Hit::matches. Reads
  /// the body from the store unless Hit::document has it.
  void Format(std::uint64_t text_number, Hit& hit);

  /// Blocks read for shortened bodies so far, for tests and benchmarks.
  std::uint64_t blocks_read() const { return blocks_read_; }

 private:
  /// What is done with one field.
  struct Treatment {
    bool named = false;  // retrieved, or named for marking or shortening
    bool highlight = false;
    std::uint32_t crop = 0;  // words; 0: whole
  };
  /// A field that is being treated.
  struct Field {
    std::string_view name;
    Treatment treatment;
    std::string_view language;
  };

  Treatment TreatmentOf(std::string_view name) const;
  void FormatValue(const Field& field, const schema::FieldValue& value, Hit& hit);
  std::string FormatString(const Field& field, std::string_view text, int index, Hit& hit);
  std::string Shown(const Field& field, std::string_view text, const std::vector<FoundWord>& found,
                    const std::vector<TextRange>& ranges);
  void FormatBody(const Treatment& treatment, std::uint64_t text_number, Hit& hit);
  std::string CropBody(const Field& field, std::uint64_t text_number);
  TextStyle Style() const;

  const Xapian::Database& database_;
  text::Analyzer& analyzer_;
  const std::vector<query::SoughtWord>& words_;
  const FieldFormat& format_;
  WordMatcher matcher_;
  std::uint64_t blocks_read_ = 0;
  std::uint64_t body_bytes_ = 0;
};

}  // namespace quipu::search
