// SPDX-License-Identifier: GPL-2.0-or-later
// docs/index-format.md says what Fields() says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "core/schema/field.h"
#include "core/schema/field_value.h"

namespace quipu::schema {
namespace {

constexpr std::string_view kHead =
    "| field | prefix | slot | weight | wdf | boolean | stored | meaning "
    "|\n|---|---|---|---|---|---|---|---|\n";

std::string Document() {
  std::ifstream file(QUIPU_SOURCE_DIR "/docs/index-format.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Code(std::string_view text) { return text.empty() ? "" : "`" + std::string(text) + "`"; }

/// The table as it should stand there: copy it from the failure message.
std::string Table() {
  std::string table(kHead);
  for (const Field& field : Fields()) {
    table += "| " + Code(field.name) + " | " + Code(field.prefix) + " | ";
    table += (field.slot < 0 ? "" : std::to_string(field.slot)) + " | ";
    table += (field.weight > 0 ? NumberText(field.weight) : "") + " | ";
    table += (field.wdf > 0 ? std::to_string(field.wdf) : "") + " | ";
    table += std::string(field.boolean ? "yes" : "") + " | " + (field.stored ? "yes" : "") + " | ";
    table += std::string(field.meaning) + " |\n";
  }
  return table;
}

TEST(IndexFormatDocument, HasTheTableOfFields) {
  const std::string document = Document();
  const std::size_t begin = document.find(kHead);
  const std::size_t end = document.find("<!-- end of fields -->");
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  EXPECT_EQ(document.substr(begin, end - begin), Table());
}

TEST(IndexFormatDocument, NamesTheLimits) {
  const std::string document = Document();
  for (const std::string& limit :
       {std::to_string(kMaxTermBytes) + " bytes", std::to_string(kMaxUserFields) + " names",
        "from " + std::to_string(kFirstUserSlot) + " up"}) {
    EXPECT_THAT(document, ::testing::HasSubstr(limit));
  }
}

}  // namespace
}  // namespace quipu::schema
