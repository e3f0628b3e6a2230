// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/raw_deflate.h"

#include <zlib.h>

#include <new>

namespace quipu::index {
namespace {

constexpr int kRawWithLargestWindow = -15;
constexpr int kMostMemory = 9;

}  // namespace

RawDeflate::RawDeflate() : stream_(std::make_unique<z_stream>()) {
  if (deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawWithLargestWindow, kMostMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
}

RawDeflate::~RawDeflate() { deflateEnd(stream_.get()); }

bool RawDeflate::Compress(std::string_view bytes, std::string& out) {
  if (bytes.empty()) return false;
  buffer_.resize(bytes.size() - 1);
  deflateReset(stream_.get());
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream_->avail_in = static_cast<uInt>(bytes.size());
  stream_->next_out = reinterpret_cast<Bytef*>(buffer_.data());
  stream_->avail_out = static_cast<uInt>(buffer_.size());
  if (deflate(stream_.get(), Z_FINISH) != Z_STREAM_END) return false;
  out.assign(buffer_, 0, buffer_.size() - stream_->avail_out);
  return true;
}

}  // namespace quipu::index
