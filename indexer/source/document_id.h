// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::source {

inline constexpr std::size_t kMaxIdBytes = 512;

/// The id of the file at `path` (relative, any bytes but NUL): the path itself. If it is not UTF-8, its
/// invalid bytes and its '%' become %XX; if it is over 512 bytes, its end becomes "~" and a hash. So
/// every file has an id, and only a name made to clash can share one.
std::string IdOfPath(std::string_view path);

/// The id of what is at `path` in the file `file`: "a.zip/letters/1.txt". Shortened as above.
std::string IdOfMember(std::string_view file, std::string_view path);

/// `path` as part of a URL: everything but unreserved characters and '/' becomes %XX, so that a name such
/// as "javascript:x" is a path and no scheme.
std::string PercentEncodePath(std::string_view path);

/// `base` with the encoded path behind it and a '/' between, unless `base` ends with one or ends in a
/// query or fragment ("…/view?file="). With no base the relative path alone.
std::string UrlOfPath(std::string_view base, std::string_view path);

/// The last part of `path` without its extension, for documents without a title; always valid UTF-8.
std::string TitleOfPath(std::string_view path);

}  // namespace quipu::source
