// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/reading.h"

#include <algorithm>
#include <utility>

#include "indexer/extract/utf8.h"

namespace quipu::extract {

void Reading::SetField(const std::string& field, std::string_view value) {
  std::string tidy = TidyLine(value, kMaxFieldBytes);
  if (!tidy.empty()) fields.try_emplace(field, std::move(tidy));
}

void Reading::SetList(const std::string& field, const std::vector<std::string>& values) {
  std::vector<std::string> kept;
  std::size_t bytes = 0;
  for (const std::string& value : values) {
    std::string tidy = TidyLine(value, kMaxFieldBytes);
    if (tidy.empty() || std::find(kept.begin(), kept.end(), tidy) != kept.end()) continue;
    bytes += tidy.size();
    if (kept.size() >= kMaxFieldValues || bytes > kMaxFieldBytes) break;
    kept.push_back(std::move(tidy));
  }
  if (kept.empty()) return;
  if (kept.size() == 1 && field != "tags" && field != "alternates") {
    fields.try_emplace(field, std::move(kept.front()));
    return;
  }
  std::vector<schema::Scalar> list;
  for (std::string& value : kept) list.emplace_back(std::move(value));
  fields.try_emplace(field, std::move(list));
}

std::vector<std::string> SplitKeywords(std::string_view list) {
  // A list with semicolons may have commas inside its parts.
  const char separator = list.find(';') != std::string_view::npos ? ';' : ',';
  std::vector<std::string> parts;
  while (!list.empty() && parts.size() < kMaxFieldValues * 2) {
    const std::size_t end = std::min(list.find(separator), list.size());
    std::string part = TidyLine(list.substr(0, end), kMaxFieldBytes);
    if (!part.empty()) parts.push_back(std::move(part));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

Reading Refuse(State state, std::string reason) {
  Reading reading;
  reading.state = state;
  reading.reason = std::move(reason);
  return reading;
}

}  // namespace quipu::extract
