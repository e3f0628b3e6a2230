// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/parameters/parameter.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/nearest.h"

namespace quipu::searchd {
namespace {

std::string QuotedList(const std::vector<std::string_view>& names) {
  std::string list;
  for (const std::string_view name : names)
    fmt::format_to(std::back_inserter(list), "{}`{}`", list.empty() ? "" : ", ", name);
  return list;
}

std::string OutOfRange(const Parameter& parameter) {
  return fmt::format("Invalid value of `{}`: expected {} from {} to {}.", parameter.name,
                     parameter.kind == Kind::kCount ? "an integer" : "a number", parameter.min,
                     parameter.max);
}

}  // namespace

std::vector<std::string_view> Choices(const Parameter& parameter) {
  std::vector<std::string_view> choices;
  std::string_view rest = parameter.choices;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    choices.push_back(rest.substr(0, bar));
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return choices;
}

Error UnknownName(std::span<const Parameter> table, std::string_view name, std::string_view what) {
  std::vector<std::string_view> known;
  for (const Parameter& parameter : table) {
    if (parameter.support != Support::kLacking) known.push_back(parameter.name);
  }
  // A name of a page's length would come back in the answer and the log.
  const std::string message = fmt::format("Unknown {} `{}`", what, name.substr(0, 64));
  if (const std::string_view nearest = Nearest(name, known); !nearest.empty()) {
    return {Code::kBadRequest, fmt::format("{}: did you mean `{}`?", message, nearest)};
  }
  if (known.empty()) return {Code::kBadRequest, message + ": this route takes none."};
  return {Code::kBadRequest, fmt::format("{}. Known are {}.", message, QuotedList(known))};
}

Status CheckRange(const Parameter& parameter, const Value& value) {
  if (const auto* count = std::get_if<std::int64_t>(&value)) {
    const auto number = static_cast<double>(*count);
    if (number < parameter.min || number > parameter.max) return Error{parameter.code, OutOfRange(parameter)};
  }
  if (const auto* number = std::get_if<double>(&value)) {
    // Written so that NaN is refused as well.
    if (!(*number >= parameter.min && *number <= parameter.max))
      return Error{parameter.code, OutOfRange(parameter)};
  }
  if (const auto* names = std::get_if<std::vector<std::string>>(&value);
      names != nullptr && names->size() > kMaxNames) {
    return Error{parameter.code,
                 fmt::format("Invalid value of `{}`: it has {} elements, at most {} are allowed.",
                             parameter.name, names->size(), kMaxNames)};
  }
  const auto* text = std::get_if<std::string>(&value);
  if (text != nullptr && parameter.kind == Kind::kText && parameter.max > 0 &&
      static_cast<double>(text->size()) > parameter.max) {
    return Error{parameter.code,
                 fmt::format("Invalid value of `{}`: it has {} bytes, at most {} are allowed.",
                             parameter.name, text->size(), parameter.max)};
  }
  if (text != nullptr && parameter.kind == Kind::kChoice) {
    const std::vector<std::string_view> choices = Choices(parameter);
    if (std::find(choices.begin(), choices.end(), *text) == choices.end()) {
      return Error{parameter.code, fmt::format("Invalid value of `{}`: expected one of {}.", parameter.name,
                                               QuotedList(choices))};
    }
  }
  return Done{};
}

Error NotEnabled(const Parameter& parameter) {
  if (parameter.support == Support::kLacking) {
    return {Code::kFeatureNotEnabled,
            fmt::format("`{}` is a feature that Quipu does not have.", parameter.name)};
  }
  return {Code::kFeatureNotEnabled,
          fmt::format("`{}` is not supported yet by this version of Quipu; leave it out.", parameter.name)};
}

}  // namespace quipu::searchd
