// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/collecting_sink.h"
#include "indexer/extract/flowed_text.h"
#include "indexer/extract/format.h"

// Any bytes are a mail and a mailbox: text is tidy, members have harmless paths, bounds hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto read : {&extract::ReadMail, &extract::ReadMailbox}) {
    fuzz::CollectingSink sink;
    extract::FileContent file{.bytes = bytes, .name = "a.eml"};
    file.members = &sink;
    fuzz::RequireSound(read(file));
  }
  fuzz::Require(extract::JoinFlowedLines(bytes, true).size() <= 2 * bytes.size() + 1);
  return 0;
}
