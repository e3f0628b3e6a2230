// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/source_name.h"

#include <fmt/format.h>

#include "indexer/source/content_hash.h"

namespace quipu::source {

const char* TypeName(config::SourceType type) {
  switch (type) {
    case config::SourceType::kFolder: return "folder";
    case config::SourceType::kJsonl: return "jsonl";
    case config::SourceType::kSitemap: return "sitemap";
    case config::SourceType::kCrawl: return "crawl";
  }
  return "unknown";
}

std::string NameOf(const config::Source& settings, const std::filesystem::path& config_folder) {
  if (settings.path.empty()) return fmt::format("{}:{}", TypeName(settings.type), settings.url);
  std::filesystem::path path = settings.path.lexically_normal();
  const std::filesystem::path relative = path.lexically_relative(config_folder.lexically_normal());
  if (path.is_absolute() && !relative.empty() && *relative.begin() != "..") path = relative;
  std::string text = path.generic_string();
  if (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return fmt::format("{}:{}", TypeName(settings.type), text);
}

std::string MarkOf(const std::string& name, const config::Source& settings,
                   const std::map<std::string, config::FieldType>& fields,
                   const std::vector<config::Filter>& filters) {
  // Zero bytes cannot occur in the values, so no two settings give the same text.
  std::string values = settings.url;
  values.append(1, '\0').append(settings.language).append(1, '\0').append(settings.ocr ? "ocr" : "");
  for (const auto& [field, type] : fields) {
    values.append(1, '\0').append(field).append(1, '\0').append(fmt::to_string(static_cast<int>(type)));
  }
  for (const config::Filter& filter : filters) {
    values.append(1, '\0')
        .append(filter.mime)
        .append(1, filter.output == config::FilterOutput::kHtml ? 'h' : 't');
    for (const std::string& ending : filter.endings) values.append(1, '\0').append(ending);
    for (const std::string& word : filter.command) values.append(1, '\0').append(word);
  }
  const Hash hash = HashOf(values);
  return fmt::format("{}#{:02x}{:02x}{:02x}{:02x}", name, hash[0], hash[1], hash[2], hash[3]);
}

std::string NameOfMark(const std::string& mark) { return mark.substr(0, mark.rfind('#')); }

}  // namespace quipu::source
