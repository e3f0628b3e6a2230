// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string_view>
#include <vector>

#include "core/config/config.h"

namespace quipu::config {

/// What a file of `[[name]]` tables is called in messages.
struct TableNames {
  std::string_view name;    // "pin"
  std::string_view rule;    // "a pinned query"
  std::string_view rules;   // "pinned queries"
  std::string_view inside;  // "`query` and `ids`"
};

/// Adds a fault at the place of `node`.
void AddFaultAt(std::vector<Fault>& faults, const toml::node& node, std::string_view message);

/// Calls `read` with every `[[name]]` of `root`, of which there may be `most`; anything else is a fault.
void ForEachTable(const toml::table& root, const TableNames& names, std::size_t most,
                  std::vector<Fault>& faults, const std::function<void(const toml::table&)>& read);

}  // namespace quipu::config
