// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/config/config.h"
#include "indexer/source/known_pages.h"
#include "indexer/source/source.h"
#include "indexer/web/page_memo.h"
#include "indexer/web/polite_client.h"
#include "indexer/web/spool.h"
#include "indexer/web/url_scope.h"

namespace quipu::source {

/// One page of the web as this run found it.
struct Page {
  enum class Kind {
    kRead,      // its content is in the spool
    kSame,      // it is what the index remembers
    kGone,      // 404, 410
    kRedirect,  // to `location`
    kFailed,    // nobody knows what is there today
    kSkipped,   // not to be read: robots.txt, another host
  };
  explicit Page(web::Url where) : url(std::move(where)) {}

  web::Url url;  // as it was asked for
  Kind kind = Kind::kFailed;
  std::string reason;  // for kGone, kFailed and kSkipped
  KnownPages::Page before;
  web::PageMemo memo;  // of kRead and kSame; of kFailed what was known
  std::optional<web::Url> location;
  // Of kRead:
  extract::State state = extract::State::kFailed;
  web::Spool::Place place;
  std::chrono::milliseconds elapsed{0};  // of the extraction
  index::FileStamp stamp;                // also of kSame

  bool alive() const { return kind == Kind::kRead || kind == Kind::kSame; }
  bool IsDocument() const;
};

/// Fetches pages, asking only whether they changed where that is enough, and has them read in the sandbox.
/// Thread-safe.
class PageReader {
 public:
  struct Parts {
    web::PoliteClient& client;
    const web::UrlScope& scope;
    const KnownPages& known;
    web::Spool& spool;
    const Scan& scan;
    const config::Source& settings;
    bool follow = false;  // links are wanted
  };
  explicit PageReader(Parts parts) : parts_(parts) {}

  struct Wish {
    web::Url url;
    std::string listed;    // its date in a list; what has the same as before is not fetched
    bool reread = false;   // the content is needed, changed or not
    bool through = false;  // redirects are followed, and the last address is the page's canonical one
  };
  Page Visit(const Wish& wish) const;

 private:
  web::HttpRequest RequestFor(const Wish& wish, const Page& page, const web::Url& url) const;
  void Understand(const Wish& wish, web::Fetched fetched, const web::Url& url, Page& page) const;
  void Take(web::HttpResponse response, const web::Url& url, Page& page) const;
  void Refuse(std::string reason, const web::HttpResponse& response, Page& page) const;
  void TakeLinks(const extract::PageLinks& links, const web::HttpResponse& response, const web::Url& url,
                 Page& page) const;
  void Store(const extract::Extracted& extracted, Page& page) const;
  bool Wants(const Page& page) const;

  Parts parts_;
};

}  // namespace quipu::source
