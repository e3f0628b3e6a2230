// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace quipu::extract::testing {

/// A zip file with these members (name, content), deflated, in this order.
std::string MakeZip(const std::vector<std::pair<std::string, std::string>>& members);

/// A tar archive (POSIX) compressed with "gzip", "bzip2", "xz" or "zstd", or with "" not at all.
std::string MakeTar(const std::vector<std::pair<std::string, std::string>>& members,
                    const std::string& compression);

/// `content` compressed alone, as `gzip` and its like do.
std::string Compress(const std::string& content, const std::string& compression);

/// A zip file whose members open only with a password.
std::string MakeEncryptedZip(const std::vector<std::pair<std::string, std::string>>& members);

/// The members of a DOCX whose document.xml has this body; add or replace to taste.
std::vector<std::pair<std::string, std::string>> DocxMembers(const std::string& body);

/// The members of an ODT whose content.xml has this text.
std::vector<std::pair<std::string, std::string>> OdtMembers(const std::string& text);

}  // namespace quipu::extract::testing
