// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "core/text/host_name.h"

namespace quipu::web {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, FreeUrl>;

std::optional<std::string> Part(CURLU* url, CURLUPart part, unsigned flags) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK || text == nullptr) return std::nullopt;
  std::string value = text;
  curl_free(text);
  return value;
}

bool IsUnreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void AppendEscaped(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 15U];
}

/// Escapes what cannot stand in a URL, and writes escapes in one way. A '%' that begins no escape is one
/// itself.
std::string TidyEscapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '%') {
      const int high = i + 1 < text.size() ? HexValue(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexValue(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        AppendEscaped(out, byte);
        continue;
      }
      const auto value = static_cast<unsigned char>(high * 16 + low);
      IsUnreserved(value) ? void(out += static_cast<char>(value)) : AppendEscaped(out, value);
      i += 2;
    } else if (byte <= ' ' || byte >= 0x7F ||
               std::string_view("\"<>\\^`{|}").find(text[i]) != std::string_view::npos) {
      AppendEscaped(out, byte);
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Without white space around it, without line breaks and tabs, without the fragment.
std::string Clean(std::string_view reference) {
  const std::size_t begin = reference.find_first_not_of(" \t\r\n\f");
  if (begin == std::string_view::npos) return "";
  reference = reference.substr(begin, reference.find_last_not_of(" \t\r\n\f") - begin + 1);
  std::string clean;
  for (const char c : reference.substr(0, reference.find('#'))) {
    if (c != '\t' && c != '\r' && c != '\n') clean += c;
  }
  return clean;
}

/// Where the authority ("//host:port") of `reference` ends; 0 if it has none.
std::size_t AuthorityEnd(std::string_view reference) {
  const std::size_t slashes = reference.find("//");
  if (slashes == std::string_view::npos) return 0;
  const bool has_scheme =
      slashes > 0 && reference[slashes - 1] == ':' && reference.find_first_of("/?") == slashes;
  if (slashes != 0 && !has_scheme) return 0;
  const std::size_t end = reference.find_first_of("/?", slashes + 2);
  return end == std::string_view::npos ? reference.size() : end;
}

/// "http://host:port" with the host in ASCII; nothing if there is no host.
std::optional<std::string> AsciiAuthority(std::string_view authority) {
  if (authority.empty()) return "";
  if (authority.ends_with("//")) return std::nullopt;
  if (std::all_of(authority.begin(), authority.end(), [](char c) { return (c & 0x80) == 0; }))
    return std::string(authority);
  const std::size_t begin = authority.find("//") + 2;
  const std::size_t end = std::min(authority.find(':', begin), authority.size());
  const auto host = text::AsciiHost(authority.substr(begin, end - begin));
  if (!host) return std::nullopt;
  return std::string(authority.substr(0, begin)) + *host + std::string(authority.substr(end));
}

/// Whether something takes `host` for an IPv4 address: its last part is a number, decimal or "0x7f".
bool EndsInNumber(std::string_view host) {
  std::string_view last = host.substr(host.rfind('.') + 1);
  const bool hex = last.starts_with("0x");
  if (hex) last.remove_prefix(2);
  return (hex || !last.empty()) && std::all_of(last.begin(), last.end(), [hex](char c) {
           return (c >= '0' && c <= '9') || (hex && c >= 'a' && c <= 'f');
         });
}

/// "127.0.0.1": four numbers up to 255 without zeros before them.
bool IsPlainIpv4(std::string_view host) {
  int parts = 0;
  for (std::size_t begin = 0; begin <= host.size(); ++parts) {
    const std::size_t end = std::min(host.find('.', begin), host.size());
    const std::string_view part = host.substr(begin, end - begin);
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return false;
    int number = 0;
    for (const char c : part) {
      if (c < '0' || c > '9') return false;
      number = number * 10 + (c - '0');
    }
    if (number > 255) return false;
    begin = end + 1;
  }
  return parts == 4;
}

/// A name of letters, digits, '-' and '_' between single dots, or an IPv6 address in brackets. libcurl lets
/// more pass.
bool IsHost(std::string_view host) {
  const bool v6 = host.starts_with('[') && host.ends_with(']');
  if (v6) host = host.substr(1, host.size() - 2);
  if (host.empty() || host.front() == '.' || host.back() == '.' || host.find("..") != std::string_view::npos)
    return false;
  return std::all_of(host.begin(), host.end(), [v6](char c) {
    return IsUnreserved(static_cast<unsigned char>(c)) ? c != '~' : v6 && c == ':';
  });
}

bool HasControl(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F) return true;
  }
  return false;
}

}  // namespace

std::optional<Url> Url::Parse(std::string_view text) { return Read(nullptr, text); }

std::optional<Url> Url::Resolve(std::string_view reference) const { return Read(&text_, reference); }

std::optional<Url> Url::Read(const std::string* base, std::string_view reference) {
  if (reference.size() > 2 * kMaxUrlBytes) return std::nullopt;
  std::string clean = Clean(reference);
  const std::size_t authority = AuthorityEnd(clean);
  // Parsers differ on what these mean in front of a path, and nobody needs to follow such a link.
  if (HasControl(std::string_view(clean).substr(0, authority)) ||
      std::string_view(clean).substr(0, authority).find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  const auto ascii = AsciiAuthority(std::string_view(clean).substr(0, authority));
  if (!ascii) return std::nullopt;
  clean = *ascii + TidyEscapes(std::string_view(clean).substr(authority));

  const Handle handle(curl_url());
  if (!handle) throw std::bad_alloc();
  if (base != nullptr && curl_url_set(handle.get(), CURLUPART_URL, base->c_str(), 0) != CURLUE_OK)
    return std::nullopt;
  if (!(clean.empty() && base != nullptr) &&
      curl_url_set(handle.get(), CURLUPART_URL, clean.c_str(), 0) != CURLUE_OK) {
    return std::nullopt;
  }
  const auto scheme = Part(handle.get(), CURLUPART_SCHEME, 0);
  auto host = Part(handle.get(), CURLUPART_HOST, 0);
  const auto port = Part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (!scheme || !host || !port || host->empty() || (*scheme != "http" && *scheme != "https"))
    return std::nullopt;
  if (Part(handle.get(), CURLUPART_USER, 0) || Part(handle.get(), CURLUPART_PASSWORD, 0)) return std::nullopt;
  Url url;
  url.https_ = *scheme == "https";
  url.port_ = static_cast<std::uint16_t>(std::stoul(*port));
  for (char& c : *host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  // "example.org." is the same place by another name.
  if (host->size() > 1 && host->back() == '.') host->pop_back();
  if (!IsHost(*host)) return std::nullopt;
  // libcurl reads "1" and "0x7f.1" as addresses, but not with a dot behind or a percent escape inside: the
  // same url would lead to different hosts.
  if (EndsInNumber(*host) && !IsPlainIpv4(*host)) return std::nullopt;
  url.host_ = *std::move(host);
  // Once more, since resolving may have brought together what the page wrote apart.
  url.path_ = TidyEscapes(Part(handle.get(), CURLUPART_PATH, 0).value_or("/"));
  url.query_ = TidyEscapes(Part(handle.get(), CURLUPART_QUERY, 0).value_or(""));
  url.Write();
  if (url.text_.size() > kMaxUrlBytes) return std::nullopt;
  return url;
}

std::string Url::origin() const {
  std::string text(https_ ? "https://" : "http://");
  text += host_;
  if (port_ != (https_ ? kHttpsPort : kHttpPort)) {
    text += ':';
    text += std::to_string(port_);
  }
  return text;
}

void Url::Write() { text_ = origin() + target(); }

Url Url::WithQuery(std::string query) const {
  Url url = *this;
  url.query_ = std::move(query);
  url.Write();
  return url;
}

}  // namespace quipu::web
