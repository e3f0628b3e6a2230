// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/toml_reader.h"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <optional>

#include "core/base/nearest.h"
#include "core/config/key_table.h"
#include "core/config/value_reader.h"

namespace quipu::config {
namespace {

Position PositionOf(const toml::source_region& source) {
  return {.line = static_cast<int>(source.begin.line), .column = static_cast<int>(source.begin.column)};
}

std::string Join(std::string_view scope, std::string_view name) {
  return scope.empty() ? std::string(name) : std::string(scope) + "." + std::string(name);
}

bool KeysStartWith(std::string_view prefix) {
  return std::any_of(Keys().begin(), Keys().end(),
                     [&](const Key& key) { return key.path.starts_with(prefix); });
}

/// The names that may stand directly under `scope`: keys and tables.
std::vector<std::string_view> NamesUnder(std::string_view scope) {
  std::vector<std::string_view> names;
  const std::string prefix = scope.empty() ? "" : std::string(scope) + ".";
  for (const Key& key : Keys()) {
    if (!key.path.starts_with(prefix)) continue;
    const std::string_view name =
        key.path.substr(prefix.size(), key.path.find_first_of(".[", prefix.size()) - prefix.size());
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

std::string_view TypeName(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "a text";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number with decimals";
    case toml::node_type::boolean: return "true or false";
    default: return "a date or time";
  }
}

std::optional<std::vector<std::string>> TextsOf(const toml::node& node) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const toml::node& element : *array) {
    const auto text = element.value_exact<std::string>();
    if (!text) return std::nullopt;
    texts.push_back(*text);
  }
  return texts;
}

/// The node as a Value of `key`'s type; nothing if it has another type.
std::optional<Value> ValueOf(const Key& key, const toml::node& node) {
  switch (key.kind) {
    case ValueKind::kBoolean:
      if (const auto truth = node.value_exact<bool>()) return Value(*truth);
      return std::nullopt;
    case ValueKind::kInteger:
      if (const auto number = node.value_exact<std::int64_t>()) return Value(*number);
      return std::nullopt;
    case ValueKind::kNumber:
      if (const auto number = node.value<double>(); number && node.is_number()) return Value(*number);
      return std::nullopt;
    case ValueKind::kTexts:
    case ValueKind::kGlobs:
    case ValueKind::kHosts:
    case ValueKind::kNetworks:
    case ValueKind::kLanguages:
      if (auto texts = TextsOf(node)) return Value(*std::move(texts));
      return std::nullopt;
    default:
      if (auto text = node.value_exact<std::string>()) return Value(*std::move(text));
      return std::nullopt;
  }
}

bool IsIndexName(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

/// Where the walk stands: `scope` as the key table writes it, `shown` as the file does.
struct Scope {
  std::string path;
  std::string shown;
  Place place;

  Scope Child(std::string_view name) const { return {Join(path, name), Join(shown, name), place}; }
};

class Reader {
 public:
  Reader(Config& config, std::vector<Fault>& faults, std::filesystem::path base)
      : config_(config), faults_(faults), base_(std::move(base)) {}

  void Read(const toml::table& root) { ReadTable(root, {"", "", {.config = &config_, .field = ""}}); }

 private:
  void ReadTable(const toml::table& table, const Scope& scope) {
    for (const auto& [key, node] : table) {
      const Scope child = scope.Child(key.str());
      if (const Key* row = FindKey(child.path)) {
        ReadKey(*row, key, node, child);
      } else if (KeysStartWith(child.path + ".*.")) {
        ReadNamedTables(key, node, child);
      } else if (KeysStartWith(child.path + "[].")) {
        ReadTableArray(key, node, child);
      } else if (KeysStartWith(child.path + ".")) {
        if (const toml::table* inner = AsTable(key, node, child)) ReadTable(*inner, child);
      } else {
        AddUnknown(key, scope);
      }
    }
  }

  void ReadKey(const Key& row, const toml::key& key, const toml::node& node, const Scope& scope) {
    config_.positions[scope.shown] = PositionOf(key.source());
    std::optional<Value> value = ReadNode(row, node, scope);
    if (!value) return;
    value = Anchored(row, *std::move(value), base_);
    // A Unix socket's path may be too long only once it is whole.
    if (const std::string fault = FaultOf(row, *value); !fault.empty()) {
      return Add(node.source(), "`" + scope.shown + "`: " + fault);
    }
    row.set(scope.place, *value);
  }

  std::optional<Value> ReadNode(const Key& row, const toml::node& node, const Scope& scope) {
    const std::string name = "`" + scope.shown + "`: ";
    std::optional<Value> value = ValueOf(row, node);
    if (value && row.kind == ValueKind::kChoice) {
      const Result<Value> choice = ReadValue(row, std::get<std::string>(*value));
      if (choice.ok()) return choice.value();
      Add(node.source(), name + choice.error().message);
      return std::nullopt;
    }
    if (!value) {
      Add(node.source(), name + "expected " + Expectation(row) + ", not " + std::string(TypeName(node)));
      return std::nullopt;
    }
    if (const std::string fault = FaultOf(row, *value); !fault.empty()) {
      Add(node.source(), name + fault);
      return std::nullopt;
    }
    return value;
  }

  const toml::table* AsTable(const toml::key& key, const toml::node& node, const Scope& scope) {
    if (node.is_table()) return node.as_table();
    Add(key.source(), "`" + scope.shown + "`: expected a table, not " + std::string(TypeName(node)));
    return nullptr;
  }

  /// The tables whose names the user chooses: indexes, and an index's fields.
  void ReadNamedTables(const toml::key& key, const toml::node& node, const Scope& scope) {
    const toml::table* tables = AsTable(key, node, scope);
    if (tables == nullptr) return;
    for (const auto& [name, inner] : *tables) {
      Scope child = scope.Child(name.str());
      child.path = scope.path + ".*";
      const toml::table* table = AsTable(name, inner, child);
      if (table == nullptr) continue;
      if (scope.path == "indexes") {
        if (!OpenIndex(name, child)) continue;
      } else {
        child.place.field = name.str();
      }
      ReadTable(*table, child);
    }
  }

  bool OpenIndex(const toml::key& name, Scope& scope) {
    if (!IsIndexName(name.str())) {
      Add(name.source(),
          "`" + std::string(name.str()) +
              "` cannot name an index: expected 1 to 64 of the letters a-z and A-Z, digits, `_` and `-`");
      return false;
    }
    config_.positions[scope.shown] = PositionOf(name.source());
    Index& index = config_.indexes[std::string(name.str())];
    index.name = name.str();
    scope.place.index = &index;
    return true;
  }

  void ReadTableArray(const toml::key& key, const toml::node& node, const Scope& scope) {
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      Add(key.source(), "`" + scope.shown + "`: expected a list of tables: write [[" + scope.shown + "]]");
      return;
    }
    std::size_t count = 0;
    for (const toml::node& element : *array) {
      Scope child = scope;
      child.path += "[]";
      child.shown += "[" + std::to_string(count) + "]";
      if (!element.is_table()) {
        Add(element.source(),
            "`" + child.shown + "`: expected a table, not " + std::string(TypeName(element)));
        continue;
      }
      ++count;
      config_.positions[child.shown] = PositionOf(element.source());
      scope.path == "filters" ? ReadFilter(*element.as_table(), child)
                              : ReadSource(*element.as_table(), child);
    }
  }

  void ReadSource(const toml::table& table, Scope& scope) {
    Source& source = scope.place.index->sources.emplace_back();
    scope.place.source = &source;
    ReadTable(table, scope);
    CheckSource(source, table, scope.shown);
  }

  void ReadFilter(const toml::table& table, Scope& scope) {
    Filter& filter = config_.filters.emplace_back();
    scope.place.filter = &filter;
    ReadTable(table, scope);
    // A value that was there and wrong has been told already.
    const auto lacks = [&](const char* key) { return !config_.positions.contains(scope.shown + key); };
    if (lacks(".command") || (filter.command.empty() && faults_.empty()))
      Add(table.source(), "`" + scope.shown + "`: a filter needs a `command`");
    if (filter.mime.empty() && filter.endings.empty() && lacks(".mime") && lacks(".endings"))
      Add(table.source(),
          "`" + scope.shown + "`: a filter needs a `mime` or `endings`, to say what it reads");
  }

  void CheckSource(const Source& source, const toml::node& node, const std::string& shown) {
    // A value that was there and wrong has been told already.
    const auto given = [&](const char* key) { return config_.positions.contains(shown + "." + key); };
    const bool has_path = given("path") && (!source.path.empty() || !faults_.empty());
    const bool has_url = given("url") && (!source.url.empty() || !faults_.empty());
    const std::string name = "`" + shown + "`: ";
    switch (source.type) {
      case SourceType::kFolder:
        if (!has_path) Add(node.source(), name + "a source of the type \"folder\" needs a `path`");
        break;
      case SourceType::kJsonl:
        if (!has_path)
          Add(node.source(), name + "a source of the type \"jsonl\" needs a `path`, a file or \"-\"");
        break;
      case SourceType::kSitemap:
        if (!has_path && !has_url)
          Add(node.source(), name + "a source of the type \"sitemap\" needs a `url` or a `path`");
        if (has_path && has_url)
          Add(node.source(), name + "a sitemap is read from a `url` or from a `path`, not from both");
        break;
      case SourceType::kCrawl:
        if (!has_url) Add(node.source(), name + "a source of the type \"crawl\" needs a `url` to start at");
        break;
    }
    CheckUnused(source.type, shown);
  }

  /// Keys that the type of source does not read: whoever wrote them expects something that will not happen.
  void CheckUnused(SourceType type, const std::string& shown) {
    constexpr std::array kWeb = {"max_pages",  "delay_ms", "allow_hosts",      "user_agent",
                                 "timeout_ms", "ca_file",  "ignore_parameters"};
    constexpr std::array kCrawl = {"max_depth", "use_sitemaps"};
    const auto refuse = [&](std::string_view key, std::string_view types) {
      const auto place = config_.positions.find(shown + "." + std::string(key));
      if (place == config_.positions.end()) return;
      faults_.push_back({.line = place->second.line,
                         .column = place->second.column,
                         .message = "`" + place->first + "`: only a source of the type " +
                                    std::string(types) + " reads this"});
    };
    const bool web = type == SourceType::kSitemap || type == SourceType::kCrawl;
    for (const char* key : kWeb) {
      if (!web) refuse(key, "\"sitemap\" or \"crawl\"");
    }
    for (const char* key : kCrawl) {
      if (type != SourceType::kCrawl) refuse(key, "\"crawl\"");
    }
    // Without a `url` that is the fault, and one is enough.
    if (type == SourceType::kCrawl && config_.positions.contains(shown + ".url"))
      refuse("path", "\"folder\", \"jsonl\" or \"sitemap\"");
  }

  void AddUnknown(const toml::key& key, const Scope& scope) {
    const std::string_view name = key.str();
    std::string message = "unknown key `" + Join(scope.shown, name) + "`";
    if (const std::string_view near = Nearest(name, NamesUnder(scope.path)); !near.empty()) {
      message += "; did you mean `" + std::string(near) + "`?";
    } else if (const Key* elsewhere = FindByLastName(name)) {
      message += "; did you mean `" + std::string(elsewhere->path) + "`?";
    }
    Add(key.source(), message);
  }

  static const Key* FindByLastName(std::string_view name) {
    const std::string ending = "." + std::string(name);
    for (const Key& key : Keys()) {
      if (key.path == name || key.path.ends_with(ending)) return &key;
    }
    return nullptr;
  }

  void Add(const toml::source_region& source, std::string message) {
    const Position at = PositionOf(source);
    faults_.push_back({.line = at.line, .column = at.column, .message = std::move(message)});
  }

  Config& config_;
  std::vector<Fault>& faults_;
  std::filesystem::path base_;
};

}  // namespace

void ReadToml(std::string_view toml, const std::filesystem::path& base, Config& config,
              std::vector<Fault>& faults) {
  try {
    Reader(config, faults, base).Read(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    const Position at = PositionOf(error.source());
    faults.push_back(
        {.line = at.line, .column = at.column, .message = "syntax: " + std::string(error.description())});
  }
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
}

}  // namespace quipu::config
