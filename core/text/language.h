// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::text {

/// The language that most of `utf8` is written in, as an ISO 639-1 code ("es"; "qu" for Quechua), or ""
/// if the text is too short or too mixed to say. Of a long text reads 4 KiB at the beginning and 4 KiB in the
/// middle.
std::string DetectLanguage(std::string_view utf8);

/// "pt-BR", "PT_br", "por" → "pt"; "" for what is no language tag.
std::string PrimaryLanguage(std::string_view tag);

}  // namespace quipu::text
