// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::index {

/// The version of everything that is written under data_dir; docs/index-format.md describes it. An index
/// of another version is refused with an error that says `quipu-indexer run --rebuild`.
inline constexpr int kFormatVersion = 1;

/// Keys of the Xapian user metadata of an index. Texts have keys of kTextKey and files without a document
/// keys of kFileKey, both followed by more; the others stand alone.
inline constexpr std::string_view kFormatKey = "format";       // kFormatVersion, decimal
inline constexpr std::string_view kCreatedKey = "created_at";  // ISO 8601
inline constexpr std::string_view kUpdatedKey = "updated_at";  // ISO 8601
inline constexpr std::string_view kTitleKey = "title";
inline constexpr std::string_view kLanguagesKey = "languages";      // configured, comma-separated
inline constexpr std::string_view kFingerprintKey = "fingerprint";  // JobOptions::fingerprint
inline constexpr std::string_view kFieldTableKey = "fields";        // field_table.h
inline constexpr std::string_view kNextTextKey = "next_text";       // the first unused text number, decimal
inline constexpr std::string_view kTextKey = "t";
inline constexpr std::string_view kFileKey = "m";

}  // namespace quipu::index
