// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/title.h"

#include <gtest/gtest.h>

#include "indexer/extract/boilerplate.h"

namespace quipu::extract {
namespace {

class Boilerplate : public ::testing::TestWithParam<const char*> {};
TEST_P(Boilerplate, IsKnown) { EXPECT_TRUE(IsBoilerplate(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Lines, Boilerplate,
    ::testing::Values("Download Joint Statement in PDF here.", "Click here to read the full report",
                      "Click here", "Skip to content", "Skip to main content", "Read more",
                      "Download the report (PDF)", "View this email online", "Back to top",
                      "Descargar el comunicado en PDF aquí", "Haga clic aquí para descargar el informe",
                      "Leer más", "Saltar al contenido", "Ir al contenido principal", "Compartir en Facebook",
                      "Volver arriba", "Menú", "Table of contents", "ÍNDICE", "For immediate release",
                      "Nota de prensa", "Page 1 of 3", "Página 2 de 10", "- 4 -", "12", "iv", "p. 3",
                      "January 17, 2023", "17 de enero de 2023", "Lima, 17 de enero de 2023",
                      "Washington DC, January 17, 2023", "2023-01-17", "Tuesday, 17 January 2023",
                      "https://example.org/a?b=c", "www.example.org", "info@example.org",
                      "Tel.: +51 1 234 5678", "MINISTERIO DEL INTERIOR", "UNITED NATIONS", "EMBASSY OF PERU",
                      "© 2023 Example", "All rights reserved.", "=====", "* * *", "…", "[[anchor_name]]",
                      "\\begin{document}", "<!-- comment -->", "{{ toc }}", ":toc:", "#!/bin/sh", ""));

class Content : public ::testing::TestWithParam<const char*> {};
TEST_P(Content, IsNotTakenForBoilerplate) { EXPECT_FALSE(IsBoilerplate(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Lines, Content,
    ::testing::Values("In just one month since the government came to power", "Informe final de la comisión",
                      "INFORME SOBRE VIOLACIONES DE DERECHOS HUMANOS EN AYACUCHO",
                      "See you in Cusco: a diary of the south",
                      "Read before you sign: consumer contracts explained",
                      "Watch the birds of the Amazon basin and their songs", "March for justice in May",
                      "Chapter 3", "Anexo sobre la reparación de las víctimas", "Ver para creer",
                      "The Peace Accords of 1996", "Un día de enero", "Joint Statement on Peru",
                      "Open letter to the President", "Get involved: ten years of volunteering",
                      "Comisión de la Verdad y Reconciliación", "维基大典", "Ministry officials resign",
                      "Page design for beginners"));

class EmptyTitle : public ::testing::TestWithParam<const char*> {};
TEST_P(EmptyTitle, SaysNothing) { EXPECT_TRUE(SaysNothing(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Titles, EmptyTitle,
                         ::testing::Values("", "  ", "untitled", "Untitled-1", "Sin título", "Document1",
                                           "Documento 3", "Microsoft Word - Informe.doc",
                                           "Microsoft Word - x", "Microsoft PowerPoint - charla.ppt",
                                           "report_final_v2", "informe.docx", "C:\\Users\\ana\\a.doc",
                                           "PowerPoint Presentation", "Presentación de PowerPoint", "Slide 1",
                                           "1", "2023", "IMG_2034", "scan0001", "index", "null",
                                           "http://example.org/", "file:///tmp/a.html", "Layout 1", "...",
                                           "<title>", "doc123", "untitled.indd"));

class GoodTitle : public ::testing::TestWithParam<const char*> {};
TEST_P(GoodTitle, SaysSomething) { EXPECT_FALSE(SaysNothing(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Titles, GoodTitle,
                         ::testing::Values("Informe final", "Perú: la deuda pendiente",
                                           "Documento de trabajo sobre la minería", "World Report 2023",
                                           "Untitled (Portrait of Ross in L.A.)", "Tea", "Ayacucho", "C++",
                                           "東京", "Testing the waters", "Node.js in practice"));

struct BodyCase {
  friend void PrintTo(const BodyCase& shown, std::ostream* out) { *out << shown.name; }
  const char* name;
  const char* body;
  const char* title;
};
class TitleFromBody : public ::testing::TestWithParam<BodyCase> {};
TEST_P(TitleFromBody, IsTheFirstThingThatSaysSomething) {
  EXPECT_EQ(ChooseTitle({.body = GetParam().body, .name = "a.txt"}), GetParam().title);
}
INSTANTIATE_TEST_SUITE_P(
    Bodies, TitleFromBody,
    ::testing::Values(
        BodyCase{"DownloadLineFirst",
                 "Download Joint Statement in PDF here.\nIn just one month since the new government came to "
                 "power, at least 48 civilians "
                 "have been killed in the context of social protests, 41 of them by gunfire. Groups have "
                 "criticized it.\nMore text.\n"
                 "Download Joint Statement in PDF here.",
                 "In just one month since the new government came to power, at least 48 civilians have been "
                 "killed in the context of social…"},
        BodyCase{"SpanishDownloadLine",
                 "Descargar el pronunciamiento en PDF aquí\n\nOrganizaciones exigen una investigación "
                 "independiente. El texto sigue.",
                 "Organizaciones exigen una investigación independiente."},
        BodyCase{"LetterheadAndDate",
                 "MINISTERIO DE JUSTICIA\nLima, 17 de enero de 2023\n\nResolución sobre "
                 "reparaciones\n\nConsiderando…",
                 "Resolución sobre reparaciones"},
        BodyCase{"TitleThenText", "On tea\n\nTea is a drink. It is warm.", "On tea"},
        BodyCase{"AllCapsTitle", "INFORME SOBRE LOS HECHOS DE ACCOMARCA\n\nEl 14 de agosto de 1985 ocurrió.",
                 "INFORME SOBRE LOS HECHOS DE ACCOMARCA"},
        BodyCase{"Underlined", "History of the village\n======================\n\nLong ago.",
                 "History of the village"},
        BodyCase{
            "WrappedParagraph",
            "The organisation asks the authorities to open a prompt\nand impartial inquiry into the events. "
            "Nobody has\nanswered so far.",
            "The organisation asks the authorities to open a prompt and impartial inquiry into the events."},
        BodyCase{"RepeatedHeader",
                 "Boletín semanal\n\nLas lluvias llegan al valle\n\nTexto.\n\nBoletín semanal\n\nMás texto.",
                 "Las lluvias llegan al valle"},
        BodyCase{"OnlyRepeatedLines", "Boletín semanal\n\nBoletín semanal", "Boletín semanal"},
        BodyCase{"Abbreviations", "Dr. Rosa Quispe and the U.S. Embassy in Lima signed it. Then they left.",
                 "Dr. Rosa Quispe and the U.S. Embassy in Lima signed it."},
        BodyCase{"MailHead",
                 "From: Ana <a@example.org>\nDate: Tue, 17 Jan 2023\nSubject: Acta de la reunión\n\nHola.",
                 "Acta de la reunión"},
        BodyCase{"PlainKeyValue", "Note: this is one line only.\n\nThe rest of the text.",
                 "Note: this is one line only."},
        BodyCase{"Tex", "\\documentclass{article}\n\\title{On tea}\n\\begin{document}", "On tea"},
        BodyCase{"Japanese", "日本語の文書を検索する。東京都の天気は晴れです。", "日本語の文書を検索する。"},
        BodyCase{"PageNumberFirst", "1\n\nPage 1 of 3\n\nEl agua y la tierra", "El agua y la tierra"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Title, PrefersMetadataThatSaysSomething) {
  EXPECT_EQ(ChooseTitle({.declared = " Perú:\n la deuda ", .headings = {"Heading"}, .body = "Body"}),
            "Perú: la deuda");
  EXPECT_EQ(ChooseTitle(
                {.declared = "Microsoft Word - a.doc", .headings = {"Contents", "La deuda"}, .body = "Body"}),
            "La deuda");
  EXPECT_EQ(ChooseTitle({.declared = "untitled", .headings = {}, .body = "La deuda pendiente"}),
            "La deuda pendiente");
}

TEST(Title, FallsBackOnTheFileName) {
  EXPECT_EQ(ChooseTitle({.body = "12\n\n2023-01-17", .name = "actas/2023-01-17_acta-de_la+reunion.txt"}),
            "2023-01-17 acta de la reunion");
  EXPECT_EQ(ChooseTitle({.body = "Words of data", .name = "data/points.csv", .prose = false}), "points");
}

TEST(Title, IsCutAtAWordWithAnEllipsis) {
  const std::string title = ChooseTitle(
      {.declared = std::string(40, 'a') + " " + std::string(60, 'b') + " " + std::string(60, 'c')});
  EXPECT_EQ(title, std::string(40, 'a') + " " + std::string(60, 'b') + "…");
  const std::string one_word = ChooseTitle({.declared = std::string(500, 'x') + " y"});
  EXPECT_EQ(one_word.size(), kMaxTitleCharacters - 1 + std::string("…").size());
}

TEST(ReadableName, ReadsLikeWords) {
  EXPECT_EQ(ReadableName("a/b/informe_final-2023.pdf"), "informe final 2023");
  EXPECT_EQ(ReadableName("acta%20de%20reuni%C3%B3n.docx"), "acta de reunión");
  EXPECT_EQ(ReadableName("guide/index.html"), "guide");
  EXPECT_EQ(ReadableName("index.html"), "index");
  EXPECT_EQ(ReadableName(".profile"), ".profile");
  EXPECT_EQ(ReadableName("___.txt"), "___.txt");
  EXPECT_EQ(ReadableName(""), "");
}

}  // namespace
}  // namespace quipu::extract
