// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/framing.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace quipu::http {
namespace {

using Step = Framing::Step;

struct Refused {
  const char* name;
  std::string bytes;
  int status;
};
void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

std::string Lines(const std::string& lines) { return "GET / HTTP/1.1\r\n" + lines + "\r\n"; }
std::string Posted(const std::string& lines) { return "POST / HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n"; }

std::vector<Refused> RefusedRequestLines() {
  using namespace std::string_literals;
  return {
      {"NoVersion", "GET /\r\nHost: h\r\n\r\n", 400},
      {"NoTarget", "GET  HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"NoBlank", "GET\r\nHost: h\r\n\r\n", 400},
      {"TwoBlanks", "GET /a  HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"BlankInTarget", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"TabForBlank", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"BlankAfterVersion", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400},
      {"LongMethod", std::string(33, 'G') + " / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"MethodWithColon", "GE:T / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"LowerCaseProtocol", "GET / http/1.1\r\nHost: h\r\n\r\n", 400},
      {"LongVersion", "GET / HTTP/1.10\r\nHost: h\r\n\r\n", 400},
      {"NoMinorVersion", "GET / HTTP/1\r\nHost: h\r\n\r\n", 400},
      {"Http2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505},
      {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"Http09", "GET /\r\n\r\n", 400},
      {"Fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"NulInTarget", "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n"s, 400},
      {"TlsHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
      {"BlankFirst", " GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
  };
}

std::vector<Refused> RefusedHeaderLines() {
  using namespace std::string_literals;
  return {
      {"BareLineFeeds", "GET / HTTP/1.1\nHost: h\n\n", 400},
      {"BareLineFeedInHeader", Lines("Host: h\nX: y\r\n"), 400},
      {"BareCarriageReturn", Lines("Host: h\r\nX: a\rb\r\n"), 400},
      {"OnlyLineFeed", "\n", 400},
      {"ManyBlankLines", "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"FoldedHeader", Lines("Host: h\r\nX: a\r\n b\r\n"), 400},
      {"FoldedFirstHeader", Lines(" Host: h\r\n"), 400},
      {"BlankBeforeColon", Lines("Host : h\r\n"), 400},
      {"NoColon", Lines("Host: h\r\nnonsense\r\n"), 400},
      {"EmptyName", Lines("Host: h\r\n: x\r\n"), 400},
      {"NulInValue", Lines("Host: h\r\nX: a\0b\r\n"s), 400},
      {"NulInName", Lines("Host: h\r\nX\0: ab\r\n"s), 400},
      {"BellInValue", Lines("Host: h\r\nX: a\x07\r\n"), 400},
      {"DeleteInValue", Lines("Host: h\r\nX: a\x7f\r\n"), 400},
      {"NoHost", Lines("X: y\r\n"), 400},
      {"TwoHosts", Lines("Host: h\r\nHost: h\r\n"), 400},
      {"TwoHostsInHttp10", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"HostWithPath", Lines("Host: h/x\r\n"), 400},
      {"HostWithUser", Lines("Host: a@b\r\n"), 400},
      {"HostWithBlank", Lines("Host: a b\r\n"), 400},
  };
}

std::vector<Refused> RefusedBodies() {
  return {
      {"NoLength", Posted(""), 411},
      {"Chunked", Posted("Transfer-Encoding: chunked\r\n"), 411},
      {"ChunkedGet", Lines("Host: h\r\nTransfer-Encoding: chunked\r\n"), 411},
      {"ChunkedAndLength", Posted("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"LengthAndOddlySpelledChunked", Posted("Transfer-encoding: xchunked\r\nContent-Length: 5\r\n"), 400},
      {"TwoLengths", Posted("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"SameLengthTwice", Posted("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"LengthList", Posted("Content-Length: 5, 5\r\n"), 400},
      {"SignedLength", Posted("Content-Length: +5\r\n"), 400},
      {"NegativeLength", Posted("Content-Length: -5\r\n"), 400},
      {"HexLength", Posted("Content-Length: 0x5\r\n"), 400},
      {"EmptyLength", Posted("Content-Length:\r\n"), 400},
      {"BlankInLength", Posted("Content-Length: 1 0\r\n"), 400},
      {"HugeLength", Posted("Content-Length: 99999999999999999999999999\r\n"), 413},
      {"OneByteTooMuch", Posted("Content-Length: 1001\r\n"), 413},
      {"GzipBody", Posted("Content-Length: 5\r\nContent-Encoding: gzip\r\n"), 415},
      {"UnknownExpectation", Posted("Content-Length: 5\r\nExpect: tea\r\n"), 417},
  };
}

std::vector<Refused> RefusedSizes() {
  return {
      {"TooManyHeaders",
       Lines("Host: h\r\n" +
             [] {
               std::string s;
               for (int i = 0; i < 20; ++i) s += "a: b\r\n";
               return s;
             }()),
       431},
      {"LongHeader", Lines("Host: h\r\nX: " + std::string(3000, 'x') + "\r\n"), 431},
      {"LongUri", "GET /" + std::string(500, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"EndlessUri", "GET /" + std::string(5000, 'x'), 414},
      {"EndlessHeader", "GET / HTTP/1.1\r\nX: " + std::string(5000, 'x'), 431},
  };
}

std::vector<Refused> RefusedRequests() {
  std::vector<Refused> all;
  for (const auto& part : {RefusedRequestLines(), RefusedHeaderLines(), RefusedBodies(), RefusedSizes()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

HeadLimits SmallLimits() {
  return {.max_header_bytes = 2048, .max_headers = 20, .max_uri_bytes = 400, .max_body_bytes = 1000};
}

class RefusedRequest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRequest, IsRefusedWithItsStatus) {
  Framing framing(SmallLimits());
  ASSERT_EQ(framing.Advance(GetParam().bytes), Step::kRefused);
  EXPECT_EQ(framing.refusal().status, GetParam().status) << framing.refusal().error.message;
}

TEST_P(RefusedRequest, IsRefusedAlikeByteByByte) {
  Framing framing(SmallLimits());
  Step step = Step::kMore;
  std::string input;
  for (const char byte : GetParam().bytes) {
    input.push_back(byte);
    if ((step = framing.Advance(input)) != Step::kMore) break;
  }
  ASSERT_EQ(step, Step::kRefused);
  EXPECT_EQ(framing.refusal().status, GetParam().status) << framing.refusal().error.message;
}

INSTANTIATE_TEST_SUITE_P(Requests, RefusedRequest, testing::ValuesIn(RefusedRequests()),
                         [](const auto& tested) { return std::string(tested.param.name); });

struct Accepted {
  const char* name;
  std::string bytes;
};
void PrintTo(const Accepted& accepted, std::ostream* out) { *out << accepted.name; }

class AcceptedRequest : public testing::TestWithParam<Accepted> {};

TEST_P(AcceptedRequest, IsCompleteAtItsLastByteOnly) {
  const std::string& bytes = GetParam().bytes;
  Framing framing(SmallLimits());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy each time: the views into an earlier one must not be used.
    const std::string part = bytes.substr(0, size);
    ASSERT_EQ(framing.Advance(part), Step::kMore)
        << "at byte " << size << ": " << framing.refusal().error.message;
  }
  ASSERT_EQ(framing.Advance(bytes), Step::kComplete) << framing.refusal().error.message;
  EXPECT_EQ(framing.size(), bytes.size());
}

INSTANTIATE_TEST_SUITE_P(
    Requests, AcceptedRequest,
    testing::Values(
        Accepted{"Get", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
        Accepted{"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
        Accepted{"Ipv6Host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"},
        Accepted{"Http10", "GET / HTTP/1.0\r\n\r\n"},
        Accepted{"BlankLineFirst", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},
        Accepted{"Body", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345"},
        Accepted{"BodyOfGet", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345"},
        Accepted{"EmptyBody", "POST / HTTP/1.1\r\nHost: h\r\ncontent-length: 0\r\n\r\n"},
        Accepted{"PaddedLength", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \t 002 \r\n\r\n12"},
        Accepted{"LargestBody",
                 "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x')},
        Accepted{"IdentityCoding",
                 "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Encoding: identity\r\n\r\n1"},
        Accepted{"HighBytesInValue", "GET / HTTP/1.1\r\nHost: h\r\nX: caf\xc3\xa9\r\n\r\n"},
        Accepted{"EmptyValue", "GET / HTTP/1.1\r\nHost: h\r\nX:\r\n\r\n"},
        Accepted{"UnknownMethod", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n"},
        Accepted{"LongestMethod",
                 std::string(32, 'G') + " /" + std::string(399, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n"},
        Accepted{"LaterMinorVersion", "GET / HTTP/1.2\r\nHost: h\r\n\r\n"},
        Accepted{"LongestUri", "GET /" + std::string(399, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n"},
        Accepted{"AbsoluteForm", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Framing, SplitsAPipelineWhereTheRequestsEnd) {
  const std::string first = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  const std::string second = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string both = first + second;
  Framing framing(SmallLimits());
  ASSERT_EQ(framing.Advance(both), Step::kComplete);
  EXPECT_EQ(framing.head().target, "/a");
  EXPECT_EQ(framing.body(), "abc");
  EXPECT_EQ(framing.size(), first.size());
  framing.Next();
  ASSERT_EQ(framing.Advance(std::string_view(both).substr(first.size())), Step::kComplete);
  EXPECT_EQ(framing.head().target, "/b");
  EXPECT_EQ(framing.body(), "");
}

TEST(Framing, RefusesAnotherProtocolByItsFirstLine) {
  Framing framing(SmallLimits());
  EXPECT_EQ(framing.Advance("EHLO mail.example\r\n"), Step::kRefused);
  EXPECT_EQ(framing.refusal().status, 400);
}

TEST(Framing, TellsAnExpectationOnce) {
  Framing framing(SmallLimits());
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n";
  ASSERT_EQ(framing.Advance(head), Step::kMore);
  EXPECT_TRUE(framing.TakeExpectation());
  EXPECT_FALSE(framing.TakeExpectation());
  EXPECT_EQ(framing.Advance(head + "abc"), Step::kComplete);
}

TEST(Framing, IgnoresAnExpectationOfHttp10) {
  Framing framing(SmallLimits());
  ASSERT_EQ(framing.Advance("POST / HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"),
            Step::kMore);
  EXPECT_FALSE(framing.TakeExpectation());
}

}  // namespace
}  // namespace quipu::http
