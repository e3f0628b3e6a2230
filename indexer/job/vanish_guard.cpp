// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/vanish_guard.h"

#include <fmt/format.h>

namespace quipu::job {

std::optional<std::string> VanishGuard::Refusal(std::uint64_t vanished, std::uint64_t before) const {
  if (vanished == 0 || max_percent >= 100) return std::nullopt;
  if (max_percent > 0 && vanished == 1 && before > 1) return std::nullopt;
  const double percent =
      before > 0 ? 100.0 * static_cast<double>(vanished) / static_cast<double>(before) : 100;
  if (percent <= max_percent) return std::nullopt;
  return fmt::format(
      "{} of {} documents ({:.0f}%) would disappear, and max_vanish_percent is {:g}. If that is right, say "
      "so: "
      "--max-vanish-percent 100",
      vanished, before, percent, max_percent);
}

}  // namespace quipu::job
