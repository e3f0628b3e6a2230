// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "indexer/source/source.h"

namespace quipu::source {

/// The sources of `index`, in their order. Nothing is opened yet. The error names what cannot be used: a
/// pattern that is wrong, a type that this version cannot read.
Result<std::vector<std::unique_ptr<Source>>> OpenSources(const config::Config& config,
                                                         const config::Index& index);

}  // namespace quipu::source
