// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "core/schema/document.h"
#include "searchd/pages/page_frame.h"

namespace quipu::searchd {

/// The reading view: the text that the index has of a document, for documents without a public address.
struct DocumentPage : PageFrame {
  const schema::Document* document = nullptr;  // with its body; nullptr: `problem` says why
};

/// Longer texts are cut; a browser takes seconds over more.
inline constexpr std::size_t kMaxShownBytes = 2 << 20;

/// The whole HTML document. PDF pages are there as `#page=N`, sections under their anchors.
std::string RenderDocumentPage(const DocumentPage& page);

}  // namespace quipu::searchd
