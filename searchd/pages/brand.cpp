// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/brand.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <functional>
#include <utility>

#include "searchd/pages/page_texts.h"

namespace quipu::searchd {
namespace {

constexpr std::size_t kMaxFileBytes = 1 << 20;

std::string ReadFile(const std::filesystem::path& path) {
  if (path.empty()) return "";
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxFileBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return text;
}

std::string_view LogoType(const std::filesystem::path& path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTypes = {{
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
  }};
  const std::string ending = path.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (known == ending) return type;
  }
  return "";
}

bool IsColour(std::string_view text) {
  return text.size() == 7 && text.front() == '#' &&
         std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

/// Black or white, whichever is the better read on `colour` (WCAG's relative luminance, roughly).
std::string_view InkOn(std::string_view colour) {
  const auto part = [&](std::size_t at) { return std::stoi(std::string(colour.substr(at, 2)), nullptr, 16); };
  const double light = 0.2126 * part(1) * part(1) + 0.7152 * part(3) * part(3) + 0.0722 * part(5) * part(5);
  return light / (255.0 * 255.0) > 0.2 ? "#000000" : "#ffffff";
}

std::string Accent(std::string_view colour) {
  return fmt::format(":root{{--accent:{};--on-accent:{}}}", colour, InkOn(colour));
}

}  // namespace

Brand ReadBrand(const config::Searchd& searchd) {
  Brand brand;
  brand.title = searchd.page_title;
  brand.home = searchd.page_home;
  if (IsColour(searchd.page_accent)) brand.style += Accent(searchd.page_accent);
  if (IsColour(searchd.page_accent_dark)) {
    brand.style += fmt::format("@media (prefers-color-scheme:dark){{{}}}", Accent(searchd.page_accent_dark));
  }
  brand.version = fmt::format("{:x}", std::hash<std::string>()(brand.style));
  brand.logo_type = LogoType(searchd.page_logo);
  if (!brand.logo_type.empty()) brand.logo = ReadFile(searchd.page_logo);
  brand.header_html = ReadFile(searchd.page_header_file);
  brand.footer_html = ReadFile(searchd.page_footer_file);
  return brand;
}

Status CheckBrand(const config::Searchd& searchd) {
  for (const auto& [key, colour] : {std::pair("page_accent", &searchd.page_accent),
                                    std::pair("page_accent_dark", &searchd.page_accent_dark)}) {
    if (colour->empty() || IsColour(*colour)) continue;
    return Error{Code::kConfig,
                 fmt::format("`searchd.{}`: expected a colour such as `#8a3220`, not `{}`.", key, *colour)};
  }
  if (!searchd.page_logo.empty() && LogoType(searchd.page_logo).empty()) {
    return Error{Code::kConfig,
                 fmt::format("`searchd.page_logo`: expected a .svg, .png, .jpg or .webp, not `{}`.",
                             searchd.page_logo.string())};
  }
  if (!searchd.page_language.empty() && TextsOf(searchd.page_language) == nullptr) {
    std::string known;
    for (const PageTexts* texts : AllTexts())
      known += fmt::format("{}`{}`", known.empty() ? "" : ", ", texts->language);
    return Error{Code::kConfig, fmt::format("`searchd.page_language`: expected one of {}, not `{}`.", known,
                                            searchd.page_language)};
  }
  return Done{};
}

}  // namespace quipu::searchd
