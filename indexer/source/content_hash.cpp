// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/content_hash.h"

#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

namespace quipu::source {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10;

Hash ToHash(const XXH128_hash_t& value) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, value);
  Hash hash{};
  std::copy(std::begin(canonical.digest), std::end(canonical.digest), hash.begin());
  if (!IsKnown(hash)) hash[0] = 1;
  return hash;
}

struct FreeState {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

}  // namespace

Hash HashOf(std::string_view bytes) { return ToHash(XXH3_128bits(bytes.data(), bytes.size())); }

std::optional<Hash> HashOfFile(int fd, std::uint64_t max_bytes, std::uint64_t& bytes_read) {
  const std::unique_ptr<XXH3_state_t, FreeState> state(XXH3_createState());
  XXH3_128bits_reset(state.get());
  std::vector<char> buffer(kReadBytes);
  std::uint64_t at = 0;
  while (at < max_bytes) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), max_bytes - at));
    const ssize_t got = ::pread(fd, buffer.data(), wanted, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    XXH3_128bits_update(state.get(), buffer.data(), static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
    bytes_read += static_cast<std::uint64_t>(got);
  }
  return ToHash(XXH3_128bits_digest(state.get()));
}

}  // namespace quipu::source
