// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/collecting_sink.h"
#include "indexer/extract/format.h"

// Any bytes are an archive, or compressed: members have harmless paths, bounds hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto read : {&extract::ReadArchive, &extract::ReadCompressed}) {
    fuzz::CollectingSink sink;
    extract::FileContent file{.bytes = bytes, .name = "a.zip"};
    file.members = &sink;
    fuzz::RequireSound(read(file));
  }
  return 0;
}
