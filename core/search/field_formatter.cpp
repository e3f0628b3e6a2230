// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/field_formatter.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/index/text_store.h"
#include "core/schema/field_value.h"
#include "core/search/block_choice.h"
#include "core/search/crop.h"

namespace quipu::search {
namespace {

constexpr std::string_view kBody = "body";
// A crop reads so many more blocks than the best at most: text may have few words.
constexpr std::uint32_t kMaxCropBlocks = 15;

/// Whether `asked` means the field `name`: itself, or something that it lies in.
bool Means(std::string_view asked, std::string_view name) {
  return name == asked ||
         (name.size() > asked.size() && name.starts_with(asked) && name[asked.size()] == '.');
}

bool IsNamed(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& asked) { return Means(asked, name); });
}

bool HasStar(const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), "*") != names.end();
}

std::string TextOf(const schema::Scalar& scalar) {
  if (const auto* number = std::get_if<double>(&scalar)) return schema::NumberText(*number);
  return std::get<std::string>(scalar);
}

}  // namespace

FieldFormatter::FieldFormatter(const Xapian::Database& database, text::Analyzer& analyzer,
                               const std::vector<query::SoughtWord>& words, const FieldFormat& format)
    : database_(database), analyzer_(analyzer), words_(words), format_(format), matcher_(analyzer, words) {}

TextStyle FieldFormatter::Style() const { return {format_.pre_tag, format_.post_tag, format_.IsHtml()}; }

FieldFormatter::Treatment FieldFormatter::TreatmentOf(std::string_view name) const {
  Treatment treatment;
  const bool retrieved = IsNamed(format_.retrieve, name) || (name != kBody && HasStar(format_.retrieve));
  const auto cropped = std::find_if(format_.crop.begin(), format_.crop.end(),
                                    [&](const CroppedField& field) { return Means(field.name, name); });
  const bool named = retrieved || cropped != format_.crop.end() || IsNamed(format_.highlight, name);
  treatment.named = named;
  // A star means what is shown; the body is only shown where it is named.
  const bool in_star = name != kBody || named;
  treatment.highlight = IsNamed(format_.highlight, name) || (in_star && HasStar(format_.highlight));
  const auto star = std::find_if(format_.crop.begin(), format_.crop.end(),
                                 [](const CroppedField& field) { return field.name == "*"; });
  if (cropped != format_.crop.end()) {
    treatment.crop = cropped->words;
  } else if (in_star && star != format_.crop.end()) {
    treatment.crop = star->words;
  }
  return treatment;
}

void FieldFormatter::Format(std::uint64_t text_number, Hit& hit) {
  const schema::Document& document = hit.document;
  const auto format = [&](std::string_view name, const schema::FieldValue& value) {
    FormatValue({name, TreatmentOf(name), document.language}, value, hit);
  };
  format("id", document.id);
  format("url", document.url);
  format("title", document.title);
  if (!document.language.empty()) format("language", document.language);
  if (!document.date.empty()) format("date", document.date);
  if (!document.type.empty()) format("type", document.type);
  for (const auto& [name, value] : document.fields) format(name, value);
  FormatBody(TreatmentOf(kBody), text_number, hit);
}

void FieldFormatter::FormatValue(const Field& field, const schema::FieldValue& value, Hit& hit) {
  const Treatment& treatment = field.treatment;
  const bool shown = format_.Formats() && (treatment.named || treatment.highlight || treatment.crop > 0);
  schema::FieldValue formatted = value;
  if (const auto* text = std::get_if<std::string>(&value)) {
    formatted = FormatString(field, *text, -1, hit);
  } else if (const auto* number = std::get_if<double>(&value)) {
    formatted = FormatString(field, schema::NumberText(*number), -1, hit);
  } else if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value)) {
    Field element = field;
    element.treatment.crop = 0;
    std::vector<schema::Scalar> elements;
    for (const schema::Scalar& scalar : *list) {
      const auto index = static_cast<int>(elements.size());
      elements.push_back(std::holds_alternative<bool>(scalar)
                             ? scalar
                             : schema::Scalar(FormatString(element, TextOf(scalar), index, hit)));
    }
    formatted = std::move(elements);
  }
  if (shown) hit.formatted.emplace_back(std::string(field.name), std::move(formatted));
}

std::string FieldFormatter::FormatString(const Field& field, std::string_view text, int index, Hit& hit) {
  const bool searched = field.treatment.highlight || field.treatment.crop > 0 || format_.matches_position;
  const std::vector<FoundWord> found =
      searched ? matcher_.Find(text, field.language) : std::vector<FoundWord>();
  const std::vector<TextRange> ranges = RangesOf(text, found, words_);
  if (format_.matches_position && !ranges.empty()) {
    if (hit.matches.empty() || hit.matches.back().first != field.name)
      hit.matches.emplace_back(std::string(field.name), std::vector<MatchPosition>());
    for (const TextRange& range : ranges)
      hit.matches.back().second.push_back({range.begin, range.end - range.begin, index});
  }
  return format_.Formats() ? Shown(field, text, found, ranges) : std::string();
}

std::string FieldFormatter::Shown(const Field& field, std::string_view text,
                                  const std::vector<FoundWord>& found, const std::vector<TextRange>& ranges) {
  const auto size = static_cast<std::uint32_t>(text.size());
  TextRange shown{0, size};
  if (field.treatment.crop > 0) {
    const Crop crop =
        CropAround(SpansOfWords(text, analyzer_, field.language), size, found, words_, field.treatment.crop);
    shown = {crop.begin, crop.end};
  }
  const std::vector<TextRange> none;
  std::string out = shown.begin > 0 ? format_.crop_marker : "";
  out += FormatText(text, shown, field.treatment.highlight ? ranges : none, Style());
  if (shown.end < size) out += format_.crop_marker;
  return out;
}

void FieldFormatter::FormatBody(const Treatment& treatment, std::uint64_t text_number, Hit& hit) {
  if (!treatment.named) return;
  Field field{kBody, treatment, hit.document.language};
  if (treatment.crop > 0 && !format_.matches_position) {
    hit.formatted.emplace_back(std::string(kBody), CropBody(field, text_number));
    return;
  }
  std::string read;
  if (hit.document.body.empty()) read = index::ReadText(database_, text_number);
  const std::string& body = hit.document.body.empty() ? read : hit.document.body;
  body_bytes_ += body.size();
  const bool marked = body_bytes_ <= kMaxMarkedBodyBytes;
  if (!marked) field.treatment = {.named = true};
  std::string formatted = marked ? FormatString(field, body, -1, hit) : Shown(field, body, {}, {});
  if (format_.Formats()) hit.formatted.emplace_back(std::string(kBody), std::move(formatted));
}

// The best block, and its neighbours as long as the crop would go on there.
std::string FieldFormatter::CropBody(const Field& field, std::uint64_t text_number) {
  const index::TextHeader header = index::ReadTextHeader(database_, text_number);
  if (header.begins.empty()) return {};
  const auto read = [&](std::uint32_t block) {
    ++blocks_read_;
    return index::ReadTextBlock(database_, text_number, block);
  };
  const auto choices = ChooseBlocks({database_, text_number, header}, words_, analyzer_, field.language, 1);
  std::uint32_t first = choices.empty() ? 0 : choices.front().block;
  std::uint32_t last = first;
  const auto last_block = static_cast<std::uint32_t>(header.begins.size() - 1);
  std::string text = read(first);
  while (true) {
    const std::vector<FoundWord> found = matcher_.Find(text, field.language);
    const std::vector<WordSpan> spans = SpansOfWords(text, analyzer_, field.language);
    const auto size = static_cast<std::uint32_t>(text.size());
    Crop crop = CropAround(spans, size, found, words_, field.treatment.crop);
    const bool may_grow = last - first < kMaxCropBlocks;
    if (may_grow && crop.short_before && first > 0) {
      text.insert(0, read(--first));
      continue;
    }
    if (may_grow && crop.short_after && last < last_block) {
      text += read(++last);
      continue;
    }
    if (!spans.empty() && first > 0) crop.begin = std::max(crop.begin, spans.front().begin);
    if (!spans.empty() && last < last_block) crop.end = std::min(crop.end, spans.back().end);
    const std::vector<TextRange> ranges =
        field.treatment.highlight ? RangesOf(text, found, words_) : std::vector<TextRange>();
    std::string out = first > 0 || crop.begin > 0 ? format_.crop_marker : "";
    out += FormatText(text, {crop.begin, crop.end}, ranges, Style());
    if (last < last_block || crop.end < size) out += format_.crop_marker;
    return out;
  }
}

}  // namespace quipu::search
