// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/rule_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>

#include "core/config/keys_file.h"
#include "core/config/rule_lines.h"

namespace quipu::config {
namespace {

constexpr std::string_view kArrow = "=>";

std::vector<std::string> SplitAtCommas(std::string_view list) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = list.find(',');
    parts.emplace_back(Trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return parts;
    list.remove_prefix(comma + 1);
  }
}

bool CheckSide(const std::vector<std::string>& texts, int line, std::vector<Fault>& faults) {
  if (texts.size() > kMaxSynonymsInRule) {
    AddFault(faults, line, 1, AtMost("a rule has", kMaxSynonymsInRule, "words on a side"));
    return false;
  }
  bool right = true;
  for (const std::string& text : texts) right = CheckRuleText(text, line, faults) && right;
  return right;
}

void ReadSynonymLine(std::string_view line, int number, RuleFile<SynonymRule>& file) {
  SynonymRule rule{.from = {}, .to = {}, .line = number};
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) {
    rule.from = SplitAtCommas(line);
    if (rule.from.size() < 2) {
      return AddFault(file.faults, number, 1,
                      "a group needs two words at least: `a, b`; one way is `a => b`");
    }
    rule.to = rule.from;
  } else {
    const std::string_view right = line.substr(arrow + kArrow.size());
    if (right.find(kArrow) != std::string_view::npos)
      return AddFault(file.faults, number, 1, "a line has one `=>` at most");
    rule.from = SplitAtCommas(Trimmed(line.substr(0, arrow)));
    rule.to = SplitAtCommas(Trimmed(right));
  }
  if (!CheckSide(rule.from, number, file.faults) || !CheckSide(rule.to, number, file.faults)) return;
  if (file.rules.size() >= kMaxRules) {
    return AddFault(file.faults, number, 1, AtMost("a file has", kMaxRules, "rules"));
  }
  file.rules.push_back(std::move(rule));
}

// Faults without place, since there is nothing to point at.
std::optional<std::string> ReadRuleFile(const std::filesystem::path& file, std::vector<Fault>& faults) {
  const auto fail = [&](const std::string& reason) {
    AddFault(faults, 0, 0, reason);
    return std::nullopt;
  };
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return fail("this is a folder, not a file");
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(std::strerror(errno));
  std::string text;
  text.resize(kMaxRuleFileBytes + 1);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return fail("the file cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxRuleFileBytes) return fail(AtMost("a file has", kMaxRuleFileBytes >> 20, "MiB"));
  return text;
}

template <typename Parse>
auto Load(const std::filesystem::path& file, const Parse& parse) {
  std::invoke_result_t<Parse, std::string_view> rules;
  if (file.empty()) return rules;
  const auto text = ReadRuleFile(file, rules.faults);
  return text ? parse(*text) : std::move(rules);
}

}  // namespace

RuleFile<SynonymRule> ParseSynonyms(std::string_view text) {
  RuleFile<SynonymRule> file;
  ForEachLine(text, [&](std::string_view line, int number) { ReadSynonymLine(line, number, file); });
  if (!file.faults.empty()) file.rules.clear();
  return file;
}

RuleFile<std::string> ParseStopWords(std::string_view text) {
  RuleFile<std::string> file;
  ForEachLine(text, [&](std::string_view line, int number) {
    while (!line.empty()) {
      const std::size_t end = std::min(line.find_first_of(" \t,"), line.size());
      const std::string_view word = line.substr(0, end);
      line = Trimmed(line.substr(std::min(end + 1, line.size())));
      if (word.empty() || !CheckRuleText(word, number, file.faults)) continue;
      if (file.rules.size() < kMaxRules) {
        file.rules.emplace_back(word);
      } else {
        AddFault(file.faults, number, 1, AtMost("a file has", kMaxRules, "words"));
      }
    }
  });
  if (!file.faults.empty()) file.rules.clear();
  return file;
}

RuleFile<SynonymRule> LoadSynonyms(const std::filesystem::path& file) { return Load(file, ParseSynonyms); }
RuleFile<PinRule> LoadPins(const std::filesystem::path& file) { return Load(file, ParsePins); }
RuleFile<std::string> LoadStopWords(const std::filesystem::path& file) { return Load(file, ParseStopWords); }
RuleFile<KeyRule> LoadKeys(const std::filesystem::path& file, FilterCheck check) {
  return Load(file, [&](std::string_view text) { return ParseKeys(text, check); });
}

}  // namespace quipu::config
