// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/config/keys_file.h"

namespace quipu::searchd {

/// A key that nobody can guess: "quipu_" and 256 random bits, as hexadecimal digits.
std::string NewKey();

/// The name under which a new key is listed and revoked: 8 letters and digits, no part of the key.
std::string NewKeyId();

/// SHA-256. A key has more randomness than could be tried, so it needs no salt and no slow hash.
config::KeyHash HashOfKey(std::string_view key);

/// Takes as long whatever the hashes are.
bool IsSameHash(const config::KeyHash& a, const config::KeyHash& b);

/// "sha256:" and hexadecimal digits, as the keys file has it.
std::string ShowHash(const config::KeyHash& hash);

}  // namespace quipu::searchd
