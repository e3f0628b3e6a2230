// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"

namespace quipu::schema {

/// What a field's values are compared and counted as. In the slots only those of number fields are numbers;
/// dates and booleans stand there as they were written.
enum class ValueType : std::uint8_t { kString, kNumber, kBoolean, kDate };

/// "string", "number", "boolean", "date".
std::string_view ValueTypeName(ValueType type);

/// 8 bytes whose byte order is the order of the numbers (NaN sorts last).
std::string EncodeNumber(double number);
/// The inverse; 0 if there are not 8 bytes.
double DecodeNumber(std::string_view bytes);

/// The values of one field of one document as its value slot holds them, one or several. A field that other
/// documents made a string field later may have numbers in those that came before.
struct SlotValues {
  std::vector<double> numbers;
  std::vector<std::string> strings;
  bool operator==(const SlotValues&) const = default;
};

/// A slot's bytes: 'n' and the numbers, each 8 bytes; or 's' and the strings, each behind its length.
/// Strings are cut at 200 bytes and 64 values. Empty for no value. Slots with one number sort as the
/// numbers do.
std::string EncodeSlot(const SlotValues& values);
/// The inverse. Malformed bytes give the values up to the fault.
SlotValues DecodeSlot(std::string_view bytes);

/// The type that `value` shows by itself: strings that all are dates of a full day or more are kDate.
/// Null and empty lists show kString.
ValueType InferType(const FieldValue& value);

/// `value` as its slot holds it in a field of `type`. What cannot be read as `type` stays what it is.
SlotValues ToSlotValues(const FieldValue& value, ValueType type);

/// A number as people write it: "2023", "0.5", "-1e+300"; the form in filter terms.
std::string NumberText(double number);

/// Each value as its filter term has it: strings, NumberText, "true" or "false".
std::vector<std::string> ValueTexts(const FieldValue& value);

}  // namespace quipu::schema
