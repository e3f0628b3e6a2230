// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "searchd/keys/key_ring.h"

namespace quipu::searchd {

/// What differs between a configuration that is served and one read again.
struct ConfigChange {
  std::vector<std::string> applied;        // sentences about what takes effect at once
  std::vector<std::string> needs_restart;  // keys whose new value waits for a restart
};

/// Adds sentences about the keys that came, went or changed; null is a server without keys.
void CompareKeys(const KeyRing* before, const KeyRing* after, std::vector<std::string>& applied);

ConfigChange Compare(const config::Config& before, const config::Config& after);

}  // namespace quipu::searchd
