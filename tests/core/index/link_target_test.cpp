// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/link_target.h"

#include <gtest/gtest.h>

namespace quipu::index {
namespace {

struct Link {
  std::string_view base;
  std::string_view link;
  std::string_view target;
};

class LinkTargetTest : public ::testing::TestWithParam<Link> {};

TEST_P(LinkTargetTest, IsWhereTheLinkLeads) {
  EXPECT_EQ(LinkTarget(GetParam().base, GetParam().link), GetParam().target);
}

INSTANTIATE_TEST_SUITE_P(
    Links, LinkTargetTest,
    ::testing::Values(Link{"", "https://Example.org/a/b", "//example.org/a/b"},
                      Link{"", "http://example.org/a/b/#top", "//example.org/a/b"},
                      Link{"https://example.org/en/tea.html", "/es/te.html", "//example.org/es/te.html"},
                      Link{"https://example.org/en/tea.html", "te.html", "//example.org/en/te.html"},
                      Link{"https://example.org/en/tea.html", "../es/./te.html", "//example.org/es/te.html"},
                      Link{"https://example.org/en/", "//other.org/x", "//other.org/x"},
                      Link{"https://example.org/p?a=1", "?l=es", "//example.org/p?l=es"},
                      Link{"https://example.org/p?a=1", "", "//example.org/p?a=1"},
                      Link{"https://example.org", "es", "//example.org/es"},
                      Link{"en/tea.html", "../es/te.html", "/es/te.html"},
                      Link{"", "en/tea.html", "/en/tea.html"}, Link{"a", "../../../x", "/x"},
                      Link{"a", "mailto:x@example.org", ""}, Link{"a", "javascript:alert(1)", ""}));

}  // namespace
}  // namespace quipu::index
