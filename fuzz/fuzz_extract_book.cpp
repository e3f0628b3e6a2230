// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_zip.h"

namespace {

using quipu::extract::testing::MakeZip;

constexpr const char* kContainer =
    "<container><rootfiles><rootfile full-path='a/p.opf'/></rootfiles></container>";
constexpr const char* kPackage =
    "<package><manifest><item id='a' href='a.xhtml'/><item id='n' href='n.xml' "
    "properties='nav'/></manifest><spine>"
    "<itemref idref='a'/></spine></package>";

/// The XML as each member of a book that is read.
void ReadAsMembers(const std::string& xml) {
  const std::string package = MakeZip({{"mimetype", "application/epub+zip"},
                                       {"META-INF/container.xml", kContainer},
                                       {"a/p.opf", xml},
                                       {"a.xhtml", xml}});
  const std::string members = MakeZip({{"mimetype", "application/epub+zip"},
                                       {"META-INF/container.xml", kContainer},
                                       {"META-INF/encryption.xml", xml},
                                       {"a/p.opf", kPackage},
                                       {"a/n.xml", xml},
                                       {"a/a.xhtml", xml}});
  for (const std::string& zip : {package, members})
    quipu::fuzz::RequireSound(quipu::extract::ReadEpub({.bytes = zip, .name = "a.epub"}));
}

}  // namespace

// Any bytes are an FB2, an EPUB, or the XML in one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  quipu::fuzz::RequireSound(quipu::extract::ReadFb2({.bytes = bytes, .name = "a.fb2"}));
  if (bytes.substr(0, 2) == "PK") {
    quipu::fuzz::RequireSound(quipu::extract::ReadEpub({.bytes = bytes, .name = "a.epub"}));
  } else {
    ReadAsMembers(std::string(bytes));
  }
  return 0;
}
