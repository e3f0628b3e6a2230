// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/widget/widget_files.h"

#include <fmt/format.h>

#include <memory>

#include "searchd/http/gzip.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/entity_tag.h"

namespace quipu::searchd {
namespace {

/// A script of ours for any page: compressed once, with a tag, readable from every origin.
http::Handler Script(const WidgetFile& file, std::string_view cache) {
  const auto packed = std::make_shared<const std::string>(http::Gzip(file.text, http::Packing::kSmall));
  // Weak, because it names the packed and the plain form alike.
  const std::string tag = fmt::format("W/\"{}\"", file.hash);
  return [file, packed, tag, cache](const http::Request& request) {
    http::Response response;
    response.headers = {{"ETag", tag},
                        {"Cache-Control", std::string(cache)},
                        {"Vary", "Accept-Encoding"},
                        {"Access-Control-Allow-Origin", "*"},
                        {"Cross-Origin-Resource-Policy", "cross-origin"}};
    if (NamesTag(request.Header("if-none-match"), tag)) {
      response.status = 304;
      return response;
    }
    response.content_type = "text/javascript; charset=utf-8";
    const bool takes_packed = http::AcceptsGzip(request.Header("accept-encoding"));
    if (takes_packed) response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = takes_packed ? *packed : std::string(file.text);
    return response;
  };
}

}  // namespace

void AddWidgetEndpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{"GET", "/embed.js", http::Cost::kCheap, "The widget for other sites' pages.",
                        Script(WidgetLoader(), "public, max-age=3600")},
                       {},
                       Answer::kScript,
                       Access::kOpen});
  // The loader asks for it under an address with its hash.
  endpoints.push_back(
      {{"GET", "/embed/main.js", http::Cost::kCheap, "What the widget loads when somebody turns to it.",
        Script(WidgetMain(), "public, max-age=31536000, immutable")},
       {},
       Answer::kScript,
       Access::kOpen});
}

}  // namespace quipu::searchd
