// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "searchd/http/content_coding.h"

namespace quipu::test {
namespace {

std::string Unpacked(const std::string& packed) {
  std::string text(1 << 20, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return "";
  std::string in = packed;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int ended = inflate(&stream, Z_FINISH);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return ended == Z_STREAM_END ? text : "";
}

http::Request Taking(const std::string& codings) {
  http::Request request;
  if (!codings.empty()) request.headers["accept-encoding"] = codings;
  return request;
}

http::Response Answer(const std::string& type = "application/json", std::size_t bytes = 4096) {
  http::Response response;
  response.content_type = type;
  response.body = std::string(bytes, 'a');
  return response;
}

std::string HeaderOf(const http::Response& response, const std::string& name) {
  std::string all;
  for (const auto& [key, value] : response.headers) {
    if (key == name) all += (all.empty() ? "" : ", ") + value;
  }
  return all;
}

TEST(Compress, PacksTextForWhoTakesIt) {
  http::Response response = Answer();
  Compress(Taking("br, gzip;q=0.8"), response);
  EXPECT_EQ(HeaderOf(response, "Content-Encoding"), "gzip");
  EXPECT_EQ(HeaderOf(response, "Vary"), "Accept-Encoding");
  EXPECT_LT(response.body.size(), 200U);
  EXPECT_EQ(Unpacked(response.body), std::string(4096, 'a'));
}

TEST(Compress, TellsCachesAlsoWhereItDoesNotPack) {
  http::Response response = Answer();
  Compress(Taking("gzip;q=0"), response);
  EXPECT_EQ(HeaderOf(response, "Content-Encoding"), "");
  EXPECT_EQ(HeaderOf(response, "Vary"), "Accept-Encoding");
  EXPECT_EQ(response.body, std::string(4096, 'a'));
}

TEST(Compress, NamesWhatVariesOnce) {
  http::Response response = Answer();
  response.headers.emplace_back("Vary", "Origin");
  Compress(Taking(""), response);
  Compress(Taking(""), response);
  EXPECT_EQ(HeaderOf(response, "Vary"), "Origin, Accept-Encoding");
}

TEST(Compress, LeavesPicturesShortAndPackedBodies) {
  for (const auto& [type, bytes] : {std::pair("image/png", 4096), std::pair("application/json", 1023)}) {
    http::Response response = Answer(type, static_cast<std::size_t>(bytes));
    Compress(Taking("gzip"), response);
    EXPECT_TRUE(response.headers.empty()) << type;
    EXPECT_EQ(response.body.size(), static_cast<std::size_t>(bytes));
  }
  http::Response packed = Answer("text/javascript");
  packed.headers.emplace_back("Content-Encoding", "gzip");
  Compress(Taking("gzip"), packed);
  EXPECT_EQ(packed.body, std::string(4096, 'a'));
}

}  // namespace
}  // namespace quipu::test
