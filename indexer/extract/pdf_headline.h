// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace poppler {
class page;
}

namespace quipu::extract {

/// What is set in the largest type on a page, if it is clearly larger than the rest and reads like a
/// title; else "". For documents whose metadata has none.
std::string PdfHeadline(const poppler::page& page);

}  // namespace quipu::extract
