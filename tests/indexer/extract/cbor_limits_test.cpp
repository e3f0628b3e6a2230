// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/cbor_limits.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace quipu::extract {
namespace {

using nlohmann::json;
using namespace std::string_view_literals;

std::string Cbor(const json& value) {
  const std::vector<std::uint8_t> bytes = json::to_cbor(value);
  return {bytes.begin(), bytes.end()};
}

TEST(CborLimits, LetPassWhatAnEncoderWrites) {
  for (const char* text :
       {"{}", "[]", "null", "true", "-5", "3.25", "70000", R"({"a":[1,"ñ",null,{"b":5000000000}]})"}) {
    EXPECT_TRUE(CborWithinLimits(Cbor(json::parse(text)), {})) << text;
  }
}

TEST(CborLimits, RefuseWhatIsTooDeepOrTooMuch) {
  EXPECT_FALSE(CborWithinLimits(Cbor(json::parse("[[[[[1]]]]]")), {}));
  EXPECT_TRUE(CborWithinLimits(Cbor(json::parse("[1,2,3]")), {.max_values = 4}));
  EXPECT_FALSE(CborWithinLimits(Cbor(json::parse("[1,2,3,4]")), {.max_values = 4}));
}

TEST(CborLimits, RefuseWhatAParserCouldStumbleOver) {
  EXPECT_FALSE(CborWithinLimits("", {}));
  EXPECT_FALSE(CborWithinLimits("\x01\x01"sv, {})) << "two items";
  EXPECT_FALSE(CborWithinLimits("\x61\xFF"sv, {})) << "text that is not UTF-8";
  EXPECT_FALSE(CborWithinLimits("\x41\x61"sv, {})) << "a byte string";
  EXPECT_FALSE(CborWithinLimits("\xC0\x61\x61"sv, {})) << "a tag";
  EXPECT_FALSE(CborWithinLimits("\x9F\xFF"sv, {})) << "an indefinite array";
  EXPECT_FALSE(CborWithinLimits(std::string(100000, '\x7F'), {})) << "indefinite text inside indefinite text";
  EXPECT_FALSE(CborWithinLimits("\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv, {}))
      << "an array longer than the message";
  EXPECT_FALSE(CborWithinLimits("\x7B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv, {}))
      << "a text longer than the message";
  EXPECT_FALSE(CborWithinLimits("\xA1\x01\x01"sv, {})) << "a key that is no text";
}

}  // namespace
}  // namespace quipu::extract
