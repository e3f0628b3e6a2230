// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/sitemap_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/unique_fd.h"
#include "indexer/extract/url_list.h"
#include "indexer/source/document_id.h"

namespace quipu::source {
namespace {

using Fetched = web::Fetched;

constexpr int kMaxRedirects = 5;

}  // namespace

Result<SitemapReader::List> SitemapReader::Fetch(const web::Url& url) {
  seen_maps_.insert(url.text());
  const auto links = Get(url);
  if (!links) return links.error();
  Take(*links, &url, 1);
  return std::move(list_);
}

Result<SitemapReader::List> SitemapReader::ReadFile(const std::filesystem::path& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!fd.valid() || ::fstat(fd.get(), &status) != 0) {
    return Error{Code::kIo, fmt::format("`{}` cannot be read: {}", path.string(),
                                        std::generic_category().message(errno))};
  }
  if (!S_ISREG(status.st_mode))
    return Error{Code::kIo, fmt::format("`{}` is not a regular file", path.string())};
  const auto links = Parse(fd.Release(), path.string());
  if (!links) return links.error();
  Take(*links, nullptr, 1);
  return std::move(list_);
}

Result<extract::PageLinks> SitemapReader::Get(const web::Url& first) {
  part_is_gone_ = false;
  web::Url url = first;
  for (int redirects = 0; redirects <= kMaxRedirects; ++redirects) {
    Fetched fetched = parts_.client.Get({.url = url, .max_bytes = extract::kMaxUrlListBytes});
    if (fetched.kind == Fetched::Kind::kPage) return Parse(fetched.response.body.Release(), first.text());
    if (fetched.kind == Fetched::Kind::kRedirect) {
      if (!parts_.scope.AllowsHost(*fetched.location)) {
        return Error{Code::kIo, fmt::format("{}: redirects to {}, another host", first.text(),
                                            fetched.location->text())};
      }
      url = *fetched.location;
      continue;
    }
    part_is_gone_ = fetched.kind == Fetched::Kind::kGone;
    if (fetched.kind == Fetched::Kind::kInterrupted) return Error{Code::kInterrupted, "interrupted"};
    return Error{Code::kIo, fmt::format("{}: {}", first.text(), fetched.reason)};
  }
  return Error{Code::kIo, fmt::format("{}: redirects more than {} times", first.text(), kMaxRedirects)};
}

Result<extract::PageLinks> SitemapReader::Parse(int fd, const std::string& name) {
  extract::FileTask task;
  task.fd = fd;
  task.name = name;
  task.max_bytes = extract::kMaxUrlListBytes;
  task.wanted = extract::Wanted::kUrlList;
  extract::Extracted extracted = parts_.scan.extract(task);
  if (extracted.state == extract::State::kFailed)
    return Error{Code::kIo, fmt::format("{}: {}", name, extracted.reason)};
  if (extracted.state == extract::State::kTruncated) {
    list_.partial = true;
    list_.problems.push_back({IdOfPath(name), extract::State::kFailed, extracted.reason});
  }
  return std::move(extracted.links);
}

void SitemapReader::Take(const extract::PageLinks& links, const web::Url* base, int depth) {
  if (links.is_feed) list_.partial = true;
  std::vector<web::Url> nested;
  for (const extract::Link& link : links.links) {
    auto url = base != nullptr ? base->Resolve(link.url) : web::Url::Parse(link.url);
    if (!url) {
      list_.problems.push_back(
          {IdOfPath(link.url), extract::State::kSkipped, "is no address of http or https"});
    } else if (link.is_sitemap) {
      if (seen_maps_.insert(url->text()).second) nested.push_back(*std::move(url));
    } else if (list_.entries.size() < kMaxEntries) {
      web::Url tidy = parts_.scope.Tidy(*url);
      if (seen_.insert(tidy.text()).second) list_.entries.push_back({std::move(tidy), link.date});
    }
  }
  for (const web::Url& url : nested) {
    // A file on disk names where its parts are.
    if (base == nullptr) parts_.scope.AllowOriginOf(url);
    Descend(url, depth + 1);
  }
}

void SitemapReader::Descend(const web::Url& url, int depth) {
  if (parts_.scan.stop.stop_requested()) return;
  const auto fail = [&](extract::State state, std::string reason, bool partial) {
    list_.problems.push_back({IdOfPath(url.text()), state, std::move(reason)});
    list_.partial = list_.partial || partial;
  };
  if (depth > kMaxDepth) return fail(extract::State::kSkipped, "sitemaps nested too deep", true);
  if (seen_maps_.size() > kMaxSitemaps) return fail(extract::State::kSkipped, "too many sitemaps", true);
  if (!parts_.scope.AllowsHost(url)) {
    return fail(extract::State::kSkipped, "a sitemap on another host; `allow_hosts` would let it in", false);
  }
  const auto links = Get(url);
  if (!links) {
    // What is gone lists nothing; what cannot be had today may list what it did.
    return fail(part_is_gone_ ? extract::State::kSkipped : extract::State::kFailed, links.error().message,
                !part_is_gone_);
  }
  Take(*links, &url, depth);
}

}  // namespace quipu::source
