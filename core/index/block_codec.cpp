// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/block_codec.h"

#include <zstd.h>

#include <memory>
#include <new>

namespace quipu::index {
namespace {

constexpr char kPlain = 'p';
constexpr char kZstd = 'z';
constexpr int kLevel = 3;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// Making a context costs more than compressing 2 KiB; each thread keeps one of each.
ZSTD_CCtx* Compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (!context) throw std::bad_alloc();
  return context.get();
}

ZSTD_DCtx* Decompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (!context) throw std::bad_alloc();
  return context.get();
}

}  // namespace

std::string CompressBlock(std::string_view text) {
  std::string bytes(1 + ZSTD_compressBound(text.size()), kZstd);
  const std::size_t size =
      ZSTD_compressCCtx(Compressor(), bytes.data() + 1, bytes.size() - 1, text.data(), text.size(), kLevel);
  if (ZSTD_isError(size) != 0 || size >= text.size()) return kPlain + std::string(text);
  bytes.resize(1 + size);
  return bytes;
}

std::optional<std::string> DecompressBlock(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::string_view content = bytes.substr(1);
  if (bytes.front() == kPlain) return std::string(content);
  if (bytes.front() != kZstd) return std::nullopt;
  const unsigned long long size = ZSTD_getFrameContentSize(content.data(), content.size());
  // The two error codes are the largest numbers.
  if (size > kMaxBlockBytes) return std::nullopt;
  std::string text(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(Decompressor(), text.data(), text.size(), content.data(), content.size());
  if (ZSTD_isError(got) != 0 || got != text.size()) return std::nullopt;
  return text;
}

}  // namespace quipu::index
