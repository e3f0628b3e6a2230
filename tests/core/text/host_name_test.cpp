// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/host_name.h"

#include <gtest/gtest.h>

namespace quipu::text {
namespace {

TEST(AsciiHost, IsWhatTheDnsKnows) {
  EXPECT_EQ(AsciiHost("bücher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(AsciiHost("BÜCHER.Example"), "xn--bcher-kva.example");
  EXPECT_EQ(AsciiHost("straße.example"), "xn--strae-oqa.example");
  EXPECT_EQ(AsciiHost("例え.テスト"), "xn--r8jz45g.xn--zckzah");
}

TEST(AsciiHost, RefusesWhatIsNoName) {
  EXPECT_FALSE(AsciiHost("\xFF.example"));
  EXPECT_FALSE(AsciiHost("xn--\xC3\xBC.example"));
  EXPECT_FALSE(AsciiHost(std::string(300, 'x') + "ü"));
}

}  // namespace
}  // namespace quipu::text
