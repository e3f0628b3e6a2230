// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/raw_deflate.h"

#include <libdeflate.h>

#include <new>

namespace quipu::index {
namespace {

constexpr int kLevel = 6;

}  // namespace

void RawDeflate::Free::operator()(libdeflate_compressor* compressor) const {
  libdeflate_free_compressor(compressor);
}

RawDeflate::RawDeflate() : compressor_(libdeflate_alloc_compressor(kLevel)) {
  if (!compressor_) throw std::bad_alloc();
}

bool RawDeflate::Compress(std::string_view bytes, std::string& out) {
  if (bytes.empty()) return false;
  out.resize(bytes.size() - 1);
  const std::size_t size =
      libdeflate_deflate_compress(compressor_.get(), bytes.data(), bytes.size(), out.data(), out.size());
  out.resize(size);
  return size > 0;
}

}  // namespace quipu::index
