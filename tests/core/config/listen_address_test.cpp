// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/listen_address.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::config {
namespace {

TEST(ListenAddress, ReadsAHostAndItsPort) {
  EXPECT_EQ(ParseListenAddress("127.0.0.1:7700").value(), (ListenAddress{"127.0.0.1", 7700, ""}));
  EXPECT_EQ(ParseListenAddress("localhost:0").value(), (ListenAddress{"localhost", 0, ""}));
  EXPECT_EQ(ParseListenAddress("search.example.org:65535").value(),
            (ListenAddress{"search.example.org", 65535, ""}));
}

TEST(ListenAddress, ReadsAnIpv6AddressInBrackets) {
  EXPECT_EQ(ParseListenAddress("[::1]:7700").value(), (ListenAddress{"::1", 7700, ""}));
  EXPECT_EQ(ParseListenAddress("[::]:80").value(), (ListenAddress{"::", 80, ""}));
}

TEST(ListenAddress, ReadsAUnixSocket) {
  EXPECT_EQ(ParseListenAddress("unix:/run/quipu/searchd.sock").value(),
            (ListenAddress{"", 0, "/run/quipu/searchd.sock"}));
}

class WrongListenAddress : public testing::TestWithParam<std::string> {};

TEST_P(WrongListenAddress, IsRefused) { EXPECT_FALSE(ParseListenAddress(GetParam()).ok()); }

INSTANTIATE_TEST_SUITE_P(Each, WrongListenAddress,
                         testing::Values("", ":", "7700", ":7700", "host", "host:", "host:http", "host:65536",
                                         "host:-1", "host: 80", "ho st:80", "::1:80", "[::1]", "[]:80",
                                         "[host]:80", "[::1]80", "unix:", "unix:/" + std::string(107, 'x'),
                                         "http://host:80", "host:80/"));

}  // namespace
}  // namespace quipu::config
