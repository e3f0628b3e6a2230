// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/content_coding.h"

#include <algorithm>
#include <string>
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

bool IsCoded(const Response& response) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [](const auto& header) { return header.first == "Content-Encoding"; });
}

}  // namespace

void AddVary(Response& response, std::string_view header) {
  for (auto& [name, value] : response.headers) {
    if (name != "Vary") continue;
    if (value.find(header) == std::string::npos) value.append(", ").append(header);
    return;
  }
  response.headers.emplace_back("Vary", header);
}

void Compress(const Request& request, Response& response) {
  if (response.body.size() < kLeastBytes || response.body.size() > kMostBytes) return;
  if (!IsText(response.content_type) || IsCoded(response)) return;
  AddVary(response, "Accept-Encoding");
  if (!AcceptsGzip(request.Header("accept-encoding"))) return;
  response.body = Gzip(response.body, Packing::kFast);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace quipu::http
