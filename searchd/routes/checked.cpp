// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "searchd/json/render_error.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

bool IsJson(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (type.ends_with(' ') || type.ends_with('\t')) type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::tolower(c); });
  return type == "application/json";
}

Result<ParameterValues> ReadParameters(std::span<const Parameter> table, const http::Request& request) {
  if (request.method != "POST") return ParseQuery(table, request.query);
  if (!request.query.empty()) {
    return Error{Code::kBadRequest,
                 "A POST takes its parameters in the JSON body; the query string must be empty."};
  }
  if (!IsJson(request.Header("content-type"))) {
    return Error{Code::kInvalidContentType, "The body must be sent with `Content-Type: application/json`."};
  }
  return ParseBody(table, request.body);
}

/// `error` as strangers may read it: where indexes lie on this disk is for the log and `check`.
Error Public(const Error& error, const http::Request& request) {
  if (error.code != Code::kIndexUnavailable && error.code != Code::kIndexVersion) return error;
  return {Code::kIndexUnavailable,
          fmt::format("Index `{}` is not available: it was not built yet, or this version cannot open it.",
                      request.path_args.empty() ? "" : request.path_args.front())};
}

}  // namespace

http::Handler Checked(std::span<const Parameter> table, CheckedHandler handler) {
  return [table, handler = std::move(handler)](const http::Request& request) {
    const Result<ParameterValues> values = ReadParameters(table, request);
    if (!values) return RenderError(values.error());
    Result<http::Response> response = handler(request, *values);
    if (!response) return RenderError(Public(response.error(), request));
    return std::move(response).value();
  };
}

http::Response Json(std::string body) {
  http::Response response;
  response.body = std::move(body);
  return response;
}

}  // namespace quipu::searchd
