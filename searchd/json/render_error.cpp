// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/render_error.h"

#include <nlohmann/json.hpp>

namespace quipu::searchd {
namespace {

// searchd serves its own copy: always of this version, and there without a network.
constexpr std::string_view kErrorsPage = "/docs/errors.md#";

std::string_view TypeOf(int status) {
  if (status == 401 || status == 403) return "auth";
  return status >= 500 ? "internal" : "invalid_request";
}

}  // namespace

int StatusOf(Code code) {
  switch (code) {
    case Code::kIndexNotFound:
    case Code::kDocumentNotFound:
    case Code::kNotFound: return 404;
    case Code::kMissingAuthorizationHeader: return 401;
    case Code::kInvalidApiKey: return 403;
    case Code::kMethodNotAllowed: return 405;
    case Code::kLengthRequired: return 411;
    case Code::kPayloadTooLarge: return 413;
    case Code::kUriTooLong: return 414;
    case Code::kInvalidContentType: return 415;
    case Code::kTooManyRequests: return 429;
    case Code::kHeadersTooLarge: return 431;
    case Code::kIndexUnavailable:
    case Code::kIndexVersion:
    case Code::kOverloaded: return 503;
    case Code::kInternal:
    case Code::kIo: return 500;
    default: return 400;
  }
}

http::Response RenderError(int status, const Error& error) {
  const std::string code(CodeName(error.code));
  const nlohmann::ordered_json body = {{"message", error.message},
                                       {"code", code},
                                       {"type", TypeOf(status)},
                                       {"link", std::string(kErrorsPage) + code}};
  http::Response response;
  response.status = status;
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

http::Response RenderError(const Error& error) { return RenderError(StatusOf(error.code), error); }

}  // namespace quipu::searchd
