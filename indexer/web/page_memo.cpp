// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/page_memo.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace quipu::web {
namespace {

// One line a value, since no URL and no header holds a line break. Links have in front how many bytes they
// share with the one before: those of one site mostly differ in their ends.
constexpr std::string_view kVersion = "1";
constexpr std::size_t kMaxLinkBytes = 60U << 10;

std::string OneLine(std::string_view text) {
  std::string line(text.substr(0, 2000));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  std::string_view Next() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return line;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string EncodeMemo(const PageMemo& memo) {
  std::string text(kVersion);
  for (const std::string* value :
       {&memo.url, &memo.etag, &memo.last_modified, &memo.listed, &memo.scope, &memo.canonical}) {
    text += '\n' + OneLine(*value);
  }
  text += memo.links_only ? "\nlinks" : memo.duplicate ? "\nduplicate" : "\n";
  const std::size_t head = text.size();
  std::string_view before;
  for (std::size_t i = 0; i < memo.links.size() && i < PageMemo::kMaxLinks; ++i) {
    const std::string& link = memo.links[i];
    if (link.find('\n') != std::string::npos) continue;
    const auto differ = std::mismatch(link.begin(), link.end(), before.begin(), before.end()).first;
    const auto shared = static_cast<std::size_t>(differ - link.begin());
    const std::string line = '\n' + std::to_string(shared) + ' ' + link.substr(shared);
    if (text.size() + line.size() > head + kMaxLinkBytes) break;
    text += line;
    before = link;
  }
  return text;
}

PageMemo DecodeMemo(std::string_view text) {
  Lines lines(text);
  PageMemo memo;
  if (lines.Next() != kVersion) return memo;
  for (std::string* value :
       {&memo.url, &memo.etag, &memo.last_modified, &memo.listed, &memo.scope, &memo.canonical})
    *value = lines.Next();
  const std::string_view role = lines.Next();
  memo.links_only = role == "links";
  memo.duplicate = role == "duplicate";
  while (!lines.done() && memo.links.size() < PageMemo::kMaxLinks) {
    const std::string_view line = lines.Next();
    std::size_t shared = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), shared);
    const std::string_view before = memo.links.empty() ? std::string_view() : memo.links.back();
    if (error != std::errc() || end == line.data() + line.size() || *end != ' ' || shared > before.size())
      return {};
    const auto skipped = static_cast<std::size_t>(end - line.data()) + 1;
    memo.links.push_back(std::string(before.substr(0, shared)) + std::string(line.substr(skipped)));
  }
  return memo;
}

}  // namespace quipu::web
