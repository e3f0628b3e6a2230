// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/network.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::config {
namespace {

struct Case {
  std::string name, network, address;
  bool contains;
};
class Networks : public testing::TestWithParam<Case> {};

TEST_P(Networks, ContainTheirAddresses) {
  const auto network = ParseNetwork(GetParam().network);
  ASSERT_TRUE(network.ok()) << network.error().message;
  const auto address = ParseAddress(GetParam().address);
  ASSERT_TRUE(address);
  EXPECT_EQ(network->Contains(*address), GetParam().contains);
}

INSTANTIATE_TEST_SUITE_P(Table, Networks,
                         testing::Values(Case{"One", "127.0.0.1", "127.0.0.1", true},
                                         Case{"Another", "127.0.0.1", "127.0.0.2", false},
                                         Case{"V4", "10.0.0.0/8", "10.255.0.1", true},
                                         Case{"V4Beyond", "10.0.0.0/8", "11.0.0.1", false},
                                         Case{"V4Mapped", "10.0.0.0/8", "::ffff:10.0.0.1", true},
                                         Case{"OddBits", "192.0.2.128/25", "192.0.2.200", true},
                                         Case{"OddBitsBeyond", "192.0.2.128/25", "192.0.2.100", false},
                                         Case{"V6", "2001:db8::/32", "2001:db8:ffff::1", true},
                                         Case{"V6Beyond", "2001:db8::/32", "2001:db9::1", false},
                                         Case{"AllV4", "0.0.0.0/0", "203.0.113.7", true},
                                         Case{"AllV4NoV6", "0.0.0.0/0", "::1", false},
                                         Case{"AllV6", "::/0", "2001:db8::1", true},
                                         Case{"AllV6NoV4", "::/0", "203.0.113.7", false},
                                         Case{"Mapped", "::ffff:0:0/96", "203.0.113.7", true},
                                         Case{"Unix", "unix", "127.0.0.1", false}),
                         [](const auto& tested) { return tested.param.name; });

TEST(ParseNetwork, RefusesWhatIsNone) {
  for (const std::string wrong :
       {"", "localhost", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.1/8", "10.0.0.0/8/8",
        "10.0.0", "fe80::1%eth0", "[::1]", "10.0.0.0/8x"})
    EXPECT_FALSE(ParseNetwork(wrong).ok()) << wrong;
  EXPECT_FALSE(ParseAddress(std::string_view("1.2.3.4\0", 8)));
}

}  // namespace
}  // namespace quipu::config
