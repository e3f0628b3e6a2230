// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/config.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/base/nearest.h"
#include "core/config/key_table.h"
#include "core/config/toml_reader.h"
#include "core/config/value_reader.h"

namespace quipu::config {
namespace {

// A configuration is written by hand; a larger file is a wrong one.
constexpr std::uintmax_t kMaxFileBytes = 1 << 20;

Fault Unplaced(std::string_view message) {
  Fault fault;
  fault.message = message;
  return fault;
}

/// `text` without control characters: a key may hold any, and a terminal would obey them.
std::string OnOneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
      line += c;
    } else {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\x%02x", byte);
      line += escape.data();
    }
  }
  return line;
}

void ApplyVariable(const Key& key, const Place& place, const std::string& name, Environment environment,
                   std::vector<Fault>& faults) {
  const std::optional<std::string> text = environment(name.c_str());
  if (!text) return;
  const Result<Value> value = ReadValue(key, *text);
  if (value.ok()) {
    key.set(place, Anchored(key, value.value(), std::filesystem::current_path()));
  } else {
    faults.push_back(Unplaced("environment variable " + name + ": " + value.error().message));
  }
}

void ApplyEnvironment(Config& config, Environment environment, std::vector<Fault>& faults) {
  for (const Key& key : Keys()) {
    if (EnvironmentName(key).empty()) continue;
    if (key.path.find('*') == std::string_view::npos) {
      ApplyVariable(key, {.config = &config, .field = ""}, EnvironmentName(key), environment, faults);
      continue;
    }
    for (auto& [name, index] : config.indexes) {
      ApplyVariable(key, {.config = &config, .index = &index, .field = ""}, EnvironmentName(key, name),
                    environment, faults);
    }
  }
}

}  // namespace

std::optional<std::string> ProcessEnvironment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

std::filesystem::path FindConfigFile(const std::string& flag, Environment environment) {
  if (!flag.empty()) return flag;
  if (const auto named = environment("QUIPU_CONFIG"); named && !named->empty()) return *named;
  for (const char* usual : {"quipu.toml", "/etc/quipu/quipu.toml"}) {
    std::error_code absent;
    if (std::filesystem::exists(usual, absent)) return usual;
  }
  return {};
}

Loaded Load(const std::filesystem::path& file, Environment environment) {
  Loaded loaded;
  loaded.config.file = file;
  std::error_code failure;
  const std::uintmax_t size = std::filesystem::file_size(file, failure);
  if (failure) {
    loaded.faults.push_back(Unplaced("cannot be read: " + failure.message()));
    return loaded;
  }
  if (size > kMaxFileBytes) {
    loaded.faults.push_back(Unplaced("is no configuration: it is over 1 MiB long"));
    return loaded;
  }
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream || !text) {
    loaded.faults.push_back(Unplaced("cannot be read"));
    return loaded;
  }
  return Parse(text.str(), file, environment);
}

Loaded Parse(std::string_view toml, const std::filesystem::path& file, Environment environment) {
  Loaded loaded;
  loaded.config.file = file;
  const std::filesystem::path base = std::filesystem::absolute(file).parent_path();
  loaded.config.data_dir = base / loaded.config.data_dir;
  ReadToml(toml, base, loaded.config, loaded.faults);
  ApplyEnvironment(loaded.config, environment, loaded.faults);
  return loaded;
}

Status Override(Config& config, std::string_view key, std::string_view text) {
  const Key* row = FindKey(key);
  if (row == nullptr || row->path.find_first_of("*[") != std::string_view::npos) {
    return Error{Code::kConfig, "there is no key `" + std::string(key) + "`"};
  }
  const Result<Value> value = ReadValue(*row, text);
  if (!value.ok()) return value.error();
  row->set({.config = &config, .field = ""}, Anchored(*row, value.value(), std::filesystem::current_path()));
  return Done{};
}

std::string Describe(const Fault& fault, const std::filesystem::path& file) {
  std::string text = file.string() + ":";
  if (fault.line > 0) text += std::to_string(fault.line) + ":" + std::to_string(fault.column) + ":";
  return text + " " + OnOneLine(fault.message);
}

}  // namespace quipu::config
