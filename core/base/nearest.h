// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace quipu {

/// The name in `known` that someone who typed `name` most likely meant: fewest letters inserted, left out,
/// changed or exchanged with their neighbour, whatever their case and without '_' and '-'. "" if none is
/// near (more than a third of the letters differ) or there is none.
std::string_view Nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace quipu
