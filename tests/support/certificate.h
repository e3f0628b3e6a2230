// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>

namespace quipu::test {

/// A certificate for 127.0.0.1 and localhost that signs itself, and its key, both PEM.
void WriteCertificate(const std::filesystem::path& certificate_file, const std::filesystem::path& key_file);

}  // namespace quipu::test
