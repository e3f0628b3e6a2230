// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "searchd/http/request_head.h"

namespace quipu::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for gzip's header
constexpr int kMemoryLevel = 9;

/// "q=0", "q=0.0": refused.
bool IsRefused(std::string_view weight) {
  if (!weight.starts_with("q=")) return false;
  weight.remove_prefix(2);
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string Gzip(std::string_view text, Packing packing) {
  z_stream stream{};
  const int level = packing == Packing::kFast ? Z_BEST_SPEED : Z_BEST_COMPRESSION;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::length_error("zlib took more room than it said");
  return out;
}

bool AcceptsGzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const std::size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view element = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    const std::string_view coding = TrimBlanks(element.substr(0, semicolon));
    const bool taken = !IsRefused(TrimBlanks(element.substr(std::min(semicolon + 1, element.size()))));
    if (coding == "gzip" || coding == "x-gzip") return taken;
    if (coding == "*") any = taken;
  }
  return any;
}

}  // namespace quipu::http
