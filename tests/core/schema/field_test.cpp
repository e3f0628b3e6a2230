// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/field.h"

#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <set>

namespace quipu::schema {
namespace {

TEST(Fields, HaveNamesAndSlotsOfTheirOwn) {
  std::set<std::string_view> names;
  std::set<int> slots;
  for (const Field& field : Fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_TRUE(field.slot < 0 || slots.insert(field.slot).second) << field.name;
    EXPECT_LT(field.slot, kFirstUserSlot);
    EXPECT_FALSE(field.meaning.empty());
  }
}

TEST(Fields, PrefixesAreCapitalsThatDoNotClash) {
  std::map<std::string_view, std::string_view> owners;
  for (const Field& field : Fields()) {
    if (field.prefix.empty()) continue;
    ASSERT_EQ(field.prefix.size(), 1U) << field.name;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(field.prefix[0]))) << field.name;
    // Z and E mark stems and exact forms of every prefix, X the user-defined ones.
    EXPECT_EQ(std::string_view("ZEX").find(field.prefix[0]), std::string_view::npos) << field.name;
    const auto [owner, is_new] = owners.emplace(field.prefix, field.name);
    EXPECT_TRUE(is_new || field.prefix == "K") << field.name << " and " << owner->second;
  }
}

TEST(Fields, AreFoundByName) {
  ASSERT_NE(FindField("title"), nullptr);
  EXPECT_EQ(FindField("title")->prefix, "S");
  EXPECT_EQ(FindField("Title"), nullptr);
  EXPECT_EQ(FindField(""), nullptr);
}

TEST(IdTerm, LongIdsDifferInTheirHash) {
  const std::string one(512, 'a');
  const std::string two = std::string(511, 'a') + "b";
  EXPECT_LE(IdTerm(one).size(), kMaxTermBytes);
  EXPECT_NE(IdTerm(one), IdTerm(two));
  EXPECT_EQ(IdTerm(one), IdTerm(one));
  EXPECT_EQ(IdTerm("a/b.pdf"), "Qa/b.pdf");
  EXPECT_EQ(IdTerm(std::string(244, 'a')), "Q" + std::string(244, 'a'));
}

TEST(FilterTerm, ValuesThatDifferInCaseOrAccentsMeet) {
  EXPECT_EQ(FilterTerm("country", "PERÚ"), FilterTerm("country", "peru"));
  EXPECT_NE(FilterTerm("country", "peru"), FilterTerm("county", "peru"));
  EXPECT_LE(FilterTerm(std::string(200, 'f'), std::string(1000, 'v')).size(), kMaxTermBytes);
  EXPECT_NE(FilterTerm("f", std::string(1000, 'v')), FilterTerm("f", std::string(1001, 'v')));
}

TEST(BooleanTerm, HasTheFieldsPrefix) {
  EXPECT_EQ(BooleanTerm(*FindField("language"), "ES"), "Les");
  EXPECT_EQ(BooleanTerm(*FindField("type"), "pdf"), "Tpdf");
  EXPECT_EQ(BooleanTerm(*FindField("id"), "Informe"), "QInforme") << "ids differ in case";
}

TEST(PresenceTerm, TellsTheThreeApart) {
  const std::set<std::string> terms = {PresenceTerm("a", Presence::kExists),
                                       PresenceTerm("a", Presence::kNull),
                                       PresenceTerm("a", Presence::kEmpty),
                                       PresenceTerm("b", Presence::kExists),
                                       FilterTerm("a", ""),
                                       FieldTextPrefix("a")};
  EXPECT_EQ(terms.size(), 6U);
}

}  // namespace
}  // namespace quipu::schema
