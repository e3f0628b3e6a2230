// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/text_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/index/block_codec.h"
#include "core/text/fold.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Repeated(std::string_view text, std::size_t bytes) {
  std::string repeated;
  while (repeated.size() < bytes) repeated += text;
  return repeated;
}

std::vector<std::string> Cut(const std::string& body) {
  const auto begins = CutBlocks(body);
  std::vector<std::string> blocks;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : body.size();
    blocks.push_back(body.substr(begins[i], end - begins[i]));
  }
  return blocks;
}

struct CutCase {
  const char* name;
  std::string unit;
};
class CutBlocksOf : public ::testing::TestWithParam<CutCase> {};

TEST_P(CutBlocksOf, GivesBlocksOfWholeCharactersThatMakeUpTheBody) {
  const std::string body = Repeated(GetParam().unit, 20000);
  std::string joined;
  for (const std::string& block : Cut(body)) {
    EXPECT_LE(block.size(), kMaxBlockBytes);
    EXPECT_FALSE(block.empty());
    EXPECT_EQ(text::ValidUtf8(block), block) << "cut inside a character";
    joined += block;
  }
  EXPECT_EQ(joined, body);
  EXPECT_GE(CutBlocks(body).size(), 20000 / kMaxBlockBytes);
}

INSTANTIATE_TEST_SUITE_P(Texts, CutBlocksOf,
                         ::testing::Values(CutCase{"Words", "palabra "},
                                           CutCase{"Sentences", "A sentence ends. "},
                                           CutCase{"Paragraphs", "A line\n\nanother one "},
                                           CutCase{"NoSpaces", "x"}, CutCase{"Thai", "สวัสดี"},
                                           CutCase{"Chinese", "人权是每个人的权利。"},
                                           CutCase{"Emoji", "👩‍👩‍👧"}),
                         [](const auto& text) { return text.param.name; });

TEST(CutBlocks, PrefersTheEndOfAParagraphOverThatOfASentence) {
  const std::string body =
      Repeated("One sentence here. ", 1800) + "\n\n" + Repeated("Another sentence. ", 4000);
  const auto blocks = Cut(body);
  EXPECT_TRUE(blocks.at(0).ends_with("\n\n"));
}

TEST(CutBlocks, PrefersTheEndOfASentenceOverThatOfAWord) {
  const std::string body = Repeated("word ", 2000) + "end. " + Repeated("word ", 4000);
  EXPECT_TRUE(Cut(body).at(0).ends_with("end. "));
}

TEST(CutBlocks, LeavesAShortBodyWhole) {
  EXPECT_THAT(CutBlocks(""), IsEmpty());
  EXPECT_THAT(CutBlocks("x"), ElementsAre(0));
  EXPECT_THAT(CutBlocks(std::string(2000, 'x')), ElementsAre(0));
}

TEST(CutBlocks, CopesWithMalformedText) {
  const std::string body(20000, '\x80');
  std::size_t sum = 0;
  for (const std::string& block : Cut(body)) sum += block.size();
  EXPECT_EQ(sum, body.size());
}

TEST(BlockCodec, GivesBackWhatItWasGiven) {
  for (const std::string& text :
       {std::string(), std::string("x"), Repeated("Ärger ", 2000), std::string(kMaxBlockBytes, '\0')}) {
    EXPECT_EQ(DecompressBlock(CompressBlock(text)), text);
  }
}

TEST(BlockCodec, RefusesWhatIsNoBlock) {
  EXPECT_FALSE(DecompressBlock(""));
  EXPECT_FALSE(DecompressBlock("znonsense"));
  EXPECT_FALSE(DecompressBlock("q"));
  EXPECT_FALSE(DecompressBlock(CompressBlock(Repeated("text ", 2000)).substr(0, 20)));
  EXPECT_FALSE(DecompressBlock(CompressBlock(std::string(kMaxBlockBytes + 1, 'a'))))
      << "larger than any block";
}

class TextStore : public ::testing::Test {
 protected:
  void Write(std::uint64_t number, const std::string& body, std::vector<schema::Segment> segments = {}) {
    const auto begins = CutBlocks(body);
    std::vector<StemBlock> stems;
    for (std::uint32_t block = 0; block < begins.size(); ++block)
      stems.push_back({StemHash("everywhere"), block});
    WriteText(db_, number, {body, begins, stems, segments});
    db_.commit();
  }
  std::ptrdiff_t Keys(const std::string& prefix) {
    return std::distance(db_.metadata_keys_begin(prefix), db_.metadata_keys_end(prefix));
  }

  testing::TempDir dir_;
  Xapian::WritableDatabase db_{(dir_ / "db").string(), Xapian::DB_CREATE};
};

TEST_F(TextStore, GivesBackBodiesAndSegments) {
  const std::string body = Repeated("Una frase. ", 50000);
  Write(1, body, {{.begin = 0, .page = 1, .anchor = "a", .heading = "b"}});
  Write(256, "short");
  EXPECT_EQ(ReadText(db_, 1), body);
  EXPECT_EQ(ReadText(db_, 256), "short");
  EXPECT_EQ(ReadText(db_, 2), "");
  EXPECT_EQ(ReadTextHeader(db_, 1).segments.at(0).heading, "b");
  EXPECT_TRUE(ReadTextHeader(db_, 2).begins.empty());
}

TEST_F(TextStore, KeysOfOneTextAreNotAPrefixOfAnothers) {
  for (const std::uint64_t number : {1ULL, 2ULL, 255ULL, 256ULL, 257ULL, 65536ULL, 1ULL << 40})
    Write(number, "text");
  EXPECT_EQ(Keys(TextKeyPrefix(1)), 2);
  EXPECT_EQ(Keys(TextKeyPrefix(256)), 2);
  EXPECT_EQ(Keys("t"), 14);
}

TEST_F(TextStore, RewritingAShorterTextLeavesNoBlocksOver) {
  Write(1, Repeated("Una frase. ", 50000));
  Write(1, "short");
  EXPECT_EQ(Keys(TextKeyPrefix(1)), 2);
  EraseText(db_, 1);
  EXPECT_EQ(Keys("t"), 0);
}

TEST_F(TextStore, SegmentsOutOfOrderOrBeyondTheBodyAreMended) {
  Write(1, "short",
        {{.begin = 99, .page = 2, .anchor = "", .heading = ""},
         {.begin = 2, .page = 1, .anchor = "", .heading = ""}});
  const auto header = ReadTextHeader(db_, 1);
  EXPECT_EQ(header.segments.at(0).begin, 2U);
  EXPECT_EQ(header.segments.at(1).begin, 5U);
}

TEST_F(TextStore, FindsTheBlocksOfAStemAndNoneOfAnUnknownOne) {
  Write(1, Repeated("Una frase. ", 100000));
  const auto header = ReadTextHeader(db_, 1);
  const std::vector<std::uint16_t> hashes = {StemHash("everywhere"), StemHash("nowhere")};
  const auto found = FindBlocks(db_, 1, header, hashes);
  EXPECT_EQ(found.at(0).size(), header.begins.size());
  EXPECT_THAT(found.at(1), IsEmpty());
}

TEST_F(TextStore, TheOneBlockOfAShortTextIsAlwaysFound) {
  Write(1, "short");
  const std::vector<std::uint16_t> hashes = {StemHash("anything")};
  EXPECT_THAT(FindBlocks(db_, 1, ReadTextHeader(db_, 1), hashes).at(0), ElementsAre(0));
  EXPECT_EQ(Keys("t"), 2) << "it needs no filter";
}

TEST_F(TextStore, MalformedHeadersAndBlocksAreCorruption) {
  Write(1, "short");
  std::string header_key, block_key;
  for (auto key = db_.metadata_keys_begin("t"); key != db_.metadata_keys_end("t"); ++key) {
    ((*key).back() == 'h' ? header_key : block_key) = *key;
  }
  db_.set_metadata(block_key, "nonsense");
  EXPECT_THROW(ReadText(db_, 1), Xapian::DatabaseCorruptError);
  db_.set_metadata(header_key, "nonsense");
  EXPECT_THROW(ReadTextHeader(db_, 1), Xapian::DatabaseCorruptError);
}

}  // namespace
}  // namespace quipu::index
