// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/extract/flowed_text.h"
#include "indexer/extract/format.h"
#include "indexer/extract/mailbox.h"
#include "tests/indexer/extract/collected_members.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using testing::ExtractWithMembers;
using ::testing::HasSubstr;
using States = std::map<std::string, State>;

constexpr std::string_view kHead =
    "From: =?utf-8?q?Ana_P=C3=A9rez?= <ana@example.org>\r\n"
    "To: =?iso-8859-1?Q?Jos=E9?= <jose@example.org>\r\n"
    "Cc: bob@example.org\r\n"
    "Subject: =?utf-8?B?SW5mb3JtZSBkZSBsYSBjb21pc2nDs24=?=\r\n"
    "Date: Tue, 17 Jan 2023 10:00:00 -0500\r\n"
    "Message-ID: <1@example.org>\r\n"
    "MIME-Version: 1.0\r\n";

Extracted Read(std::string_view more) {
  return ExtractWithMembers(std::string(kHead) + std::string(more), "a.eml").file;
}

TEST(Mail, GivesItsHeadersDecoded) {
  const Extracted mail = Read("\r\nLa comision se reunio ayer.\r\n");
  EXPECT_EQ(mail.state, State::kIndexed) << mail.reason;
  EXPECT_EQ(mail.document.type, "eml");
  EXPECT_EQ(mail.document.title, "Informe de la comisión");
  EXPECT_EQ(mail.document.date, "2023-01-17T10:00:00-05:00");
  EXPECT_EQ(std::get<std::string>(mail.document.fields.at("author")), "Ana Pérez");
  EXPECT_EQ(std::get<std::string>(mail.document.fields.at("from")), "Ana Pérez <ana@example.org>");
  EXPECT_EQ(
      std::get<std::vector<schema::Scalar>>(mail.document.fields.at("to")),
      (std::vector<schema::Scalar>{std::string("José <jose@example.org>"), std::string("bob@example.org")}));
  EXPECT_EQ(mail.document.body, "La comision se reunio ayer.");
}

struct BodyCase {
  friend void PrintTo(const BodyCase& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string_view mail;
  const char* body;
};
class MailBody : public ::testing::TestWithParam<BodyCase> {};
TEST_P(MailBody, IsItsText) { EXPECT_EQ(Read(GetParam().mail).document.body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, MailBody,
    ::testing::Values(
        BodyCase{"QuotedPrintable",
                 "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
                 "quoted-printable\r\n\r\nLa comisi=F3n se reuni=\r\n=F3 ayer.",
                 "La comisión se reunió ayer."},
        BodyCase{"Base64",
                 "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
                 "base64\r\n\r\nYcOxbw==\r\n",
                 "año"},
        BodyCase{"Html", "Content-Type: text/html\r\n\r\n<p>One <b>two</b><script>x</script><p>three",
                 "One two\n\nthree"},
        BodyCase{"PlainOfAlternatives",
                 "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: "
                 "text/plain\r\n\r\nplain\r\n"
                 "--b\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--b--\r\n",
                 "plain"},
        BodyCase{"HtmlForWantOfPlain",
                 "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: "
                 "text/plain\r\n\r\n \r\n"
                 "--b\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--b--\r\n",
                 "html"},
        BodyCase{"Flowed",
                 "Content-Type: text/plain; format=flowed\r\n\r\nOne line that \r\ngoes on.\r\nAnother.",
                 "One line that goes on.\nAnother."},
        BodyCase{"SubjectForWantOfText", "\r\n", "Informe de la comisión"}),
    [](const auto& tested) { return tested.param.name; });

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (unsigned i = 0; i < 4; ++i) out += at + i > bytes.size() ? '=' : kDigits[bits >> (18 - 6 * i) & 63];
    if (out.size() % 78 == 76) out += "\r\n";
  }
  return out;
}

TEST(Mail, GivesItsAttachmentsAsMembers) {
  const std::string zip = testing::MakeZip({{"in.txt", "zipped words"}});
  const std::string mail =
      std::string(kHead) +
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\nSee the files.\r\n"
      "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; "
      "filename*=utf-8''a%C3%B1o%2F2023.txt\r\n\r\nattached words\r\n"
      "--b\r\nContent-Type: application/zip; name=\"x.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
      Base64(zip) +
      "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\nSubject: inner\r\nDate: Tue, 17 "
      "Jan 2023 10:00:00 -0500\r\nMessage-ID: <2@x>\r\n\r\ninner text\r\n--b--\r\n";
  const auto read = ExtractWithMembers(mail, "a.eml");
  EXPECT_EQ(read.file.document.body, "See the files.");
  EXPECT_EQ(read.members.at("año_2023.txt").document.body, "attached words");
  EXPECT_EQ(read.members.at("x.zip/in.txt").document.body, "zipped words");
  EXPECT_EQ(read.members.at("part-5.eml").document.title, "inner");
}

TEST(Mail, SaysThatItIsEncrypted) {
  EXPECT_EQ(
      Read("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n"
           "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: "
           "application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--\r\n")
          .state,
      State::kEncrypted);
}

TEST(Mail, SurvivesPartsNestedWithoutEnd) {
  std::string mail(kHead);
  for (int i = 0; i < 5000; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    mail.append("Content-Type: multipart/mixed; boundary=").append(boundary).append("\r\n\r\n--");
    mail.append(boundary).append("\r\n");
  }
  EXPECT_NE(ExtractWithMembers(mail, "a.eml").file.state, State::kFailed);
}

TEST(Mail, SurvivesBeingCutAnywhere) {
  const std::string mail =
      std::string(kHead) +
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\ntext\r\n"
      "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nattached\r\n--b--\r\n";
  for (std::size_t size = 0; size < mail.size(); ++size)
    ReadMail({.bytes = std::string_view(mail).substr(0, size), .name = "a.eml"});
}

TEST(Mailbox, GivesEachMessageAsADocument) {
  const auto read = ExtractWithMembers(
      "From a@b Tue Jan 17 10:00:00 2023\nFrom: a@b\nSubject: first\n\nfirst body\n>From here on\nFrom there "
      "too\n\n"
      "From c@d Wed Jan 18 10:00:00 2023\nSubject: second\n\nsecond body\n\nFrom now on it is prose: 12 of "
      "them\n",
      "inbox");
  EXPECT_EQ(read.States(), (States{{"1", State::kIndexed}, {"2", State::kIndexed}}));
  EXPECT_EQ(read.members.at("1").document.title, "first");
  EXPECT_EQ(read.members.at("1").document.body, "first body\nFrom here on\nFrom there too");
  EXPECT_THAT(read.members.at("2").document.body, HasSubstr("prose"));
  EXPECT_EQ(read.file.document.type, "mbox");
  EXPECT_EQ(read.file.document.body, "2 messages");
}

TEST(Mailbox, KnowsItsSeparators) {
  EXPECT_TRUE(IsFromLine("From ana@example.org Tue Jan 17 10:00:00 2023\r\n"));
  EXPECT_TRUE(IsFromLine("From MAILER-DAEMON Fri Jul  8 12:08:34 2011"));
  EXPECT_TRUE(IsFromLine("From ana at example.org  Tue Jan 17 10:00:00 2023 +0100"));
  EXPECT_FALSE(IsFromLine("From now on: nothing"));
  EXPECT_FALSE(IsFromLine("From 10:00 to 12:00 we met"));
  EXPECT_FALSE(IsFromLine(">From ana@example.org Tue Jan 17 10:00:00 2023"));
}

TEST(FlowedText, JoinsLinesOfTheSameQuoteDepth) {
  EXPECT_EQ(JoinFlowedLines("one \ntwo\n> three \n> four\n> five \nsix", false),
            "one two\n> three four\n> five \nsix");
  EXPECT_EQ(JoinFlowedLines("a \nb", true), "ab");
  EXPECT_EQ(JoinFlowedLines("text\n-- \nAna", false), "text\n-- \nAna");
  EXPECT_EQ(JoinFlowedLines(" >not quoted", false), ">not quoted");
}

}  // namespace
}  // namespace quipu::extract
