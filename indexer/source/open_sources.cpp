// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/open_sources.h"

#include <utility>

#include <fmt/format.h>

#include "indexer/source/folder_source.h"
#include "indexer/source/jsonl_source.h"
#include "indexer/source/path_filter.h"
#include "indexer/source/source_name.h"

namespace quipu::source {

Result<std::vector<std::unique_ptr<Source>>> OpenSources(const config::Config& config,
                                                         const config::Index& index) {
  const std::filesystem::path folder = std::filesystem::absolute(config.file).parent_path();
  std::vector<std::unique_ptr<Source>> sources;
  for (const config::Source& settings : index.sources) {
    std::string name = NameOf(settings, folder);
    std::string mark = MarkOf(name, settings, index.fields, config.filters);
    switch (settings.type) {
      case config::SourceType::kFolder:
        if (auto filter = PathFilter::Make(settings.include, settings.exclude); !filter) {
          return Error{Code::kConfig,
                       fmt::format("index `{}`, source `{}`: {}", index.name, name, filter.error().message)};
        }
        sources.push_back(std::make_unique<FolderSource>(std::move(name), std::move(mark), settings,
                                                         std::vector{config.data_dir}));
        break;
      case config::SourceType::kJsonl:
        sources.push_back(std::make_unique<JsonlSource>(std::move(name), std::move(mark), settings));
        break;
      case config::SourceType::kSitemap:
      case config::SourceType::kCrawl:
        return Error{Code::kConfig,
                     fmt::format("index `{}`: sources of type `{}` cannot be read by this version",
                                 index.name, TypeName(settings.type))};
    }
  }
  return sources;
}

}  // namespace quipu::source
