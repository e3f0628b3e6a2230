// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/keys/key_hash.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <span>
#include <stdexcept>

namespace quipu::searchd {
namespace {

constexpr std::string_view kKeyPrefix = "quipu_";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kIdBytes = 4;

std::string Hexadecimal(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

template <std::size_t kBytes>
std::string RandomText() {
  std::array<std::uint8_t, kBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("the system gives no random bytes");
  return Hexadecimal(bytes);
}

}  // namespace

std::string NewKey() { return std::string(kKeyPrefix) + RandomText<kKeyBytes>(); }

std::string NewKeyId() { return RandomText<kIdBytes>(); }

config::KeyHash HashOfKey(std::string_view key) {
  config::KeyHash hash{};
  static_assert(hash.size() == SHA256_DIGEST_LENGTH);
  SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(), hash.data());
  return hash;
}

bool IsSameHash(const config::KeyHash& a, const config::KeyHash& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string ShowHash(const config::KeyHash& hash) { return "sha256:" + Hexadecimal(hash); }

}  // namespace quipu::searchd
