// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/gate.h"

#include <fmt/format.h>

#include <chrono>

#include "searchd/json/render_error.h"
#include "searchd/pages/refusal_page.h"

namespace quipu::searchd {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::string_view kScheme = "bearer ";

/// What a request without a key may see of a server with keys.
std::shared_ptr<const Grant> StrangersGrant() {
  static const auto kNothing = std::make_shared<const Grant>(
      Grant{.opens_all = false, .indexes = {}, .filter_text = {}, .filter = {}});
  return kNothing;
}

/// The key that the header holds; nothing if there is none.
std::optional<std::string_view> SentKey(const http::Request& request) {
  std::string_view header = request.Header("authorization");
  if (header.size() < kScheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = header[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kScheme[i]) return std::nullopt;
  }
  header.remove_prefix(kScheme.size());
  while (header.starts_with(' ')) header.remove_prefix(1);
  return header;
}

std::int64_t NowSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Error Invalid(std::string_view sentence) { return {Code::kInvalidApiKey, std::string(sentence)}; }

/// The key under which `request` is answered, or why it is not.
Result<const ServedKey*> Identify(const Holdings& holdings, Access access, const http::Request& request) {
  const auto sent = SentKey(request);
  const KeyRing& keys = *holdings.keys;
  const std::string& page_key = holdings.config.searchd.page_key;
  const ServedKey* key = nullptr;
  if (sent) {
    key = keys.Find(*sent);
  } else if (access == Access::kPage && !page_key.empty()) {
    key = keys.FindById(page_key);
  } else {
    return Error{Code::kMissingAuthorizationHeader,
                 "This server wants a key: send the header `Authorization: Bearer KEY`."};
  }
  if (key == nullptr) return Invalid("The key is not known.");
  if (key->HasExpired(NowSeconds())) return Invalid("The key has expired.");
  if (sent && !key->Suits(request.Header("origin")))
    return Invalid("The key is not for pages of this origin.");
  if (access == Access::kOperator && !key->grant->IsEverything())
    return Invalid("This wants a key for all indexes, without a filter.");
  return key;
}

http::Response Refuse(const Holdings& holdings, const Endpoint& endpoint, const http::Request& request,
                      const Error& error) {
  http::Response response =
      endpoint.answer == Answer::kHtml
          ? RefusalPage(StatusOf(error.code), error, holdings.brand, request.Header("accept-language"))
          : RenderError(error);
  // RFC 9110 wants it; browsers ask nobody for a key because of it.
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

std::optional<http::Response> Gate::Admit(const Endpoint& endpoint, http::Request& request) {
  const auto holdings = catalog_.Current();
  if (endpoint.access == Access::kOpen) {
    if (holdings->keys) request.grant = StrangersGrant();
    return std::nullopt;
  }
  Result<const ServedKey*> key = nullptr;
  if (holdings->keys) key = Identify(*holdings, endpoint.access, request);
  // Who guesses at keys is counted as well.
  if (const std::int64_t wait_ns = Wait(*holdings, request, key ? *key : nullptr); wait_ns > 0) {
    const std::int64_t seconds = (wait_ns + kNsPerSecond - 1) / kNsPerSecond;
    http::Response response =
        Refuse(*holdings, endpoint, request,
               {Code::kTooManyRequests, fmt::format("Too many requests; try again in {} s.", seconds)});
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
  }
  if (!key) return Refuse(*holdings, endpoint, request, key.error());
  if (*key != nullptr) request.grant = (*key)->grant;
  return std::nullopt;
}

/// Nanoseconds until the sender may ask again; 0: now.
std::int64_t Gate::Wait(const Holdings& holdings, const http::Request& request, const ServedKey* key) {
  const std::int64_t now_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                  std::chrono::steady_clock::now().time_since_epoch())
                                  .count();
  if (holdings.address_allowance.rate.limits() && (key == nullptr || key->rule.address_limit)) {
    const std::int64_t wait_ns =
        limiter_.Take("a" + holdings.ClientOf(request), holdings.address_allowance, now_ns);
    if (wait_ns > 0) return wait_ns;
  }
  if (key == nullptr) return 0;
  return limiter_.Take("k" + key->rule.id,
                       {.rate = key->rule.rate, .burst = config::BurstOf(key->rule.rate, key->rule.burst)},
                       now_ns);
}

}  // namespace quipu::searchd
