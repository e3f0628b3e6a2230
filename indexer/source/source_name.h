// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/config/config.h"

namespace quipu::source {

/// "folder", "jsonl", as quipu.toml has them.
const char* TypeName(config::SourceType type);

/// A source's name: its type and its path, relative to the configuration's folder if it lies there, so that
/// a project can be moved.
std::string NameOf(const config::Source& settings, const std::filesystem::path& config_folder);

/// The name with a hash of the settings that go into every document: the source's own, the types that the
/// index declares for fields, and the filters.
std::string MarkOf(const std::string& name, const config::Source& settings,
                   const std::map<std::string, config::FieldType>& fields = {},
                   const std::vector<config::Filter>& filters = {});
/// The name in a mark.
std::string NameOfMark(const std::string& mark);

}  // namespace quipu::source
