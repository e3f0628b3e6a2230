// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace quipu::index {

/// Compresses into the form that Xapian reads (deflate without a header). Not thread-safe.
class RawDeflate {
 public:
  RawDeflate();

  /// False if `bytes` does not get shorter; `out` is undefined then.
  bool Compress(std::string_view bytes, std::string& out);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const;
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor_;
};

}  // namespace quipu::index
