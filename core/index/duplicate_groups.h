// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/index/content_sketch.h"

namespace quipu::index {

/// A document that may have copies.
struct Sketched {
  Sketch sketch;
  std::string content;  // the hash of title and body
};

/// Puts copies together. Gives each document the key of its group, "" to those that are alone. All members of
/// a group are alike to one of them, so that a chain of small differences never joins unlike texts. The
/// result depends on the set of documents only, not on their order. Of a crowd of different texts that share
/// much with each other, some pairs may be missed, so that the time stays near linear.
std::vector<std::string> GroupDuplicates(std::span<const Sketched> documents);

}  // namespace quipu::index
