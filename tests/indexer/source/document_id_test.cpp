// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/document_id.h"

#include <gtest/gtest.h>

#include <string>

#include "core/text/utf8.h"

namespace quipu::source {
namespace {

bool IsUtf8(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const text::Utf8Char next = text::DecodeUtf8(text, at);
    if (next.code == text::Utf8Char::kMalformed) return false;
    at += next.bytes;
  }
  return true;
}

TEST(DocumentId, IsThePath) { EXPECT_EQ(IdOfPath("año/carta 1%20.txt"), "año/carta 1%20.txt"); }

TEST(DocumentId, KeepsANewlineInAName) { EXPECT_EQ(IdOfPath("a\nb.txt"), "a\nb.txt"); }

TEST(DocumentId, EscapesBytesThatAreNoUtf8) { EXPECT_EQ(IdOfPath("a\xF1o/ñ%.txt"), "a%F1o/ñ%25.txt"); }

TEST(DocumentId, TellsApartNamesThatDifferInBrokenBytesOnly) {
  EXPECT_NE(IdOfPath("a\xFF"), IdOfPath("a\xFE"));
  EXPECT_NE(IdOfPath("\xFF%FE"), IdOfPath("\xFF\xFE"));
}

TEST(DocumentId, ShortensAPathThatIsTooLong) {
  const std::string folder(600, 'd');
  const std::string one = IdOfPath(folder + "/one.txt");
  const std::string two = IdOfPath(folder + "/two.txt");
  EXPECT_LE(one.size(), kMaxIdBytes);
  EXPECT_NE(one, two);
  EXPECT_EQ(one, IdOfPath(folder + "/one.txt"));
}

TEST(DocumentId, ShortensBetweenCharacters) {
  for (int extra = 0; extra < 4; ++extra) {
    std::string path(static_cast<std::size_t>(extra), 'a');
    for (int i = 0; i < 300; ++i) path += "ñ";
    EXPECT_TRUE(IsUtf8(IdOfPath(path))) << extra;
  }
}

TEST(UrlOfPath, EncodesEverythingThatHasAMeaning) {
  EXPECT_EQ(UrlOfPath("https://e.org/s/", "año/a b?#&.pdf"), "https://e.org/s/a%C3%B1o/a%20b%3F%23%26.pdf");
}

TEST(UrlOfPath, PutsASlashBetween) {
  EXPECT_EQ(UrlOfPath("https://e.org/s", "a.txt"), "https://e.org/s/a.txt");
  EXPECT_EQ(UrlOfPath("https://e.org/view?file=", "a.txt"), "https://e.org/view?file=a.txt");
}

TEST(UrlOfPath, IsRelativeAndNoSchemeWithoutABase) {
  EXPECT_EQ(UrlOfPath("", "javascript:alert(1)"), "javascript%3Aalert%281%29");
}

TEST(TitleOfPath, IsTheNameWithoutItsExtension) {
  EXPECT_EQ(TitleOfPath("a/informe 2023.pdf"), "informe 2023");
  EXPECT_EQ(TitleOfPath(".hidden"), ".hidden");
  EXPECT_EQ(TitleOfPath("a/\xFF.txt"), "%FF");
}

}  // namespace
}  // namespace quipu::source
