// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "indexer/extract/extractor.h"
#include "indexer/extract/reading.h"

namespace quipu::extract {

/// A file's bytes to a document: type, reader, then title, date and language settled. Runs inside the
/// sandboxed process. Throws only what the machine does (std::bad_alloc).
Extracted ExtractContent(const FileContent& file, std::string_view forced_language);

/// The language of a document: forced by the source, else what its text plainly is, else declared.
/// A declaration is often a template's: a long text that is reliably of another language overrules it.
std::string ChooseLanguage(std::string_view forced, std::string_view declared, std::string_view body);

}  // namespace quipu::extract
