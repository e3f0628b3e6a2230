// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/field_value.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/schema/date.h"

namespace quipu::schema {
namespace {

constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kMaxStringBytes = 200;
constexpr std::size_t kMaxValues = 64;
constexpr std::size_t kFullDayChars = 10;
constexpr std::uint64_t kSignBit = 1ULL << 63;

std::string_view CutAtCharacter(std::string_view utf8, std::size_t limit) {
  if (utf8.size() <= limit) return utf8;
  while (limit > 0 && (static_cast<unsigned char>(utf8[limit]) & 0xC0) == 0x80) --limit;
  return utf8.substr(0, limit);
}

std::vector<Scalar> Scalars(const FieldValue& value) {
  if (const auto* list = std::get_if<std::vector<Scalar>>(&value)) return *list;
  if (const auto* flag = std::get_if<bool>(&value)) return {*flag};
  if (const auto* number = std::get_if<double>(&value)) return {*number};
  if (const auto* string = std::get_if<std::string>(&value)) return {*string};
  return {};
}

std::optional<double> ParseNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// `scalar` as a number, if it can be read so. A later document may make a field of dates or booleans one
/// of strings; only texts can then still be shown as they were given.
std::optional<double> AsNumber(const Scalar& scalar, ValueType type) {
  if (type != ValueType::kNumber) return std::nullopt;
  if (const auto* number = std::get_if<double>(&scalar)) return *number;
  const auto* string = std::get_if<std::string>(&scalar);
  return string == nullptr ? std::nullopt : ParseNumber(*string);
}

std::string ScalarText(const Scalar& scalar) {
  if (const auto* flag = std::get_if<bool>(&scalar)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<double>(&scalar)) return NumberText(*number);
  return std::get<std::string>(scalar);
}

}  // namespace

std::string_view ValueTypeName(ValueType type) {
  switch (type) {
    case ValueType::kNumber: return "number";
    case ValueType::kBoolean: return "boolean";
    case ValueType::kDate: return "date";
    case ValueType::kString: break;
  }
  return "string";
}

std::string EncodeNumber(double number) {
  if (number == 0) number = 0;  // one zero: -0 must equal 0 in filters
  if (std::isnan(number)) number = std::bit_cast<double>(~0ULL >> 1);
  auto bits = std::bit_cast<std::uint64_t>(number);
  // Negative numbers descend as their bits ascend; the flipped sign puts them first.
  bits = (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
  std::string bytes(kNumberBytes, '\0');
  for (std::size_t i = 0; i < kNumberBytes; ++i) bytes[i] = static_cast<char>(bits >> (56 - 8 * i) & 0xFF);
  return bytes;
}

double DecodeNumber(std::string_view bytes) {
  if (bytes.size() < kNumberBytes) return 0;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i) bits = bits << 8 | static_cast<unsigned char>(bytes[i]);
  bits = (bits & kSignBit) != 0 ? bits & ~kSignBit : ~bits;
  return std::bit_cast<double>(bits);
}

std::string EncodeSlot(const SlotValues& values) {
  std::string bytes;
  if (!values.numbers.empty()) {
    bytes = "n";
    const std::size_t count = std::min(values.numbers.size(), kMaxValues);
    for (std::size_t i = 0; i < count; ++i) bytes += EncodeNumber(values.numbers[i]);
  } else if (!values.strings.empty()) {
    bytes = "s";
    const std::size_t count = std::min(values.strings.size(), kMaxValues);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view string = CutAtCharacter(values.strings[i], kMaxStringBytes);
      bytes += static_cast<char>(string.size());
      bytes += string;
    }
  }
  return bytes;
}

SlotValues DecodeSlot(std::string_view bytes) {
  SlotValues values;
  if (bytes.empty()) return values;
  const bool numbers = bytes.front() == 'n';
  if (!numbers && bytes.front() != 's') return values;
  bytes.remove_prefix(1);
  if (numbers) {
    for (; bytes.size() >= kNumberBytes; bytes.remove_prefix(kNumberBytes))
      values.numbers.push_back(DecodeNumber(bytes));
    return values;
  }
  while (!bytes.empty()) {
    const std::size_t size = static_cast<unsigned char>(bytes.front());
    if (bytes.size() < 1 + size) break;
    values.strings.emplace_back(bytes.substr(1, size));
    bytes.remove_prefix(1 + size);
  }
  return values;
}

ValueType InferType(const FieldValue& value) {
  const auto scalars = Scalars(value);
  const auto all = [&](auto&& test) {
    return !scalars.empty() && std::all_of(scalars.begin(), scalars.end(), test);
  };
  if (all([](const Scalar& s) { return std::holds_alternative<bool>(s); })) return ValueType::kBoolean;
  if (all([](const Scalar& s) { return std::holds_alternative<double>(s); })) return ValueType::kNumber;
  // "2023" alone is more often a code or a number of something than a date.
  const auto is_date = [](const Scalar& s) {
    const auto* string = std::get_if<std::string>(&s);
    return string != nullptr && string->size() >= kFullDayChars && ParseDate(*string).has_value();
  };
  return all(is_date) ? ValueType::kDate : ValueType::kString;
}

SlotValues ToSlotValues(const FieldValue& value, ValueType type) {
  SlotValues values;
  const auto scalars = Scalars(value);
  for (const Scalar& scalar : scalars) {
    if (const auto number = AsNumber(scalar, type)) values.numbers.push_back(*number);
  }
  if (!values.numbers.empty() && values.numbers.size() == scalars.size()) return values;
  // A slot is of one kind: one value that is no number makes strings of all.
  values.numbers.clear();
  for (const Scalar& scalar : scalars) values.strings.push_back(ScalarText(scalar));
  return values;
}

std::string NumberText(double number) {
  if (number == 0) return "0";
  std::array<char, 32> text{};
  // The shortest form of 100000 would be "1e+05".
  const bool whole = std::abs(number) < 1e15 && std::trunc(number) == number;
  const auto [end, error] =
      whole ? std::to_chars(text.data(), text.data() + text.size(), static_cast<std::int64_t>(number))
            : std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), static_cast<std::size_t>(end - text.data())};
}

std::vector<std::string> ValueTexts(const FieldValue& value) {
  std::vector<std::string> texts;
  for (const Scalar& scalar : Scalars(value)) texts.push_back(ScalarText(scalar));
  return texts;
}

}  // namespace quipu::schema
