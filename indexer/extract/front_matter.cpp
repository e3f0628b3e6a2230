// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/front_matter.h"

#include <algorithm>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxBytes = 64U << 10;
constexpr std::size_t kMaxValues = 1000;

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// A scalar without its quotes or its trailing comment.
std::string Scalar(std::string_view text) {
  text = Trim(text);
  if (text.empty()) return "";
  const char quote = text.front();
  if (quote != '"' && quote != '\'') {
    const std::size_t comment = text.find(" #");
    const std::string_view bare = Trim(text.substr(0, comment));
    return bare == "null" || bare == "~" || bare == "|" || bare == ">" ? "" : std::string(bare);
  }
  std::string value;
  for (std::size_t at = 1; at < text.size(); ++at) {
    const bool escaped = quote == '"' && text[at] == '\\' && at + 1 < text.size();
    const bool doubled = quote == '\'' && text.substr(at, 2) == "''";
    if (escaped || doubled) {
      ++at;
    } else if (text[at] == quote) {
      break;
    }
    value += escaped && text[at] == 'n' ? ' ' : text[at];
  }
  return value;
}

/// "[a, "b, c"]" as its parts.
std::vector<std::string> Flow(std::string_view text) {
  std::vector<std::string> parts;
  char quote = '\0';
  std::size_t begin = 1;
  for (std::size_t at = 1; at < text.size() && parts.size() < kMaxValues; ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ',' || c == ']') {
      if (std::string part = Scalar(text.substr(begin, at - begin)); !part.empty())
        parts.push_back(std::move(part));
      begin = at + 1;
      if (c == ']') break;
    }
  }
  return parts;
}

class Reader {
 public:
  Reader(char separator, FrontMatter& out) : separator_(separator), out_(out) {}

  void Line(std::string_view line) {
    const std::string_view text = Trim(line);
    if (text.empty() || text.front() == '#') return;
    // A table: its keys are not the document's.
    if (separator_ == '=' && text.front() == '[') in_table_ = true;
    if (in_table_) return;
    if (text.substr(0, 2) == "- " && !key_.empty()) return Add(Scalar(text.substr(2)));
    const bool nested = line.front() == ' ' || line.front() == '\t';
    const std::size_t mark = text.find(separator_);
    if (nested || mark == std::string_view::npos || mark == 0) {
      if (nested) Fold(text);
      return;
    }
    key_ = std::string(Trim(text.substr(0, mark)));
    std::transform(key_.begin(), key_.end(), key_.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (key_.size() > 64) key_.clear();
    const std::string_view value = Trim(text.substr(mark + 1));
    folded_ = value == ">" || value == "|" || value == ">-" || value == "|-";
    if (folded_ || value.empty()) return;
    if (value.front() == '[') {
      for (std::string& part : Flow(value)) Add(std::move(part));
      return;
    }
    if (value.front() != '{') Add(Scalar(value));
  }

 private:
  void Add(std::string value) {
    if (key_.empty() || value.empty() || ++count_ > kMaxValues) return;
    out_.values[key_].push_back(std::move(value));
  }

  /// A line of a folded or literal block joins its value.
  void Fold(std::string_view text) {
    if (!folded_ || key_.empty()) return;
    std::vector<std::string>& values = out_.values[key_];
    if (values.empty()) {
      values.emplace_back(text);
    } else if (values.back().size() < kMaxBytes) {
      values.back().append(" ").append(text);
    }
  }

  char separator_;
  FrontMatter& out_;
  std::string key_;
  bool folded_ = false;
  bool in_table_ = false;
  std::size_t count_ = 0;
};

}  // namespace

std::string FrontMatter::Get(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    const auto found = values.find(std::string(key));
    if (found != values.end() && !found->second.empty()) return found->second.front();
  }
  return "";
}

std::vector<std::string> FrontMatter::GetAll(std::initializer_list<std::string_view> keys) const {
  std::vector<std::string> all;
  for (const std::string_view key : keys) {
    const auto found = values.find(std::string(key));
    if (found != values.end()) all.insert(all.end(), found->second.begin(), found->second.end());
  }
  return all;
}

FrontMatter ParseFrontMatter(std::string_view utf8) {
  FrontMatter matter;
  const std::string_view fence = utf8.substr(0, 3);
  const std::size_t first = utf8.find('\n');
  if ((fence != "---" && fence != "+++") || first == std::string_view::npos ||
      !Trim(utf8.substr(3, first - 3)).empty())
    return matter;
  FrontMatter read;
  Reader reader(fence == "---" ? ':' : '=', read);
  std::size_t at = first + 1;
  while (at < utf8.size() && at < kMaxBytes) {
    const std::size_t end = std::min(utf8.find('\n', at), utf8.size());
    const std::string_view line = utf8.substr(at, end - at);
    at = std::min(end + 1, utf8.size());
    const std::string_view text = Trim(line);
    if (text == fence || (fence == "---" && text == "...")) {
      read.end = at;
      return read;
    }
    if (!line.empty()) reader.Line(line);
  }
  return matter;
}

}  // namespace quipu::extract
