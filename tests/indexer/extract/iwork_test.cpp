// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/extract_content.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

Extracted Read(const std::vector<std::pair<std::string, std::string>>& members) {
  return ExtractContent({.bytes = testing::MakeZip(members), .name = "a.pages"}, "");
}

TEST(Iwork, GivesParagraphsAndCells) {
  const Extracted read = Read({{"buildVersionHistory.plist", ""},
                               {"index.xml",
                                "<sl:document xmlns:sl='a' xmlns:sf='b' xmlns:sfa='c'><sf:stylesheet>hidden"
                                "</sf:stylesheet><sf:p>On <sf:span>tea</sf:span><sf:br/></sf:p>"
                                "<sf:ct sfa:s='a cell'/></sl:document>"}});
  EXPECT_EQ(read.state, State::kIndexed) << read.reason;
  EXPECT_EQ(read.document.type, "iwork");
  EXPECT_EQ(read.document.body, "On tea\n\na cell");
}

TEST(Iwork, SaysWhatItCannotRead) {
  EXPECT_EQ(Read({{"Index/Document.iwa", "x"}}).state, State::kSkipped);
  EXPECT_EQ(Read({{"index.apxl", ""}, {".iwph", ""}}).state, State::kEncrypted);
  EXPECT_EQ(Read({{"index.apxl", ""}}).state, State::kFailed);
}

}  // namespace
}  // namespace quipu::extract
