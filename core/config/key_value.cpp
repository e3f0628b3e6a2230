// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <cstdio>

#include "core/config/key_table.h"
#include "core/config/listen_address.h"
#include "core/config/network.h"
#include "core/config/rate.h"

namespace quipu::config {
namespace {

std::string Join(std::string_view choices) {
  std::string text;
  for (const char c : choices) text += c == '|' ? std::string("\", \"") : std::string(1, c);
  return "\"" + text + "\"";
}

std::string_view Choice(std::string_view choices, std::int64_t place) {
  for (; place > 0 && choices.find('|') != std::string_view::npos; --place) {
    choices.remove_prefix(choices.find('|') + 1);
  }
  return choices.substr(0, choices.find('|'));
}

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string ShowNumber(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", number);
  return text.data();
}

bool IsLanguage(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool IsUrl(std::string_view text) {
  const bool known_scheme = text.starts_with("http://") || text.starts_with("https://");
  const bool has_host = text.size() > text.find("//") + 2 && text[text.find("//") + 2] != '/';
  const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '"' || c == '<' || c == '>';
  });
  return known_scheme && has_host && clean;
}

/// "example.org", "example.org:8080", "[::1]:8080"; no scheme, no path.
bool IsHost(std::string_view text) {
  return text.size() <= 255 && text.front() != ':' && text.find("://") == std::string_view::npos &&
         std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == 0x7F ||
                  std::string_view("/?#@\"<>*,").find(c) != std::string_view::npos;
         });
}

std::string FaultOfText(const Key& key, const std::string& text) {
  if (text.find('\0') != std::string::npos) return "it must not hold a zero byte";
  if (text.empty()) return "";  // an empty text is what "not set" looks like
  switch (key.kind) {
    case ValueKind::kListen: {
      const Result<ListenAddress> address = ParseListenAddress(text);
      return address.ok() ? "" : address.error().message;
    }
    case ValueKind::kLanguage:
    case ValueKind::kLanguages:
      return IsLanguage(text)
                 ? ""
                 : "expected a code of two or three small letters such as \"es\", not " + Quote(text);
    case ValueKind::kUrl: return IsUrl(text) ? "" : "expected http://… or https://…, not " + Quote(text);
    case ValueKind::kHosts:
      return IsHost(text)
                 ? ""
                 : "expected a host such as \"example.org\" or \"example.org:8080\", not " + Quote(text);
    case ValueKind::kRate: {
      const Result<Rate> rate = ParseRate(text);
      return rate.ok() ? "" : rate.error().message;
    }
    case ValueKind::kNetworks: {
      const Result<Network> network = ParseNetwork(text);
      return network.ok() ? "" : network.error().message;
    }
    default: return "";
  }
}

}  // namespace

std::string Expectation(const Key& key) {
  const std::string range = " from " + std::to_string(key.min) + " to " + std::to_string(key.max);
  switch (key.kind) {
    case ValueKind::kBoolean: return "true or false";
    case ValueKind::kInteger: return "a whole number" + range;
    case ValueKind::kNumber: return "a number" + range;
    case ValueKind::kText: return "a text";
    case ValueKind::kPath: return "a path";
    case ValueKind::kListen: return "\"host:port\", \"[v6]:port\" or \"unix:/path\"";
    case ValueKind::kUrl: return "a URL";
    case ValueKind::kLanguage: return "a language code such as \"es\"";
    case ValueKind::kChoice: return "one of " + Join(key.choices);
    case ValueKind::kTexts: return "a list of texts";
    case ValueKind::kGlobs: return "a list of patterns such as \"**/*.html\"";
    case ValueKind::kLanguages: return "a list of language codes such as \"es\"";
    case ValueKind::kHosts: return "a list of hosts such as \"example.org\"";
    case ValueKind::kRate: return "a rate such as \"20/s\" or \"600/m\"";
    case ValueKind::kNetworks: return "a list of addresses and networks such as \"10.0.0.0/8\"";
  }
  return "";
}

std::string ShowValue(const Key& key, const Value& value) {
  if (const bool* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const double* number = std::get_if<double>(&value)) return ShowNumber(*number);
  if (const std::string* text = std::get_if<std::string>(&value)) return Quote(*text);
  if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) {
    return key.kind == ValueKind::kChoice ? Quote(Choice(key.choices, *number)) : std::to_string(*number);
  }
  std::string list;
  for (const std::string& text : std::get<std::vector<std::string>>(value)) {
    list += (list.empty() ? "" : ", ") + Quote(text);
  }
  return "[" + list + "]";
}

std::string ShowDefault(const Key& key) {
  Config config;
  Index index;
  Source source;
  Filter filter;
  return ShowValue(
      key, key.get({.config = &config, .index = &index, .source = &source, .filter = &filter, .field = ""}));
}

std::string EnvironmentName(const Key& key, std::string_view index) {
  std::string path(key.path);
  if (path.find("[]") != std::string::npos) return "";  // tables without a name
  if (const std::size_t star = path.find('*'); star != std::string::npos) {
    // A field's name may hold anything.
    if (path.find('*', star + 1) != std::string::npos) return "";
    path.replace(star, 1, index.empty() ? "NAME" : index);
  }
  for (char& c : path) {
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    } else if (c == '.' || c == '-') {
      c = '_';
    }
  }
  return "QUIPU_" + path;
}

std::string FaultOf(const Key& key, const Value& value) {
  if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) {
    const bool ranged = key.kind == ValueKind::kInteger;
    return ranged && (*number < key.min || *number > key.max) ? "expected " + Expectation(key) : "";
  }
  if (const double* number = std::get_if<double>(&value)) {
    // Written so that a NaN fails too.
    const bool within = *number >= static_cast<double>(key.min) && *number <= static_cast<double>(key.max);
    return within ? "" : "expected " + Expectation(key);
  }
  if (const std::string* text = std::get_if<std::string>(&value)) return FaultOfText(key, *text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& text : *list) {
      if (text.empty()) return "expected " + Expectation(key) + ", and none of them empty";
      if (std::string fault = FaultOfText(key, text); !fault.empty()) return fault;
    }
  }
  return "";
}

}  // namespace quipu::config
