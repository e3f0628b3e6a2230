// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/extract_content.h"

#include <utility>

#include "core/text/language.h"
#include "indexer/extract/date.h"
#include "indexer/extract/file_type.h"
#include "indexer/extract/format.h"
#include "indexer/extract/title.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kOverruleBytes = 1000;

std::string TitleOf(const Reading& reading, std::string_view name) {
  TitleSources sources{
      .declared = reading.title, .headings = {}, .body = reading.body, .name = name, .prose = reading.prose};
  if (!reading.headline.empty()) sources.headings.push_back(reading.headline);
  for (const schema::Segment& segment : reading.segments) {
    if (!segment.heading.empty()) sources.headings.push_back(segment.heading);
    if (sources.headings.size() == 5) break;
  }
  return ChooseTitle(sources);
}

Extracted Finish(Reading reading, const FileContent& file, std::string_view type,
                 std::string_view forced_language) {
  Extracted extracted;
  extracted.state = reading.state;
  extracted.reason = std::move(reading.reason);
  extracted.links = std::move(reading.links);
  extracted.document.type = reading.type.empty() ? type : reading.type;
  if (reading.state != State::kIndexed && reading.state != State::kTruncated) return extracted;
  if (reading.body.empty()) {
    extracted.state = State::kEmpty;
    if (extracted.reason.empty()) extracted.reason = "no text in the file";
    return extracted;
  }
  if (file.cut && extracted.state == State::kIndexed) {
    extracted.state = State::kTruncated;
    extracted.reason = "the file is too large; its beginning was read";
  }
  schema::Document& document = extracted.document;
  document.title = TitleOf(reading, file.name);
  document.language = ChooseLanguage(forced_language, reading.language, reading.body);
  document.date = NormaliseDate(reading.date);
  document.body = std::move(reading.body);
  document.segments = std::move(reading.segments);
  document.fields = std::move(reading.fields);
  return extracted;
}

}  // namespace

std::string ChooseLanguage(std::string_view forced, std::string_view declared, std::string_view body) {
  if (!forced.empty()) return text::PrimaryLanguage(forced);
  const std::string stated = text::PrimaryLanguage(declared);
  if (!stated.empty() && body.size() < kOverruleBytes) return stated;
  const std::string detected = text::DetectLanguage(body);
  return detected.empty() ? stated : detected;
}

Extracted ExtractContent(const FileContent& file, std::string_view forced_language) {
  if (file.bytes.empty()) {
    Extracted empty;
    empty.state = State::kEmpty;
    empty.reason = "the file is empty";
    return empty;
  }
  const std::string type = file.type.empty() ? SniffType(file.bytes, file.name) : std::string(file.type);
  const Format* format = FindFormat(type);
  if (format == nullptr)
    return Finish(Refuse(State::kSkipped, "no reader for " + type), file, type, forced_language);
  return Finish(format->read(file), file, type, forced_language);
}

}  // namespace quipu::extract
