// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/compound_file.h"
#include "indexer/extract/compressed_rtf.h"
#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_ole.h"

namespace {

using quipu::extract::testing::MakeOle;

void ReadAsFile(std::string_view bytes) {
  const quipu::extract::FileContent file{.bytes = bytes, .name = "a.ole"};
  for (const auto read : {&quipu::extract::ReadDoc, &quipu::extract::ReadXls, &quipu::extract::ReadPpt,
                          &quipu::extract::ReadMsg})
    quipu::fuzz::RequireSound(read(file));
  const quipu::extract::CompoundFile ole(bytes);
  for (const auto& entry : ole.entries())
    quipu::fuzz::Require(ole.Read(entry.path, 65536).size() <= std::min<std::uint64_t>(entry.size, 65536));
}

/// The bytes as each stream that is read, so that the container costs the fuzzer nothing.
void ReadAsStream(const std::string& bytes) {
  ReadAsFile(MakeOle(
      {{"WordDocument", bytes}, {"1Table", bytes}, {"0Table", bytes}, {"\005SummaryInformation", bytes}}));
  ReadAsFile(MakeOle({{"Workbook", bytes}}));
  ReadAsFile(MakeOle({{"PowerPoint Document", bytes}, {"Current User", bytes.substr(0, 64)}}));
  ReadAsFile(MakeOle({{"__properties_version1.0", bytes}, {"__substg1.0_10090102", bytes}}));
  quipu::fuzz::Require(quipu::extract::DecompressRtf(bytes, 4096).size() <= 4096 + 17);
}

}  // namespace

// Any bytes are an OLE file, or a stream in one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (quipu::extract::CompoundFile::HasMagic(bytes)) {
    ReadAsFile(bytes);
  } else {
    ReadAsStream(std::string(bytes));
  }
  return 0;
}
