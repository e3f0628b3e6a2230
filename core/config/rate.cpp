// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/rate.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace quipu::config {
namespace {

constexpr std::uint32_t kMaxCount = 1'000'000;
constexpr std::uint32_t kLeastBurst = 10;

std::uint32_t SecondsOf(std::string_view unit) {
  if (unit == "s") return 1;
  if (unit == "m") return 60;
  if (unit == "h") return 3600;
  return 0;
}

}  // namespace

Result<Rate> ParseRate(std::string_view text) {
  Rate rate;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, rate.count);
  const std::string_view rest = failure == std::errc() ? text.substr(stop - text.data()) : "";
  rate.seconds = rest.starts_with('/') ? SecondsOf(rest.substr(1)) : 0;
  if (rate.seconds > 0 && rate.count > 0 && rate.count <= kMaxCount) return rate;
  return Error{Code::kConfig,
               "expected a rate from \"1/h\" to \"1000000/s\", such as \"20/s\" or \"600/m\", not \"" +
                   std::string(text.substr(0, 64)) + "\""};
}

std::uint32_t BurstOf(const Rate& rate, std::uint32_t wanted) {
  return wanted > 0 ? wanted : std::max(kLeastBurst, 2 * rate.count / rate.seconds);
}

}  // namespace quipu::config
