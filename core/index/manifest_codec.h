// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/index/manifest.h"

namespace quipu::index {

/// An entry without its id, as the stamp slot of a document holds it.
std::string EncodeEntry(const ManifestEntry& entry);
/// The inverse; `id` stays empty. Nothing if `bytes` are no entry.
std::optional<ManifestEntry> DecodeEntry(std::string_view bytes);

/// An entry with its id, as metadata holds those of files without a document.
std::string EncodeFileEntry(const ManifestEntry& entry);
std::optional<ManifestEntry> DecodeFileEntry(std::string_view bytes);

/// The metadata key of a file without a document.
std::string FileKey(std::string_view id);

}  // namespace quipu::index
