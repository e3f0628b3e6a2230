// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace quipu::index {

/// Compresses as Xapian does (deflate without a header). Not thread-safe.
class RawDeflate {
 public:
  RawDeflate();
  ~RawDeflate();
  RawDeflate(const RawDeflate&) = delete;
  RawDeflate& operator=(const RawDeflate&) = delete;

  /// False, with `out` as it was, if `bytes` does not get shorter.
  bool Compress(std::string_view bytes, std::string& out);

 private:
  std::unique_ptr<z_stream_s> stream_;
  std::string buffer_;
};

}  // namespace quipu::index
