// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/rtf_tables.h"

#include "indexer/extract/docx_styles.h"

namespace quipu::extract {

void RtfFonts::SetCodePage(int code_page) {
  if (code_page != 0 && code_pages_.size() < kMaxFonts) code_pages_[current_] = code_page;
}

int RtfFonts::CodePage(int font) const {
  const auto found = code_pages_.find(font);
  return found == code_pages_.end() ? 0 : found->second;
}

void RtfStyles::Add(const Style& style) {
  if (styles_.size() < kMaxStyles)
    styles_[style.number] = {style.based_on, style.outlined || IsHeadingName(style.name)};
}

bool RtfStyles::IsHeading(int number) const {
  constexpr int kMaxBases = 10;
  for (int hops = 0; hops < kMaxBases; ++hops) {
    const auto found = styles_.find(number);
    if (found == styles_.end()) return false;
    if (found->second.heading) return true;
    number = found->second.based_on;
  }
  return false;
}

}  // namespace quipu::extract
