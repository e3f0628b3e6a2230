// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/typing.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "searchd/parameters/parameter.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;

// Who pastes a page into the box does not type.
constexpr std::size_t kMostBytes = 200;

/// Takes `q` out of `object`; false if that has none.
bool TakeText(json& object, std::string& text) {
  if (!object.is_object()) return false;
  const auto found = object.find("q");
  if (found == object.end() || !found->is_string()) return false;
  text = found->get<std::string>();
  object.erase(found);
  return true;
}

/// The text of a body and what else is in it.
std::optional<http::Typing> ReadBody(const std::string& text) {
  if (NestsTooDeep(text)) return std::nullopt;
  json body = json::parse(text, nullptr, false);
  http::Typing typing;
  if (body.is_object() && body.contains("queries") && body["queries"].is_array()) {
    // Where values of facets are chosen, clients ask several times for the one text.
    bool first = true;
    for (json& query : body["queries"]) {
      std::string asked;
      if (!TakeText(query, asked) || (!first && asked != typing.text)) return std::nullopt;
      typing.text = std::move(asked);
      first = false;
    }
    if (first) return std::nullopt;
  } else if (!TakeText(body, typing.text)) {
    return std::nullopt;
  }
  typing.typist = body.dump(-1, ' ', true, json::error_handler_t::replace);
  return typing;
}

std::optional<http::Typing> ReadQuery(const http::Request& request) {
  http::Typing typing;
  bool found = false;
  for (const auto& [name, value] : request.query) {
    if (name == "q" && !std::exchange(found, true)) {
      typing.text = value;
    } else {
      typing.typist.append(name).append(1, '\0').append(value).append(1, '\0');
    }
  }
  return found ? std::optional(std::move(typing)) : std::nullopt;
}

// Programs ask for what they need, several at a time; people type one text into a page.
bool ComesFromPage(const http::Request& request) {
  return !request.Header("origin").empty() || !request.Header("sec-fetch-mode").empty();
}

}  // namespace

std::optional<http::Typing> ReadTyping(const Holdings& holdings, const http::Request& request) {
  if (!ComesFromPage(request)) return std::nullopt;
  std::optional<http::Typing> typing = request.method == "POST" ? ReadBody(request.body) : ReadQuery(request);
  if (!typing || typing->text.empty() || typing->text.size() > kMostBytes) return std::nullopt;
  // No header has a NUL in it.
  for (const std::string_view part :
       {std::string_view(request.method), std::string_view(request.path), request.Header("authorization"),
        request.Header("user-agent"), request.Header("origin"), request.Header("accept-language")})
    typing->typist.append(1, '\0').append(part);
  typing->typist.append(1, '\0').append(holdings.ClientOf(request));
  return typing;
}

http::TypingReader TypingOf(const Catalog& catalog) {
  return [&catalog](const http::Request& request) { return ReadTyping(*catalog.Current(), request); };
}

}  // namespace quipu::searchd
