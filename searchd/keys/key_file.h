// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/config/keys_file.h"

namespace quipu::searchd {

/// The `[[key]]` of `rule` as text. A rule whose texts cannot stand in a keys file gives one that is refused
/// when it is read.
std::string WriteKey(const config::KeyRule& rule);

/// `text`, which holds no fault, with the key behind all others. kConfig if it cannot be added as text, or if
/// the rule is wrong: the message says how.
Result<std::string> WithKey(std::string_view text, const config::KeyRule& rule);

/// `text` without the key `id`; comments stay. kConfig if there is none, or if it cannot be taken out as
/// text.
Result<std::string> WithoutKey(std::string_view text, std::string_view id);

/// Replaces the content of `file`, which need not be there, by what `edit` makes of it. Whoever reads the
/// file sees the old or the new one whole; of two who edit, one waits. A new file is readable for its owner
/// only; another keeps its owner, group and mode, but for the rights of all others. kConfig if what is there
/// has faults; kIo if it cannot be written.
Status EditKeysFile(const std::filesystem::path& file,
                    const std::function<Result<std::string>(const std::string& text)>& edit);

/// "2027-01-01".
std::string ShowDay(std::int64_t seconds);

}  // namespace quipu::searchd
