// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/robots.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace quipu::web {
namespace {

constexpr std::size_t kMaxRules = 20000;
constexpr std::size_t kMaxPatternBytes = 2000;
constexpr std::size_t kMaxSitemaps = 100;
constexpr double kMaxDelaySeconds = 86400;

char LowerChar(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return LowerChar(x) == LowerChar(y); });
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void AppendEscaped(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 15U];
}

/// The form in which rules and targets are compared: unreserved characters bare, all other escapes in
/// capitals.
std::string Comparable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const int high = byte == '%' && i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[i + 2]) : -1;
    if (low >= 0) {
      const auto value = static_cast<unsigned char>(high * 16 + low);
      const bool bare =
          std::isalnum(value) != 0 || value == '-' || value == '.' || value == '_' || value == '~';
      bare ? void(out += static_cast<char>(value)) : AppendEscaped(out, value);
      i += 2;
    } else if (byte <= ' ' || byte >= 0x7F) {
      AppendEscaped(out, byte);
    } else {
      out += text[i];
    }
  }
  return out;
}

/// `*` stands for anything, a `$` at the end for the end. Greedy with one point to go back to: time is at
/// most pattern times target.
bool Matches(std::string_view pattern, std::string_view target) {
  const bool whole = pattern.ends_with('$');
  if (whole) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_t = 0;
  for (;;) {
    if (p == pattern.size() && (!whole || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_t = t;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && star_t < target.size()) {
      p = star + 1;
      t = ++star_t;
    } else {
      return false;
    }
  }
}

}  // namespace

/// Reads a robots.txt line by line and keeps the rules of the groups that are meant.
class RobotsReader {
 public:
  explicit RobotsReader(std::string_view product) : product_(product) {}

  void Line(std::string_view line) {
    line = Trim(line.substr(0, line.find('#')));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = Trim(line.substr(0, colon));
    const std::string_view value = Trim(line.substr(colon + 1));
    if (SameWord(key, "user-agent")) return Agent(value);
    if (SameWord(key, "sitemap")) {
      if (sitemaps_.size() < kMaxSitemaps && !value.empty())
        sitemaps_.emplace_back(value.substr(0, kMaxPatternBytes));
      return;  // belongs to no group
    }
    const bool allow = SameWord(key, "allow");
    const bool rule = allow || SameWord(key, "disallow");
    const bool delay = SameWord(key, "crawl-delay");
    if (!rule && !delay) return;
    in_agents_ = false;
    if (rule) AddRule(value, allow);
    if (delay) SetDelay(value);
  }

  Robots Take() {
    Robots robots = std::move(named_ ? own_ : any_);
    robots.sitemaps_ = std::move(sitemaps_);
    return robots;
  }

 private:
  void Agent(std::string_view value) {
    // Lines in a row name the robots of one group.
    if (!in_agents_) to_own_ = to_any_ = false;
    in_agents_ = true;
    if (value == "*") to_any_ = true;
    if (!product_.empty() && SameWord(ProductToken(value), product_)) to_own_ = named_ = true;
  }

  void AddRule(std::string_view value, bool allow) {
    // An empty rule says nothing: "Disallow:" allows all.
    if (value.empty() || value.size() > kMaxPatternBytes) return;
    const Robots::Rule rule{Comparable(value), allow};
    if (to_own_ && own_.rules_.size() < kMaxRules) own_.rules_.push_back(rule);
    if (to_any_ && any_.rules_.size() < kMaxRules) any_.rules_.push_back(rule);
  }

  void SetDelay(std::string_view value) {
    const std::string text(value.substr(0, 32));
    char* end = nullptr;
    const double seconds = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || !(seconds >= 0) || seconds > kMaxDelaySeconds) return;
    const auto ms = static_cast<std::int64_t>(seconds * 1000);
    if (to_own_) own_.crawl_delay_ms_ = ms;
    if (to_any_) any_.crawl_delay_ms_ = ms;
  }

  std::string product_;
  bool in_agents_ = false;
  bool to_own_ = false;
  bool to_any_ = false;
  bool named_ = false;  // a group is for us alone, even if it says nothing
  Robots own_;
  Robots any_;
  std::vector<std::string> sitemaps_;
};

Robots Robots::ForbidAll() {
  Robots robots;
  robots.rules_.push_back({"/", false});
  return robots;
}

Robots Robots::Parse(std::string_view text, std::string_view product) {
  text = text.substr(0, kMaxBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  RobotsReader reader(product);
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    reader.Line(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return reader.Take();
}

bool Robots::Allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const std::string comparable = Comparable(target);
  std::size_t longest = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    const std::size_t size = rule.pattern.size();
    if (size < longest || (size == longest && !rule.allow) || !Matches(rule.pattern, comparable)) continue;
    longest = size;
    allowed = rule.allow;
  }
  return allowed;
}

std::string ProductToken(std::string_view user_agent) {
  std::string token;
  for (const char c : Trim(user_agent)) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_')) break;
    token += c;
  }
  return token;
}

}  // namespace quipu::web
