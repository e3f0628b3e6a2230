// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/rule_tables.h"

#include <string>

#include "core/config/rule_lines.h"

namespace quipu::config {

void AddFaultAt(std::vector<Fault>& faults, const toml::node& node, std::string_view message) {
  const auto& at = node.source().begin;
  AddFault(faults, static_cast<int>(at.line), static_cast<int>(at.column), message);
}

void ForEachTable(const toml::table& root, const TableNames& names, std::size_t most,
                  std::vector<Fault>& faults, const std::function<void(const toml::table&)>& read) {
  const std::string written = "`[[" + std::string(names.name) + "]]`";
  for (const auto& [name, node] : root) {
    const toml::array* tables = node.as_array();
    if (name.str() != names.name) {
      AddFaultAt(
          faults, node,
          "unknown table `" + std::string(name.str()) + "`; " + std::string(names.rule) + " is a " + written);
    } else if (tables == nullptr || !tables->is_homogeneous(toml::node_type::table)) {
      AddFaultAt(faults, node,
                 std::string(names.rule) + " is written as " + written + ", with " +
                     std::string(names.inside) + " below it");
    } else if (tables->size() > most) {
      AddFaultAt(faults, node, AtMost("a file has", most, names.rules));
    } else {
      for (const toml::node& table : *tables) read(*table.as_table());
    }
  }
}

}  // namespace quipu::config
