// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/document_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "core/index/index_reader.h"
#include "core/index/term_list.h"
#include "core/index/text_store.h"
#include "core/schema/document_json.h"
#include "core/schema/field.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class DocumentStoreTest : public ::testing::Test {
 protected:
  bool HasTerm(const std::string& term) { return store_.database().term_exists(term); }
  std::vector<Xapian::termpos> Positions(const std::string& id, const std::string& term) {
    auto& db = store_.database();
    const auto docid = store_.Find(id);
    return {db.positionlist_begin(docid, term), db.positionlist_end(docid, term)};
  }
  Xapian::termcount Wdf(const std::string& id, const std::string& term) {
    auto& db = store_.database();
    auto list = db.termlist_begin(store_.Find(id));
    list.skip_to(term);
    return list != db.termlist_end(store_.Find(id)) && *list == term ? list.get_wdf() : 0;
  }
  std::string Value(const std::string& id, int slot) {
    return store_.database().get_document(store_.Find(id)).get_value(static_cast<Xapian::valueno>(slot));
  }
  std::uint64_t TextNumber(const std::string& id) { return DecodeTextNumber(Value(id, schema::kTextSlot)); }
  static ManifestEntry Entry(const std::string& id) {
    return {.id = id, .source = "folder:a", .container = "", .state = "indexed", .reason = "", .stamp = {}};
  }
  bool Put(const schema::Document& document) { return store_.Put(document, Entry(document.id)); }

  quipu::testing::TempDir dir_;
  FieldTable fields_;
  std::atomic<std::uint64_t> next_text_{1};
  DocumentStore store_{Xapian::WritableDatabase((dir_ / "db").string(), Xapian::DB_CREATE), fields_,
                       next_text_};
};

schema::Document Report() {
  schema::Document document;
  document.id = "reports/informe-anual_2023.pdf";
  document.title = "Informe sobre el Perú";
  document.body = "La acusación y las acusaciones. El Perú condena la acusacion.";
  document.language = "es";
  document.date = "2023-01-17";
  document.type = "pdf";
  return document;
}

TEST_F(DocumentStoreTest, WordsOfTheBodyHavePositionsStemsAndExactForms) {
  Put(Report());
  EXPECT_EQ(Positions(Report().id, "acusacion").size(), 2U);
  EXPECT_EQ(Positions(Report().id, "acusaciones").size(), 1U);
  EXPECT_EQ(Wdf(Report().id, "Eacusación"), 1U);
  EXPECT_TRUE(HasTerm("Eperú"));
  EXPECT_TRUE(HasTerm("peru"));
  EXPECT_TRUE(Positions(Report().id, "Eperú").empty());
}

TEST_F(DocumentStoreTest, TheThreeFormsOfAWordCountForOneStem) {
  Put(Report());
  text::Analyzer analyzer;
  EXPECT_EQ(Wdf(Report().id, "Z" + std::string(analyzer.Stem("acusacion", "es"))), 3U);
}

TEST_F(DocumentStoreTest, TitleWordsHaveTheirOwnPrefixAndCountForTheWholeDocument) {
  Put(Report());
  EXPECT_EQ(Positions(Report().id, "Sinforme"), std::vector<Xapian::termpos>{1});
  EXPECT_EQ(Positions(Report().id, "Speru"), std::vector<Xapian::termpos>{4});
  EXPECT_TRUE(HasTerm("ESperú"));
  const auto title_wdf = static_cast<Xapian::termcount>(schema::FindField("title")->wdf);
  const auto path_wdf = static_cast<Xapian::termcount>(schema::FindField("path")->wdf);
  EXPECT_EQ(Wdf(Report().id, "informe"), title_wdf + path_wdf * Wdf(Report().id, "Pinforme"));
  EXPECT_TRUE(Positions(Report().id, "informe").empty()) << "only the body's words have positions there";
}

TEST_F(DocumentStoreTest, PathWordsOfTheIdAreIndexed) {
  Put(Report());
  EXPECT_TRUE(HasTerm("Panual"));
  EXPECT_TRUE(HasTerm("P2023"));
}

TEST_F(DocumentStoreTest, NoPhraseReachesFromOneHeadingIntoTheNext) {
  auto document = Report();
  document.segments = {{.begin = 0, .page = 1, .anchor = "", .heading = "Human rights"},
                       {.begin = 10, .page = 2, .anchor = "", .heading = "Annual report"}};
  Put(document);
  EXPECT_GT(Positions(document.id, "Hannual").at(0), Positions(document.id, "Hrights").at(0) + 50);
}

TEST_F(DocumentStoreTest, BooleanTermsFilterByLanguageTypeAndUserFields) {
  auto document = Report();
  document.fields["country"] = std::string("PERÚ");
  document.fields["year"] = 2023.0;
  document.fields["final"] = true;
  Put(document);
  EXPECT_TRUE(HasTerm("Les"));
  EXPECT_TRUE(HasTerm("Tpdf"));
  EXPECT_TRUE(HasTerm(schema::FilterTerm("country", "peru")));
  EXPECT_TRUE(HasTerm(schema::FilterTerm("year", "2023")));
  EXPECT_TRUE(HasTerm(schema::FilterTerm("final", "true")));
}

TEST_F(DocumentStoreTest, UserTextIsSearchedTogetherAndByItsName) {
  auto document = Report();
  document.fields["place"] = std::string("Ciudad de Ayacucho");
  document.fields["author"] = std::string("María Quispe");
  Put(document);
  EXPECT_TRUE(HasTerm("Mayacucho"));
  EXPECT_TRUE(HasTerm("XTplace:ayacucho"));
  EXPECT_TRUE(HasTerm("Aquispe"));
  EXPECT_FALSE(HasTerm("Mquispe"));
}

TEST_F(DocumentStoreTest, PresenceTellsNullAndEmptyFromAbsent) {
  auto document = Report();
  document.fields["a"] = std::monostate{};
  document.fields["b"] = std::string();
  Put(document);
  EXPECT_TRUE(HasTerm(schema::PresenceTerm("a", schema::Presence::kNull)));
  EXPECT_TRUE(HasTerm(schema::PresenceTerm("a", schema::Presence::kExists)));
  EXPECT_FALSE(HasTerm(schema::PresenceTerm("a", schema::Presence::kEmpty)));
  EXPECT_TRUE(HasTerm(schema::PresenceTerm("b", schema::Presence::kEmpty)));
  EXPECT_FALSE(HasTerm(schema::PresenceTerm("c", schema::Presence::kExists)));
}

TEST_F(DocumentStoreTest, DatesAndUserFieldsStandInValueSlots) {
  auto document = Report();
  document.fields["tags"] = std::vector<schema::Scalar>{std::string("peru"), std::string("Human Rights")};
  Put(document);
  EXPECT_EQ(schema::DecodeNumber(Value(document.id, schema::kDateSlot)), 1673913600);
  EXPECT_THAT(schema::DecodeSlot(Value(document.id, fields_.columns().at("tags").slot)).strings,
              ElementsAre("peru", "Human Rights"));
  EXPECT_THAT(schema::DecodeSlot(Value(document.id, schema::kLanguageSlot)).strings, ElementsAre("es"));
}

TEST_F(DocumentStoreTest, EqualContentHasEqualHashes) {
  auto copy = Report();
  copy.id = "copy";
  auto other = Report();
  other.id = "other";
  other.body += ".";
  for (const auto& document : {Report(), copy, other}) Put(document);
  EXPECT_EQ(Value("copy", schema::kContentSlot), Value(Report().id, schema::kContentSlot));
  EXPECT_NE(Value("copy", schema::kContentSlot), Value("other", schema::kContentSlot));
}

TEST_F(DocumentStoreTest, ReplacingADocumentLeavesNothingOfTheOldOne) {
  auto document = Report();
  for (int i = 0; i < 2000; ++i) document.body += " palabra" + std::to_string(i);
  EXPECT_FALSE(Put(document));
  EXPECT_TRUE(Put(Report()));
  EXPECT_EQ(store_.database().get_doccount(), 1U);
  EXPECT_FALSE(HasTerm("palabra7"));
  EXPECT_EQ(ReadText(store_.database(), TextNumber(Report().id)), Report().body);
  const std::string prefix = TextKeyPrefix(TextNumber(Report().id));
  auto& db = store_.database();
  EXPECT_EQ(std::distance(db.metadata_keys_begin(prefix), db.metadata_keys_end(prefix)), 2)
      << "header and one block";
}

TEST_F(DocumentStoreTest, DeletingADocumentRemovesItsText) {
  Put(Report());
  const std::string prefix = TextKeyPrefix(TextNumber(Report().id));
  EXPECT_TRUE(store_.Delete(Report().id));
  EXPECT_FALSE(store_.Delete(Report().id));
  auto& db = store_.database();
  EXPECT_EQ(db.metadata_keys_begin(prefix), db.metadata_keys_end(prefix));
  EXPECT_EQ(db.get_doccount(), 0U);
}

TEST_F(DocumentStoreTest, AFileThatGaveNoDocumentIsRememberedInItsPlace) {
  Put(Report());
  auto entry = Entry(Report().id);
  entry.state = "failed";
  entry.reason = "damaged";
  EXPECT_TRUE(store_.Record(entry));
  store_.database().commit();
  EXPECT_THAT(ReadManifest(store_.database()), ElementsAre(entry));
  Put(Report());
  store_.database().commit();
  EXPECT_THAT(ReadManifest(store_.database()), ElementsAre(Entry(Report().id)));
}

TEST_F(DocumentStoreTest, TouchRenewsTheStampAndNothingElse) {
  Put(Report());
  store_.database().commit();
  auto entry = Entry(Report().id);
  entry.stamp = {.mtime_ns = -7, .size = 1ULL << 40, .hash = {1, 2, 3}};
  EXPECT_TRUE(store_.Touch(entry));
  store_.database().commit();
  EXPECT_THAT(ReadManifest(store_.database()), ElementsAre(entry));
  EXPECT_TRUE(HasTerm("Panual"));
  EXPECT_FALSE(store_.Touch(Entry("unknown")));
}

TEST_F(DocumentStoreTest, TheFilterNamesEveryBlockOfAStem) {
  auto document = Report();
  document.body.clear();
  for (int i = 0; i < 5000; ++i) {
    document.body += "Las acusaciones numero" + std::to_string(i) + " siguen. ";
    if (i % 1000 == 7) document.body += "Ejecuciones extrajudiciales.\n\n";
  }
  Put(document);
  auto& db = store_.database();
  const auto number = TextNumber(document.id);
  const TextHeader header = ReadTextHeader(db, number);
  ASSERT_GT(header.begins.size(), 50U);
  text::Analyzer analyzer;
  const std::vector<std::uint16_t> hashes = {StemHash(analyzer.Stem("extrajudiciales", "es"))};
  const auto blocks = FindBlocks(db, number, header, hashes).at(0);
  for (std::uint32_t block = 0; block < header.begins.size(); ++block) {
    if (ReadTextBlock(db, number, block).find("extrajudiciales") != std::string::npos) {
      EXPECT_THAT(blocks, Contains(block));
    }
  }
  EXPECT_LE(blocks.size(), 10U);
}

TEST_F(DocumentStoreTest, AWordLongerThanATermIsLeftOut) {
  auto document = Report();
  document.fields[std::string(190, 'f')] = std::string(60, 'w') + " " + std::string(40, 'v');
  EXPECT_NO_THROW(Put(document));
  EXPECT_NO_THROW(store_.database().commit());
}

TEST_F(DocumentStoreTest, LeavesOutWordsOfABodyThatHasTooManyAndKeepsTheTitle) {
  schema::Document document;
  document.id = "many";
  document.title = "Untouched heading";
  for (std::size_t i = 0; i < TermList::kMaxBodyTerms / 2 + 5000; ++i)
    document.body += "w" + std::to_string(i) + " ";
  document.body += "w7";
  Put(document);
  EXPECT_TRUE(HasTerm("w7"));
  EXPECT_EQ(Positions("many", "w7").size(), 2U) << "a word that is known goes on to count";
  EXPECT_FALSE(HasTerm("w" + std::to_string(TermList::kMaxBodyTerms / 2 + 4999)));
  EXPECT_TRUE(HasTerm("Suntouched"));
  EXPECT_TRUE(HasTerm("untouched"));
}

}  // namespace
}  // namespace quipu::index
