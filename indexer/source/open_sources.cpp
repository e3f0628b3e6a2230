// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/open_sources.h"

#include <utility>

#include <fmt/format.h>

#include "indexer/source/crawl_source.h"
#include "indexer/source/folder_source.h"
#include "indexer/source/jsonl_source.h"
#include "indexer/source/path_filter.h"
#include "indexer/source/sitemap_source.h"
#include "indexer/source/source_name.h"

namespace quipu::source {

namespace {

Error About(const config::Index& index, const std::string& name, const Error& error) {
  return {Code::kConfig, fmt::format("index `{}`, source `{}`: {}", index.name, name, error.message)};
}

WebSource::Parts PartsOf(const config::Config& config, const config::Source& settings, web::UrlScope scope,
                         std::string name, std::string mark) {
  std::shared_ptr<web::HttpClient> client = ClientOf(settings, config.data_dir);
  return {std::move(name), std::move(mark), settings, std::move(scope), std::move(client), config.data_dir};
}

}  // namespace

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
          return About(index, name, filter.error());
        }
        sources.push_back(std::make_unique<FolderSource>(std::move(name), std::move(mark), settings,
                                                         std::vector{config.data_dir}));
        break;
      case config::SourceType::kJsonl:
        sources.push_back(std::make_unique<JsonlSource>(std::move(name), std::move(mark), settings));
        break;
      case config::SourceType::kSitemap:
      case config::SourceType::kCrawl: {
        if (!settings.url.empty() && !web::Url::Parse(settings.url)) {
          return About(index, name,
                       {Code::kConfig,
                        "`url` is no address that can be asked for: expected http or https, a host, "
                        "and neither user name nor password"});
        }
        auto scope = ScopeOf(settings);
        if (!scope) return About(index, name, scope.error());
        if (auto parts =
                PartsOf(config, settings, std::move(scope).value(), std::move(name), std::move(mark));
            settings.type == config::SourceType::kCrawl) {
          sources.push_back(std::make_unique<CrawlSource>(std::move(parts)));
        } else {
          sources.push_back(std::make_unique<SitemapSource>(std::move(parts)));
        }
        break;
      }
    }
  }
  return sources;
}

}  // namespace quipu::source
