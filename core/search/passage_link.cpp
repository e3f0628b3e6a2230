// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/passage_link.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace quipu::search {
namespace {

constexpr std::size_t kQuotedWords = 8;
constexpr std::size_t kQuotedBytes = 120;

bool IsUnreserved(unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '~'; }

void AppendPercent(std::string& out, unsigned char c) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  out += '%';
  out += kHex[c >> 4U];
  out += kHex[c & 15U];
}

// Everything but unreserved characters is encoded; "-" too, which means something in a text fragment.
std::string EncodeFragment(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    const auto c = static_cast<unsigned char>(byte);
    if (IsUnreserved(c)) {
      out += byte;
    } else if (c <= ' ') {
      if (!out.ends_with("%20")) out += "%20";
    } else {
      AppendPercent(out, c);
    }
  }
  return out;
}

// An id may hold any character; those that end or break an attribute or a url are encoded.
std::string EncodeAnchor(std::string_view anchor) {
  std::string out;
  for (const char c : anchor) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte >= 0x7f || std::string_view("\"<>`#%^{}|\\").find(c) != std::string_view::npos) {
      AppendPercent(out, byte);
    } else {
      out += c;
    }
  }
  return out;
}

bool ShowsText(std::string_view type) { return type == "html" || type == "text" || type == "markdown"; }

}  // namespace

std::string SafeUrl(std::string_view url) {
  while (!url.empty() && static_cast<unsigned char>(url.front()) <= ' ') url.remove_prefix(1);
  while (!url.empty() && static_cast<unsigned char>(url.back()) <= ' ') url.remove_suffix(1);
  // Browsers drop tabs and newlines inside a url, so "java\nscript:" would run.
  if (std::any_of(url.begin(), url.end(),
                  [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; })) {
    return {};
  }
  const std::size_t colon = url.find_first_of(":/?#");
  if (colon != std::string_view::npos && url[colon] == ':') {
    std::string scheme(url.substr(0, colon));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::array<std::string_view, 3> kSchemes = {"http", "https", "ftp"};
    if (std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end()) return {};
  }
  return std::string(url);
}

std::string PassageUrl(const schema::Document& document, const schema::Segment* segment,
                       std::string_view words) {
  const std::string url = SafeUrl(document.url);
  if (url.empty()) return {};
  const std::string bare = url.substr(0, url.find('#'));
  if (segment != nullptr && segment->page > 0) return bare + "#page=" + std::to_string(segment->page);
  if (segment != nullptr && !segment->anchor.empty()) return bare + '#' + EncodeAnchor(segment->anchor);
  const std::string quoted = EncodeFragment(QuotableWords(words));
  if (!ShowsText(document.type) || quoted.empty()) return url;
  return (url.find('#') == std::string::npos ? url + '#' : url) + ":~:text=" + quoted;
}

std::string_view QuotableWords(std::string_view sentence) {
  while (!sentence.empty() && static_cast<unsigned char>(sentence.front()) <= ' ') sentence.remove_prefix(1);
  // A fragment must not cross a block of the page, and lines are where blocks end.
  sentence = sentence.substr(0, sentence.find('\n'));
  std::size_t words = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < sentence.size() && i < kQuotedBytes; ++i) {
    if (sentence[i] != ' ') continue;
    end = i;
    if (++words == kQuotedWords) return sentence.substr(0, end);
  }
  if (sentence.size() <= kQuotedBytes) return sentence;
  if (end > 0) return sentence.substr(0, end);
  // No space at all (Chinese, Japanese): cut between characters.
  end = kQuotedBytes / 2;
  while (end > 0 && (static_cast<unsigned char>(sentence[end]) & 0xC0) == 0x80) --end;
  return sentence.substr(0, end);
}

}  // namespace quipu::search
