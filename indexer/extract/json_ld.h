// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// What a page says of itself in JSON-LD, by schema.org's names. Empty where it says nothing.
struct JsonLd {
  std::string headline;
  std::string published;
  std::string modified;
  std::string description;
  std::string keywords;
  std::string language;
  std::vector<std::string> authors;
};

/// Adds what one block of JSON-LD says to `known`, which goes before it. Bounded in depth and size; what is
/// no JSON adds nothing.
void ReadJsonLd(std::string_view text, JsonLd& known);

}  // namespace quipu::extract
