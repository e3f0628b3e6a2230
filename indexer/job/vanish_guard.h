// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace quipu::job {

/// Refuses to publish when too much would disappear: an archive whose disk was not mounted, whose folder
/// was emptied by accident, whose files suddenly cannot be read.
///
/// Up to `max_percent` of the documents may vanish in one job. One document may always go as long as
/// another stays, so that small archives can be tended: of three, one may be deleted. With 100 anything
/// may go, with 0 nothing. Documents that moved do not count.
struct VanishGuard {
  double max_percent = 20;

  /// Why it refuses; nothing if `vanished` of `before` documents may go.
  std::optional<std::string> Refusal(std::uint64_t vanished, std::uint64_t before) const;
};

}  // namespace quipu::job
