// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"

namespace quipu::extract {
namespace {

Reading Read(std::string_view text) { return ReadLatex({.bytes = text, .name = "a.tex"}); }

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  const char* markup;
  const char* body;
};
class LatexBody : public ::testing::TestWithParam<Case> {};
TEST_P(LatexBody, IsWhatAReaderSees) { EXPECT_EQ(Read(GetParam().markup).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, LatexBody,
    ::testing::Values(
        Case{"Paragraphs", "one\ntwo\n\nthree\\par four", "one two\n\nthree\n\nfour"},
        Case{"Commands", "a \\emph{b} \\textbf{c \\textit{d}} {\\bfseries e}", "a b c d e"},
        Case{"Comment", "a % hidden\nb 5\\% c", "a b 5% c"},
        Case{"Accents", "Jos\\'e, ni\\~no, \\\"{u}ber, fa\\c{c}ade, \\'{\\i}", "José, niño, über, façade, í"},
        Case{"Signs", "``a'' -- b---c~d \\ldots", "“a” – b—c d …"},
        Case{"References", "see \\cite[p.~3]{x} and \\ref{y}\\label{z} end", "see and end"},
        Case{"Links", "\\href{https://example.org}{Quipu} \\url{https://a.b}", "Quipu https://a.b"},
        Case{"Footnote", "a\\footnote{b \\emph{c}} d", "a (b c) d"},
        Case{"Math", "so $E = mc^2$ and \\begin{equation}\\frac{\\alpha}{2}\\end{equation} end",
             "so E = mc^2 and\n\nfrac alpha 2\n\nend"},
        Case{"List", "\\begin{itemize}\\item one \\item two\\end{itemize}", "one\ntwo"},
        Case{"Table", "\\begin{tabular}{ll}a & b \\\\ c & d\\end{tabular}", "a b\nc d"},
        Case{"Verbatim", "\\begin{verbatim}\n\\x{1}\n  y\n\\end{verbatim}\nend", "\\x{1}\n  y\n\nend"},
        Case{"Picture", "a\\begin{tikzpicture}\\draw (0,0);\\end{tikzpicture}b", "a\n\nb"},
        Case{"Definition", "\\newcommand{\\x}[1]{hidden #1}\\def\\y#1{also}text", "text"},
        Case{"Graphics", "\\includegraphics[width=3cm]{a.png}\\caption{A hill}", "A hill"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Latex, ReadsWhatTheDocumentSaysOfItself) {
  const Reading reading = Read(
      "\\documentclass[12pt]{article}\n\\usepackage{x}\n\\title{On \\emph{tea}}\n\\author{Ana Ruiz \\and Bo "
      "Li}\n"
      "\\date{17 January 2023}\n\\begin{document}\n\\maketitle\n\\begin{abstract}Leaves.\\end{abstract}\n"
      "\\section*{One}\ntext\n\\subsection[short]{Two}\nmore\n\\end{document}\nnot this");
  EXPECT_EQ(reading.title, "On tea");
  EXPECT_EQ(reading.date, "17 January 2023");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("author")),
            (std::vector<schema::Scalar>{std::string("Ana Ruiz"), std::string("Bo Li")}));
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "Leaves.");
  EXPECT_EQ(reading.body, "Leaves.\n\nOne\n\ntext\n\nTwo\n\nmore");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[1].heading, "Two");
}

TEST(Latex, SurvivesArgumentsWithoutEnd) {
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "\\footnote{\\section{";
  Read(deep);
  Read(std::string(200000, '{'));
  Read("\\begin{verbatim}");
  Read("\\");
}

}  // namespace
}  // namespace quipu::extract
