// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace quipu::index {

/// The version of everything that is written under data_dir; docs/index-format.md describes it. An index
/// of another version is refused with an error that says `quipu-indexer run --rebuild`.
inline constexpr int kFormatVersion = 1;

}  // namespace quipu::index
