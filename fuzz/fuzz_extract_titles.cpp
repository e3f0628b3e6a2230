// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/boilerplate.h"
#include "indexer/extract/date.h"
#include "indexer/extract/slug.h"
#include "indexer/extract/title.h"
#include "indexer/extract/xmp.h"

// Any bytes are a title, a body, a file's name, a date, an XMP packet: the answers are short, valid and
// stable (a date that was normalised stays as it is).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu::extract;
  using quipu::fuzz::Require;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& title :
       {ChooseTitle({.declared = bytes, .headings = {bytes}, .body = bytes, .name = bytes}),
        ChooseTitle({.body = bytes, .name = "a.txt"}), ReadableName(bytes)}) {
    Require(IsValidUtf8(title) && title.size() <= kMaxTitleCharacters * 4 + 3 &&
            title.find('\n') == std::string::npos);
  }
  IsBoilerplate(bytes);
  const std::string date = NormaliseDate(bytes);
  Require(NormaliseDate(date) == date);
  Require(IsValidUtf8(SlugMaker().Make(TidyLine(bytes, 500))));
  const XmpMetadata xmp = ParseXmp(bytes);
  Require(IsValidUtf8(xmp.title) && xmp.title.size() <= kMaxFieldBytes);
  return 0;
}
