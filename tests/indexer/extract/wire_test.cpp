// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/wire.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace quipu::extract {
namespace {

using nlohmann::json;

Extracted Sample() {
  Extracted extracted;
  extracted.state = State::kTruncated;
  extracted.reason = "cut";
  extracted.document.title = "Título";
  extracted.document.body = "añb\n\nsecond";
  extracted.document.language = "es";
  extracted.document.date = "2023-01-17";
  extracted.document.type = "pdf";
  extracted.document.fields = {{"author", std::string("Ana")},
                               {"pages", 3.0},
                               {"signed", true},
                               {"tags", std::vector<schema::Scalar>{std::string("a"), 2.0, false}}};
  extracted.document.segments = {{.begin = 0, .page = 1, .anchor = "", .heading = ""},
                                 {.begin = 6, .page = 2, .anchor = "s", .heading = "second"}};
  return extracted;
}

std::string Changed(const std::function<void(json&)>& change) {
  json answer = json::from_cbor(EncodeAnswer({.extracted = Sample()}));
  change(answer);
  const std::vector<std::uint8_t> bytes = json::to_cbor(answer);
  return {bytes.begin(), bytes.end()};
}

TEST(Wire, CarriesAnAnswerWhole) {
  const auto decoded = DecodeAnswer(EncodeAnswer({.extracted = Sample()}));
  ASSERT_TRUE(decoded.ok()) << decoded.error().message;
  const Extracted sample = Sample();
  EXPECT_FALSE(decoded->last);
  EXPECT_EQ(decoded->extracted.state, sample.state);
  EXPECT_EQ(decoded->extracted.reason, sample.reason);
  EXPECT_EQ(decoded->extracted.document.title, sample.document.title);
  EXPECT_EQ(decoded->extracted.document.body, sample.document.body);
  EXPECT_EQ(decoded->extracted.document.language, sample.document.language);
  EXPECT_EQ(decoded->extracted.document.date, sample.document.date);
  EXPECT_EQ(decoded->extracted.document.type, sample.document.type);
  EXPECT_EQ(decoded->extracted.document.fields, sample.document.fields);
  ASSERT_EQ(decoded->extracted.document.segments.size(), 2U);
  EXPECT_EQ(decoded->extracted.document.segments[1].begin, 6U);
  EXPECT_EQ(decoded->extracted.document.segments[1].page, 2U);
  EXPECT_EQ(decoded->extracted.document.segments[1].anchor, "s");
  EXPECT_EQ(decoded->extracted.document.segments[1].heading, "second");
}

TEST(Wire, CarriesMembersAndTheirBeginnings) {
  const auto begun = DecodeAnswer(
      EncodeAnswer({.extracted = {}, .kind = AnswerMessage::Kind::kBegin, .path = "", .number = 7}));
  ASSERT_TRUE(begun.ok());
  EXPECT_EQ(begun->kind, AnswerMessage::Kind::kBegin);
  EXPECT_EQ(begun->number, 7U);
  const auto member = DecodeAnswer(
      EncodeAnswer({.extracted = Sample(), .kind = AnswerMessage::Kind::kMember, .path = "../a/b.txt"}));
  ASSERT_TRUE(member.ok());
  EXPECT_EQ(member->kind, AnswerMessage::Kind::kMember);
  EXPECT_EQ(member->path, "a/b.txt") << "whoever answers does not choose ids freely";
  EXPECT_EQ(member->extracted.document.body, Sample().document.body);
}

TEST(Wire, SaysWhichAnswerIsTheLast) {
  EXPECT_TRUE(DecodeAnswer(EncodeAnswer({.extracted = {}, .last = true}))->last);
}

TEST(Wire, CarriesLinks) {
  Extracted sample;
  sample.links = {.base = "/b", .canonical = "/c", .nofollow = true, .is_feed = true};
  sample.links.links = {{.url = "/1", .date = "2026-01-01", .is_sitemap = true}, {.url = "/2"}};
  const PageLinks links = DecodeAnswer(EncodeAnswer({.extracted = sample}))->extracted.links;
  EXPECT_EQ(links.base, "/b");
  EXPECT_EQ(links.canonical, "/c");
  EXPECT_TRUE(links.nofollow);
  EXPECT_TRUE(links.is_feed);
  ASSERT_EQ(links.links.size(), 2U);
  EXPECT_EQ(links.links[0].url, "/1");
  EXPECT_EQ(links.links[0].date, "2026-01-01");
  EXPECT_TRUE(links.links[0].is_sitemap);
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["links"] = json::array({"x"}); })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["links"] = 5; })).ok());
}

TEST(Wire, CarriesTasksGreetingsAndLayers) {
  const auto task = DecodeTask(EncodeTask({.name = "a.txt", .language = "es", .max_bytes = 5, .time_ms = 7}));
  ASSERT_TRUE(task.ok());
  EXPECT_EQ(task->name, "a.txt");
  EXPECT_EQ(task->language, "es");
  EXPECT_EQ(task->max_bytes, 5U);
  EXPECT_EQ(task->time_ms, 7U);
  EXPECT_EQ(task->wanted, Wanted::kDocument);
  EXPECT_EQ(DecodeTask(EncodeTask({.wanted = Wanted::kUrlList}))->wanted, Wanted::kUrlList);
  EXPECT_EQ(DecodeGreeting(EncodeGreeting({.memory_bytes = 9}))->memory_bytes, 9U);
  const auto layers = DecodeLayers(EncodeLayers({{.name = "seccomp", .active = true, .detail = "d"}}));
  ASSERT_TRUE(layers.ok());
  EXPECT_EQ(layers->at(0).name, "seccomp");
  EXPECT_TRUE(layers->at(0).active);
}

TEST(Wire, RefusesAnswersThatWouldMisleadTheIndex) {
  EXPECT_TRUE(DecodeAnswer(Changed([](json&) {})).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["state"] = 99; })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["state"] = "indexed"; })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a.erase("state"); })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["segments"][1][0] = 4000; })).ok()) << "outside the body";
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["segments"][1][0] = 2; })).ok()) << "inside a character";
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["segments"][0][0] = 7; })).ok()) << "out of order";
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["segments"] = "x"; })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["fields"]["x"] = json::array({json::array()}); })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["fields"] = 5; })).ok());
  EXPECT_FALSE(DecodeAnswer(Changed([](json& a) { a["kind"] = 3; })).ok());
  EXPECT_FALSE(DecodeAnswer("").ok());
  EXPECT_FALSE(DecodeAnswer("\x01").ok());
}

}  // namespace
}  // namespace quipu::extract
