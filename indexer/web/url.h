// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quipu::web {

inline constexpr std::size_t kMaxUrlBytes = 2000;

/// An absolute http or https URL in the one form in which it is asked for, compared and remembered: scheme
/// and host in lower case, the host in ASCII (IDNA), no default port, no dot segments, at least "/" as the
/// path,
/// `%7E` as `~` and hexadecimal in capitals, spaces and other bytes that a URL cannot hold escaped, no
/// fragment. The query stays as it is. Read by libcurl's own parser, so that the host that is checked is the
/// host that is connected to.
class Url {
 public:
  /// Nothing for what is no URL, is longer than kMaxUrlBytes, holds a user name or password, or has another
  /// scheme (`file:`, `mailto:`, `javascript:`).
  static std::optional<Url> Parse(std::string_view text);

  /// `reference` as a page at this URL means it; white space around it and line breaks in it are dropped,
  /// as browsers do. The empty reference is this URL.
  std::optional<Url> Resolve(std::string_view reference) const;

  const std::string& text() const { return text_; }
  bool https() const { return https_; }
  const std::string& host() const { return host_; }  // "example.org", "127.0.0.1", "[::1]"
  std::uint16_t port() const { return port_; }       // the default one where none is written
  const std::string& path() const { return path_; }  // begins with '/'
  const std::string& query() const { return query_; }
  /// What a server and robots.txt see: the path, and "?" and the query if there is one.
  std::string target() const { return query_.empty() ? path_ : path_ + "?" + query_; }
  /// "https://example.org:8443", which requests, delays and robots.txt are counted by.
  std::string origin() const;

  /// The same without the parameters of the query that `drop(name)` names.
  template <typename Drop>
  Url WithoutParameters(Drop drop) const {
    std::string kept;
    std::string_view rest = query_;
    while (!rest.empty()) {
      const std::string_view one = rest.substr(0, rest.find('&'));
      rest.remove_prefix(one.size() < rest.size() ? one.size() + 1 : one.size());
      if (drop(one.substr(0, one.find('=')))) continue;
      if (!kept.empty()) kept += '&';
      kept += one;
    }
    return WithQuery(std::move(kept));
  }

  bool operator==(const Url& other) const { return text_ == other.text_; }

 private:
  static std::optional<Url> Read(const std::string* base, std::string_view reference);
  Url WithQuery(std::string query) const;
  void Write();

  bool https_ = false;
  std::uint16_t port_ = 0;
  std::string host_;
  std::string path_;
  std::string query_;
  std::string text_;
};

}  // namespace quipu::web
