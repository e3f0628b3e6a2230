// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::http {

/// A request target's two parts, still encoded.
struct Target {
  std::string_view path;   // begins with "/"
  std::string_view query;  // after "?", "" if there is none
};

/// Splits a target in origin form ("/a?b") or absolute form ("http://host/a?b"); nothing for other forms.
std::optional<Target> SplitTarget(std::string_view target);

/// `text` with its percent escapes decoded once; nothing if an escape is malformed or stands for NUL.
std::optional<std::string> DecodeEscapes(std::string_view text);

/// The query's pairs in order, repeats kept, decoded as browsers do: "+" is a blank, a "%" that begins
/// no escape is itself (people type `?q=50%` into address bars).
std::vector<std::pair<std::string, std::string>> DecodeQuery(std::string_view query);

}  // namespace quipu::http
