// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace quipu::text {
namespace {

using testing::ElementsAre;

// "peru", "-19" when joined to the token before.
std::vector<std::string> Words(std::string_view text, std::string_view language = "") {
  std::vector<std::string> words;
  Analyzer().Analyze(text, {.language = language}, [&](const Token& token) {
    words.push_back((token.joined ? "-" : "") + std::string(token.folded));
  });
  return words;
}

struct Seen {
  std::uint32_t position;
  std::string folded;
  std::string written;

  bool operator==(const Seen&) const = default;
};

void PrintTo(const Seen& seen, std::ostream* out) {
  *out << seen.position << ' ' << seen.folded << " '" << seen.written << '\'';
}

std::vector<Seen> SeenIn(std::string_view text) {
  std::vector<Seen> seen;
  Analyzer().Analyze(text, {}, [&](const Token& token) {
    seen.push_back({token.position, std::string(token.folded),
                    std::string(text.substr(token.begin, token.end - token.begin))});
  });
  return seen;
}

// The stem terms by which a word is found.
std::set<std::string> Stems(std::string_view text, std::string_view language) {
  std::set<std::string> stems;
  Analyzer().Analyze(text, {.language = language}, [&](const Token& token) {
    stems.insert(std::string(token.stem));
    if (!token.exact_stem.empty()) stems.insert(std::string(token.exact_stem));
  });
  return stems;
}

bool Meet(std::string_view a, std::string_view b, std::string_view language) {
  const std::set<std::string> stems = Stems(b, language);
  for (const std::string& stem : Stems(a, language)) {
    if (stems.contains(stem)) return true;
  }
  return false;
}

struct WordsCase {
  const char* name;
  std::string_view text;
  std::vector<std::string> words;
};

void PrintTo(const WordsCase& each, std::ostream* out) { *out << each.name; }

class Tokens : public testing::TestWithParam<WordsCase> {};

TEST_P(Tokens, AreTheWordsPeopleSearch) { EXPECT_EQ(Words(GetParam().text), GetParam().words); }

std::string CaseName(const testing::TestParamInfo<WordsCase>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Signs, Tokens,
    testing::Values(
        WordsCase{"Nothing", "", {}}, WordsCase{"OnlySigns", " \t—…!\n", {}},
        WordsCase{"Accents", "Perú peru PERÚ Peru\u0301", {"peru", "peru", "peru", "peru"}},
        WordsCase{"Ligature", "ﬁn", {"fin"}},
        WordsCase{"NegationLosesItsApostrophe", "don't don’t", {"dont", "dont"}},
        WordsCase{"IrishName", "O'Brien OʼBrien", {"obrien", "obrien"}},
        WordsCase{"Possessive", "Peru's PERÚ’S workers' it's", {"peru", "peru", "workers", "it"}},
        WordsCase{"Elision", "l'article qu’il JUSQU'ici dell'arte", {"article", "il", "ici", "arte"}},
        WordsCase{"ElisionIsNoPlural", "the T's", {"the", "t"}},
        WordsCase{"ApostropheBetweenWordsThatAreNoArticles",
                  "aujourd'hui rock'n'roll",
                  {"aujourdhui", "rocknroll"}},
        WordsCase{"QuotedWords", "'tea' ‘tea’", {"tea", "tea"}},
        WordsCase{
            "ProgrammingLanguages", "C++ C# F#, g++; notepad++.", {"c++", "c#", "f#", "g++", "notepad++"}},
        WordsCase{"SignsBeforeMoreOfAWord", "a++b C#m x+++ a+ b", {"a", "-b", "c", "-m", "x", "a", "b"}},
        WordsCase{"LanguageVersion", "C++20", {"c++", "-20"}},
        WordsCase{"Acronyms", "U.S.A. U.S.A e.g. EE.UU. DD.HH", {"usa", "usa", "eg", "eeuu", "ddhh"}},
        WordsCase{"InitialsBeforeAName", "J.R.R.Tolkien", {"j", "-r", "-r", "-tolkien"}},
        WordsCase{"DotsBetweenWords", ".NET node.js mail.org", {"net", "node", "-js", "mail", "-org"}},
        WordsCase{"Email", "example@mail.org", {"example", "-mail", "-org"}},
        WordsCase{"Slash", "and/or", {"and", "-or"}}, WordsCase{"Hyphen", "COVID-19", {"covid", "-19"}},
        WordsCase{"Date", "2023-01-17", {"2023", "-01", "-17"}},
        WordsCase{"Identifiers", "snake_case camelCase", {"snake", "-case", "camelcase"}},
        WordsCase{"SoftHyphen", "acu\u00ADsa\u00ADción", {"acusacion"}},
        WordsCase{"InvisibleCharacters", "acu\u200Dsa\u2060ci\u200Eón", {"acusacion"}},
        WordsCase{"CatalanMiddleDot", "col·lecció", {"colleccio"}},
        WordsCase{"MalformedBytesPartWords",
                  "ab\xFF"
                  "cd \xC3 e\xE2\x82",
                  {"ab", "-cd", "e"}},
        WordsCase{"Subscript", "CO₂ H₂O", {"co2", "h2o"}},
        WordsCase{"FootnoteMark", "palabra¹ m²", {"palabra", "m"}},
        WordsCase{"Ordinals", "1º 2ª", {"1o", "2a"}}, WordsCase{"RomanNumeralSigns", "Ⅳ", {"iv"}},
        WordsCase{"Hindi", "हिन्दी में", {"हिन्दी", "में"}}, WordsCase{"HebrewAbbreviation", "ארה\"ב", {"ארהב"}},
        WordsCase{"Ukrainian", "п'ять", {"пять"}}, WordsCase{"Emoji", "a 😀 b", {"a", "b"}},
        WordsCase{"HangulFillerIsNothing", "a \u3164 b", {"a", "b"}},
        WordsCase{"NoBreakSpaceIsASpace", "a\u00A0b", {"a", "b"}}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Numbers, Tokens,
    testing::Values(
        WordsCase{"Thousands", "1,000.5 1000.5 1.000,5 1'000.5", {"1000.5", "1000.5", "1000.5", "1000.5"}},
        WordsCase{"Millions", "12,345,678 12.345.678", {"12345678", "12345678"}},
        WordsCase{"Decimals", "3.14 3,14 0.500 0,500", {"3.14", "3.14", "0.500", "0.500"}},
        WordsCase{"Versions", "1.4.22 192.168.1.1 v1.4.22", {"1.4.22", "192.168.1.1", "v1.4.22"}},
        WordsCase{"Lists", "1,2,3 1998,1999", {"1", "-2", "-3", "1998", "-1999"}},
        WordsCase{"Units", "1,000km 3.5mm 2nd", {"1000km", "3.5mm", "2nd"}},
        WordsCase{"SentenceEnds", "in 1998. By 10,", {"in", "1998", "by", "10"}},
        WordsCase{"Times", "12:30 5'10", {"12", "-30", "5", "-10"}},
        WordsCase{"OtherDigits", "٢٠٢٣ １，０００．５ १२", {"2023", "1000.5", "12"}},
        WordsCase{"Prices", "S/1,500.00 $3", {"s", "-1500.00", "3"}}),
    CaseName);

TEST(Analyzer, GivesTheByteRangeOfEachWordAsItStandsInTheText) {
  EXPECT_THAT(SeenIn("¡Perú's l'été!"), ElementsAre(Seen{1, "peru", "Perú's"}, Seen{2, "ete", "été"}));
}

TEST(Analyzer, FindsAWordBrokenAtALineEndWholeAndByItsParts) {
  EXPECT_THAT(SeenIn("la acusa-\n  ción fiscal"),
              ElementsAre(Seen{1, "la", "la"}, Seen{2, "acusacion", "acusa-\n  ción"},
                          Seen{2, "acusa", "acusa"}, Seen{2, "cion", "ción"}, Seen{3, "fiscal", "fiscal"}));
  EXPECT_THAT(Words("well-\r\nknown"), ElementsAre("wellknown", "well", "known"));
  EXPECT_THAT(Words("in\u2010\ncons\u2010\ntitucional"),
              ElementsAre("inconstitucional", "in", "cons", "titucional"));
}

TEST(Analyzer, DoesNotDoubtASoftHyphenAtALineEnd) {
  EXPECT_THAT(SeenIn("acusa\u00AD\nción"), ElementsAre(Seen{1, "acusacion", "acusa\u00AD\nción"}));
}

TEST(Analyzer, DoesNotJoinAcrossALineEndWhatIsNoBrokenWord) {
  EXPECT_THAT(Words("Lima-\nPerú"), ElementsAre("lima", "peru"));
  EXPECT_THAT(Words("word-\n\nnext"), ElementsAre("word", "next"));
  EXPECT_THAT(Words("1998-\nhoy"), ElementsAre("1998", "hoy"));
  EXPECT_THAT(Words("word - \nnext"), ElementsAre("word", "next"));
  EXPECT_THAT(Words("acu-\nd'abord"), ElementsAre("acu", "abord"));
}

TEST(Analyzer, NumbersWordsFromTheFirstPositionAndReturnsTheNext) {
  std::vector<std::uint32_t> positions;
  const std::uint32_t next =
      Analyzer().Analyze("uno dos tres", {.first_position = 7},
                         [&](const Token& token) { positions.push_back(token.position); });
  EXPECT_THAT(positions, ElementsAre(7U, 8U, 9U));
  EXPECT_EQ(next, 10U);
}

TEST(Analyzer, KeepsTheExactFormOfAWordWithDiacritics) {
  std::vector<std::string> exact;
  Analyzer().Analyze("niño nino NIN\u0303O", {.language = "es"},
                     [&](const Token& token) { exact.emplace_back(token.exact); });
  EXPECT_THAT(exact, ElementsAre("niño", "", "niño"));
}

TEST(Analyzer, GivesEachIdeographAndPairOfNeighboursOnePosition) {
  std::vector<std::string> seen;
  Analyzer().Analyze("東京都 2020年", {}, [&](const Token& token) {
    seen.push_back(std::to_string(token.position) + std::string(token.folded) +
                   (token.kind == TokenKind::kBigram      ? "B"
                    : token.kind == TokenKind::kCharacter ? "C"
                                                          : ""));
  });
  EXPECT_THAT(seen, ElementsAre("1東C", "1東京B", "2京C", "2京都B", "3都C", "42020", "5年C"));
}

TEST(Analyzer, FoldsHalfWidthKanaAndTakesHangulAndRadicalsAsTheirUsualSigns) {
  EXPECT_EQ(Words("ｶﾞｷ"), Words("ガキ"));
  EXPECT_EQ(Words("\u1112\u1161\u11AB\u1100\u116E\u11A8"), Words("한국"));
  EXPECT_EQ(Words("\u2F00\u2F08"), Words("一人"));
}

TEST(Analyzer, CutsThaiIntoDictionaryWords) { EXPECT_THAT(Words("ภาษาไทย"), ElementsAre("ภาษา", "-ไทย")); }

TEST(Analyzer, CutsLongWordsAtACharacter) {
  const std::string written(1000, 'x');
  EXPECT_THAT(SeenIn(written), ElementsAre(Seen{1, std::string(64, 'x'), written}));
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "𐐨";  // four bytes each
  for (const Seen& seen : SeenIn(wide)) EXPECT_EQ(seen.folded.size(), 200U);
}

TEST(Analyzer, AnswersTheSameFromItsCacheAndAfterItIsFull) {
  Analyzer analyzer;
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "wörd" + std::to_string(i) + "s canción ";
  std::size_t wrong = 0;
  std::size_t count = 0;
  analyzer.Analyze(text, {.language = "es"}, [&](const Token& token) {
    const bool is_fixed = count % 2 == 1;
    const std::string expected = is_fixed ? "cancion" : "word" + std::to_string(count / 2) + "s";
    wrong += token.folded != expected || (is_fixed && token.exact != "canción");
    ++count;
  });
  EXPECT_EQ(count, 400000U);
  EXPECT_EQ(wrong, 0U);
}

struct Pair {
  const char* name;
  std::string_view language;
  std::string_view a;
  std::string_view b;
};

void PrintTo(const Pair& each, std::ostream* out) { *out << each.name; }

std::string PairName(const testing::TestParamInfo<Pair>& each) { return each.param.name; }

class Forms : public testing::TestWithParam<Pair> {};

TEST_P(Forms, OfOneWordMeet) {
  EXPECT_TRUE(Meet(GetParam().a, GetParam().b, GetParam().language))
      << testing::PrintToString(Stems(GetParam().a, GetParam().language)) << " and "
      << testing::PrintToString(Stems(GetParam().b, GetParam().language));
}

INSTANTIATE_TEST_SUITE_P(
    Spanish, Forms,
    testing::Values(Pair{"AcusacionFindsAccented", "es", "acusacion", "acusación"},
                    Pair{"AcusacionFindsPlural", "es", "acusacion", "acusaciones"},
                    Pair{"EjecucionFindsPlural", "es", "ejecucion", "ejecuciones"},
                    Pair{"ExtrajudicialFindsPlural", "es", "extrajudicial", "extrajudiciales"},
                    Pair{"DecisionFindsPlural", "es", "decision", "decisiones"},
                    Pair{"CapitalsFindSmall", "es", "EJECUCIÓN", "ejecuciones"},
                    Pair{"NinoFindsNinosWithTilde", "es", "nino", "niños"},
                    Pair{"Joven", "es", "joven", "jóvenes"},
                    Pair{"JovenesWithoutAccent", "es", "jovenes", "joven"},
                    Pair{"Frances", "es", "frances", "franceses"}, Pair{"Aleman", "es", "aleman", "alemanes"},
                    Pair{"Juez", "es", "juez", "jueces"}, Pair{"Avance", "es", "avance", "avances"},
                    Pair{"Ciudad", "es", "ciudad", "ciudades"}, Pair{"Bebe", "es", "bebe", "bebés"},
                    Pair{"Derecho", "es", "derecho", "derechos"}),
    PairName);

INSTANTIATE_TEST_SUITE_P(Portuguese, Forms,
                         testing::Values(Pair{"NacaoFindsAccented", "pt", "nacao", "nação"},
                                         Pair{"NacaoFindsPlural", "pt", "nacao", "nações"},
                                         Pair{"NacoesFindsSingular", "pt", "nacoes", "nação"},
                                         Pair{"InformacaoFindsPlural", "pt", "informacao", "informações"},
                                         Pair{"Decisao", "pt", "decisao", "decisões"},
                                         Pair{"Homem", "pt", "homem", "homens"},
                                         Pair{"Possivel", "pt", "possivel", "possíveis"},
                                         Pair{"Animal", "pt", "animal", "animais"},
                                         Pair{"Facil", "pt", "facil", "fáceis"},
                                         Pair{"Projetil", "pt", "projetil", "projéteis"},
                                         Pair{"Portugues", "pt", "portugues", "portugueses"}),
                         PairName);

INSTANTIATE_TEST_SUITE_P(OtherLanguages, Forms,
                         testing::Values(Pair{"EnglishPlural", "en", "execution", "executions"},
                                         Pair{"GermanUmlaut", "de", "Haus", "Häuser"},
                                         Pair{"FrenchPlural", "fr", "décision", "decisions"},
                                         Pair{"FrenchParticiple", "fr", "arrete", "arrêtées"},
                                         Pair{"FrenchFeminine", "fr", "premier", "premiere"},
                                         Pair{"Italian", "it", "citta", "città"},
                                         Pair{"Romanian", "ro", "informatie", "informații"},
                                         Pair{"Catalan", "ca", "acusacio", "acusacions"},
                                         Pair{"Russian", "ru", "красный", "красного"}),
                         PairName);

TEST(Analyzer, KeepsShortWordsApartThatOnlyLookLikePlurals) {
  EXPECT_FALSE(Meet("mais", "mal", "pt"));
  EXPECT_FALSE(Meet("país", "pal", "pt"));
  EXPECT_FALSE(Meet("es", "eses", "es"));
}

TEST(Analyzer, StemsOneFoldedWordAsItStemsTexts) {
  Analyzer analyzer;
  for (const std::string word : {"acusacion", "acusaciones", "nino", "x", "c++", "1000.5"}) {
    EXPECT_THAT(Stems(word, "es"), testing::Contains(std::string(analyzer.Stem(word, "es")))) << word;
  }
  EXPECT_EQ(analyzer.Stem("wasikuna", "qu"), "wasikuna");
}

TEST(HasStemmer, KnowsTheLanguagesOfSnowball) {
  EXPECT_TRUE(HasStemmer("es"));
  EXPECT_TRUE(HasStemmer("nb"));
  EXPECT_FALSE(HasStemmer("qu"));
  EXPECT_FALSE(HasStemmer(""));
  EXPECT_FALSE(HasStemmer("none"));
}

TEST(Analyzer, CountsWordsThatBeginWithLettersNotAskedFor) {
  std::uint32_t letters = 0;
  AddFirstLetter("casa", letters);
  AddFirstLetter("ñu", letters);
  std::vector<Seen> seen;
  const std::string_view text = "Árbol dos Casas 12 e-mail \u00dc c a-\nmigo";
  const std::uint32_t next = Analyzer().Analyze(text, {.first_letters = letters}, [&](const Token& token) {
    seen.push_back({token.position, std::string(token.folded),
                    std::string(text.substr(token.begin, token.end - token.begin))});
  });
  // A word that is broken at a line's end is sent whatever it begins with.
  std::vector<Seen> expected = SeenIn(text);
  std::erase_if(expected, [](const Seen& each) {
    return each.folded == "dos" || each.folded == "e" || each.folded == "mail";
  });
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(next, Analyzer().Analyze(text, {}, [](const Token&) {}));
}

// What AnalyzeOptions::first_letters rests on, tried on words of random letters and real endings.
TEST(Analyzer, StemsBeginAsTheirWordsDo) {
  Analyzer analyzer;
  std::uint32_t random = 1;
  const auto next = [&random](std::uint32_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 8U) % below;
  };
  for (const std::string_view language : {"ar", "ca", "da", "de", "en", "es", "eu", "fi", "fr", "hu", "hy",
                                          "it", "lt", "ne", "nl", "no", "pt", "ro", "ru", "sv", "ta", "tr"}) {
    for (int i = 0; i < 20000; ++i) {
      std::string word;
      for (std::uint32_t length = 1 + next(9); length > 0; --length)
        word += next(3) == 0 ? "aeiouy"[next(6)] : static_cast<char>('a' + next(26));
      const std::string accented = word + (next(2) == 0 ? "ción" : "ités");
      const std::string both = std::string(word).append(" ").append(accented);
      analyzer.Analyze(both, {.language = language}, [&](const Token& token) {
        ASSERT_EQ(token.stem[0], word[0]) << language << ' ' << token.folded;
        if (!token.exact_stem.empty()) {
          ASSERT_EQ(token.exact_stem[0], word[0]) << language << ' ' << token.exact;
        }
      });
    }
  }
}

}  // namespace
}  // namespace quipu::text
