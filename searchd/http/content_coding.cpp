// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/content_coding.h"

#include <algorithm>
#include <string_view>

#include "searchd/http/gzip.h"

namespace quipu::http {
namespace {

// Below, the header that tells of the packing is as long as what is saved, and a packet holds it all anyway.
constexpr std::size_t kLeastBytes = 1024;
// Above, packing would keep a thread for longer than a search does.
constexpr std::size_t kMostBytes = 4 << 20;

bool IsText(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type == "application/json" || type.ends_with("+xml") ||
         type == "application/xml";
}

bool Has(const Response& response, std::string_view name, std::string_view value) {
  return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
    return header.first == name && (value.empty() || header.second == value);
  });
}

}  // namespace

void Compress(const Request& request, Response& response) {
  if (response.body.size() < kLeastBytes || response.body.size() > kMostBytes) return;
  if (!IsText(response.content_type) || Has(response, "Content-Encoding", "")) return;
  if (!Has(response, "Vary", "Accept-Encoding")) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!AcceptsGzip(request.Header("accept-encoding"))) return;
  response.body = Gzip(response.body, Packing::kFast);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace quipu::http
