// SPDX-License-Identifier: GPL-2.0-or-later
#include <cmath>
#include <cstdint>
#include <cstring>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"
#include "indexer/extract/number_format.h"
#include "tests/indexer/extract/sample_zip.h"

namespace {

using quipu::extract::testing::MakeZip;

/// The XML as each member of a workbook that is read.
void ReadAsMembers(const std::string& xml) {
  const std::string relations =
      "<Relationships><Relationship Id='rId1' Type='t/worksheet' Target='s.xml'/><Relationship Id='rId2' "
      "Type='t/sharedStrings' Target='t.xml'/><Relationship Id='rId3' Type='t/styles' "
      "Target='t.xml'/></Relationships>";
  const std::string xlsx =
      MakeZip({{"[Content_Types].xml", ""},
               {"xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id='rId1'/></sheets></workbook>"},
               {"xl/_rels/workbook.xml.rels", relations},
               {"xl/s.xml", xml},
               {"xl/_rels/s.xml.rels", xml},
               {"xl/t.xml", xml}});
  quipu::fuzz::RequireSound(quipu::extract::ReadXlsx({.bytes = xlsx, .name = "a.xlsx"}));
  const std::string odd = MakeZip({{"[Content_Types].xml", ""}, {"xl/workbook.xml", xml}});
  quipu::fuzz::RequireSound(quipu::extract::ReadXlsx({.bytes = odd, .name = "a.xlsx"}));
}

/// The bytes as each member of a binary workbook that is read.
void ReadAsBinaryMembers(const std::string& bytes) {
  const std::string relations =
      "<Relationships><Relationship Id='r' Type='t/worksheet' Target='a.bin'/><Relationship Id='s' "
      "Type='t/sharedStrings' Target='a.bin'/><Relationship Id='t' Type='t/styles' "
      "Target='a.bin'/></Relationships>";
  const std::string sheet("\x9C\x01\x12\0\0\0\0\0\0\0\0\1\0\0\0r\0\1\0\0\0a\0", 21);
  for (const std::string& workbook : {sheet, bytes}) {
    const std::string zip = MakeZip({{"[Content_Types].xml", ""},
                                     {"xl/workbook.bin", workbook},
                                     {"xl/_rels/workbook.bin.rels", relations},
                                     {"xl/a.bin", bytes}});
    quipu::fuzz::RequireSound(quipu::extract::ReadXlsb({.bytes = zip, .name = "a.xlsb"}));
  }
}

}  // namespace

// Any bytes are CSV, a flat ODS, a member of an XLSX or XLSB, a number format.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  quipu::fuzz::RequireSound(quipu::extract::ReadCsv({.bytes = bytes, .name = "a.csv"}));
  quipu::fuzz::RequireSound(quipu::extract::ReadOds({.bytes = bytes, .name = "a.fods"}));
  bytes.substr(0, 1) == "<" ? ReadAsMembers(std::string(bytes)) : ReadAsBinaryMembers(std::string(bytes));
  double value = 0;
  if (size >= sizeof value) std::memcpy(&value, data, sizeof value);
  const std::string shown =
      quipu::extract::FormatNumber(value, quipu::extract::ParseNumberFormat(bytes), (size & 1) != 0);
  quipu::fuzz::Require(shown.size() < 64 && (std::isfinite(value) || shown.empty()));
  return 0;
}
