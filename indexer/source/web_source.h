// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/config/config.h"
#include "indexer/source/page_set.h"
#include "indexer/source/source.h"
#include "indexer/web/http_client.h"
#include "indexer/web/polite_client.h"
#include "indexer/web/spool.h"
#include "indexer/web/url_scope.h"

namespace quipu::source {

/// What sources of pages have in common: they fetch all in List(), asking of known pages only whether they
/// changed, and keep what is new on disk until Read(). So the plan, the guard and a dry run know what is
/// there, and nothing of the index has been touched if the site turns out to be down.
class WebSource : public Source {
 public:
  struct Parts {
    std::string name;
    std::string mark;
    config::Source settings;
    web::UrlScope scope;
    std::shared_ptr<web::HttpClient> http;
    std::filesystem::path spool_folder;
  };
  explicit WebSource(Parts parts);

  const std::string& name() const override { return parts_.name; }
  const std::string& mark() const override { return parts_.mark; }
  Reading Read(const Found& found, const std::optional<index::FileStamp>& known,
               const ExtractFunction& extract) override;
  std::optional<Hash> ContentHash(const Found& found) override;

 protected:
  web::Politeness PolitenessOf() const;
  /// How many pages are asked for at once.
  static constexpr std::size_t kThreads = 4;

  Parts parts_;
  web::Spool spool_;
  PageSet pages_;
};

/// The scope that the settings ask for, without the hosts that their addresses are on. The error names the
/// key.
Result<web::UrlScope> ScopeOf(const config::Source& settings);

/// The real client, as the settings want it.
std::shared_ptr<web::HttpClient> ClientOf(const config::Source& settings,
                                          const std::filesystem::path& folder);

/// The User-Agent that is sent.
std::string UserAgentOf(const config::Source& settings);

}  // namespace quipu::source
