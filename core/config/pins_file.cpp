// SPDX-License-Identifier: GPL-2.0-or-later
#include <toml++/toml.h>

#include <array>
#include <string>
#include <utility>

#include "core/base/nearest.h"
#include "core/config/rule_files.h"
#include "core/config/rule_lines.h"
#include "core/config/rule_tables.h"

namespace quipu::config {
namespace {

constexpr std::size_t kMaxIdBytes = 512;
constexpr std::array<std::string_view, 3> kNames = {"query", "queries", "ids"};

class PinReader {
 public:
  RuleFile<PinRule> Read(const toml::table& root) {
    ForEachTable(root, {"pin", "a pinned query", "pinned queries", "`query` and `ids`"}, kMaxRules,
                 file_.faults, [this](const toml::table& table) { ReadPin(table); });
    if (!file_.faults.empty()) file_.rules.clear();
    return std::move(file_);
  }

 private:
  void Fail(const toml::node& node, std::string_view message) { AddFaultAt(file_.faults, node, message); }

  // A text, or a list of texts.
  std::vector<std::string> Texts(const toml::node& node, std::size_t max_bytes) {
    std::vector<std::string> texts;
    const auto take = [&](const toml::node& element) {
      const auto text = element.value_exact<std::string>();
      if (!text || text->empty() || text->size() > max_bytes) {
        Fail(element, AtMost("here are texts wanted, not empty, of", max_bytes, "bytes"));
        return;
      }
      texts.push_back(*text);
    };
    if (const toml::array* list = node.as_array()) {
      for (const toml::node& element : *list) take(element);
    } else {
      take(node);
    }
    return texts;
  }

  void ReadPin(const toml::table& pin) {
    PinRule rule;
    rule.line = static_cast<int>(pin.source().begin.line);
    for (const auto& [key, node] : pin) {
      const std::string_view name = key.str();
      if (name == "query" || name == "queries") {
        for (std::string& text : Texts(node, kMaxRuleTextBytes)) rule.queries.push_back(std::move(text));
      } else if (name == "ids") {
        rule.ids = Texts(node, kMaxIdBytes);
        if (rule.ids.size() > kMaxPinnedIds)
          Fail(node, AtMost("a query has", kMaxPinnedIds, "pinned documents"));
      } else {
        const std::string_view near = Nearest(name, kNames);
        Fail(node, "unknown key `" + std::string(name) + "`" +
                       (near.empty() ? "" : "; did you mean `" + std::string(near) + "`?"));
      }
    }
    if (rule.queries.empty()) Fail(pin, "this `[[pin]]` has no `query`");
    if (rule.ids.empty()) Fail(pin, "this `[[pin]]` has no `ids`");
    file_.rules.push_back(std::move(rule));
  }

  RuleFile<PinRule> file_;
};

}  // namespace

RuleFile<PinRule> ParsePins(std::string_view toml_text) {
  try {
    const toml::table root = toml::parse(toml_text);
    return PinReader().Read(root);
  } catch (const toml::parse_error& error) {
    RuleFile<PinRule> file;
    AddFault(file.faults, static_cast<int>(error.source().begin.line),
             static_cast<int>(error.source().begin.column), std::string(error.description()));
    return file;
  }
}

}  // namespace quipu::config
