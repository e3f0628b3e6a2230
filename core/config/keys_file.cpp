// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/keys_file.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/nearest.h"
#include "core/config/origin.h"
#include "core/config/rule_lines.h"
#include "core/config/rule_tables.h"

namespace quipu::config {
namespace {

constexpr std::string_view kHashPrefix = "sha256:";
constexpr std::size_t kMaxListItems = 100;
constexpr std::int64_t kMaxBurst = 1'000'000;
constexpr std::array<std::string_view, 10> kNames = {"id",   "name",  "hash",          "indexes", "origins",
                                                     "rate", "burst", "address_limit", "filter",  "expires"};

std::optional<KeyHash> ParseHash(std::string_view text) {
  KeyHash hash{};
  if (!text.starts_with(kHashPrefix)) return std::nullopt;
  text.remove_prefix(kHashPrefix.size());
  if (text.size() != 2 * hash.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const char* const at = text.data() + 2 * i;
    const auto [stop, failure] = std::from_chars(at, at + 2, hash[i], 16);
    if (failure != std::errc() || stop != at + 2) return std::nullopt;
  }
  return hash;
}

std::optional<std::int64_t> SecondsOf(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::seconds(std::chrono::sys_days(date).time_since_epoch()).count();
}

bool IsIndexName(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-');
  });
}

class KeyReader {
 public:
  explicit KeyReader(FilterCheck check) : check_(check) {}

  RuleFile<KeyRule> Read(const toml::table& root) {
    ForEachTable(root, {"key", "a key", "keys", "`id`, `hash` and `indexes`"}, kMaxKeys, file_.faults,
                 [this](const toml::table& table) { ReadKey(table); });
    if (!file_.faults.empty()) file_.rules.clear();
    return std::move(file_);
  }

 private:
  void Fail(const toml::node& node, std::string_view message) { AddFaultAt(file_.faults, node, message); }

  std::string Text(const toml::node& node, std::size_t max_bytes) {
    const auto text = node.value_exact<std::string>();
    if (text && text->size() <= max_bytes && text->find('\0') == std::string::npos) return *text;
    Fail(node, AtMost("here a text is wanted, of", max_bytes, "bytes"));
    return {};
  }

  /// A list of texts that are all as `right` wants them.
  std::vector<std::string> Texts(const toml::node& node, bool (*right)(std::string_view),
                                 const std::string& expected) {
    std::vector<std::string> texts;
    const toml::array* list = node.as_array();
    if (list == nullptr || list->size() > kMaxListItems) {
      Fail(node, expected);
      return texts;
    }
    for (const toml::node& element : *list) {
      const auto text = element.value_exact<std::string>();
      if (text && (*text == "*" || right(*text))) {
        texts.push_back(*text);
      } else {
        Fail(element, expected);
      }
    }
    return texts;
  }

  void ReadLimits(KeyRule& rule, std::string_view name, const toml::node& node) {
    if (name == "rate") {
      const Result<Rate> rate = ParseRate(Text(node, kMaxKeyNameBytes));
      if (!rate) return Fail(node, rate.error().message);
      rule.rate = *rate;
    } else if (name == "burst") {
      const auto burst = node.value_exact<std::int64_t>();
      if (!burst || *burst < 0 || *burst > kMaxBurst)
        return Fail(node, "`burst` is a whole number from 0 to 1000000");
      rule.burst = static_cast<std::uint32_t>(*burst);
    } else if (name == "address_limit") {
      const auto limit = node.value_exact<bool>();
      if (!limit) return Fail(node, "`address_limit` is true or false");
      rule.address_limit = *limit;
    } else if (name == "expires") {
      const auto date = node.value_exact<toml::date>();
      const auto text = node.value_exact<std::string>();
      if (date) rule.expires = SecondsOf(date->year, date->month, date->day);
      if (text) rule.expires = ParseExpiry(*text);
      if (!rule.expires) Fail(node, "`expires` is a day such as 2027-01-01");
    }
  }

  void ReadLine(KeyRule& rule, std::string_view name, const toml::node& node) {
    if (name == "id") {
      rule.id = Text(node, kMaxKeyNameBytes);
      if (!IsKeyId(rule.id)) Fail(node, "an id has 1 to 32 of a-z and 0-9");
      if (!ids_.insert(rule.id).second) Fail(node, "there is another key `" + rule.id + "` above");
    } else if (name == "name") {
      rule.name = Text(node, kMaxKeyNameBytes);
    } else if (name == "hash") {
      const auto hash = ParseHash(Text(node, kMaxKeyNameBytes));
      if (!hash)
        return Fail(node, "`hash` is `sha256:` and 64 hexadecimal digits; `quipu-searchd key new` makes it");
      rule.hash = *hash;
      has_hash_ = true;
    } else if (name == "indexes") {
      rule.indexes = Texts(node, IsIndexName, "`indexes` is a list of names of indexes, or [\"*\"] for all");
    } else if (name == "origins") {
      rule.origins =
          Texts(node, IsOrigin,
                "`origins` is a list of sites in small letters, without a path: \"https://example.org\"");
    } else if (name == "filter") {
      rule.filter = Text(node, kMaxKeyFilterBytes);
      const Status right = check_ == nullptr ? Status(Done{}) : check_(rule.filter);
      if (!right) Fail(node, right.error().message);
    } else {
      ReadLimits(rule, name, node);
    }
  }

  void ReadKey(const toml::table& key) {
    KeyRule rule;
    rule.line = static_cast<int>(key.source().begin.line);
    has_hash_ = false;
    for (const auto& [name, node] : key) {
      if (std::find(kNames.begin(), kNames.end(), name.str()) != kNames.end()) {
        ReadLine(rule, name.str(), node);
        continue;
      }
      const std::string_view near = Nearest(name.str(), kNames);
      Fail(node, "unknown key `" + std::string(name.str()) + "`" +
                     (near.empty() ? "" : "; did you mean `" + std::string(near) + "`?"));
    }
    if (!key.contains("id")) Fail(key, "this `[[key]]` has no `id`");
    if (!key.contains("hash")) Fail(key, "this `[[key]]` has no `hash`");
    if (!key.contains("indexes")) Fail(key, "this `[[key]]` has no `indexes`; [\"*\"] is all");
    if (has_hash_ && !hashes_.insert(rule.hash).second)
      Fail(key, "another `[[key]]` above has the same `hash`");
    file_.rules.push_back(std::move(rule));
  }

  const FilterCheck check_;
  RuleFile<KeyRule> file_;
  std::set<std::string> ids_;
  std::set<KeyHash> hashes_;
  bool has_hash_ = false;
};

}  // namespace

bool KeyRule::operator==(const KeyRule& other) const {
  // Where it stands in the file says nothing of what it opens.
  const auto meaning = [](const KeyRule& rule) {
    return std::tie(rule.id, rule.name, rule.hash, rule.indexes, rule.origins, rule.expires, rule.rate,
                    rule.burst, rule.address_limit, rule.filter);
  };
  return meaning(*this) == meaning(other);
}

std::optional<std::int64_t> ParseExpiry(std::string_view date) {
  const auto number = [&](std::size_t at, std::size_t digits) {
    unsigned value = 0;
    const std::string_view text = date.substr(at, digits);
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && stop == text.data() + digits ? std::optional(value) : std::nullopt;
  };
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const auto year = number(0, 4);
  const auto month = number(5, 2);
  const auto day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  return SecondsOf(static_cast<int>(*year), *month, *day);
}

bool IsKeyId(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

RuleFile<KeyRule> ParseKeys(std::string_view toml_text, FilterCheck check) {
  try {
    const toml::table root = toml::parse(toml_text);
    return KeyReader(check).Read(root);
  } catch (const toml::parse_error& error) {
    RuleFile<KeyRule> file;
    AddFault(file.faults, static_cast<int>(error.source().begin.line),
             static_cast<int>(error.source().begin.column), std::string(error.description()));
    return file;
  }
}

}  // namespace quipu::config
