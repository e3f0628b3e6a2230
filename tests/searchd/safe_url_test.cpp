// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/safe_url.h"

#include <gtest/gtest.h>

namespace quipu::searchd {
namespace {

struct Case {
  std::string name, url;
};
std::string Name(const testing::TestParamInfo<Case>& info) { return info.param.name; }

class LinkedUrl : public testing::TestWithParam<Case> {};
TEST_P(LinkedUrl, StaysAsItIs) { EXPECT_EQ(SafeUrl(GetParam().url), GetParam().url); }
INSTANTIATE_TEST_SUITE_P(Table, LinkedUrl,
                         testing::Values(Case{"Https", "https://example.org/a?b=c#d"},
                                         Case{"HttpInCapitals", "HTTP://example.org/"},
                                         Case{"Relative", "informe 2023.pdf"},
                                         Case{"RelativeWithColon", "2023/a:b.html"}, Case{"Rooted", "/a"},
                                         Case{"OtherHost", "//example.org/a"},
                                         Case{"TextFragment", "a.html#:~:text=fuerza"},
                                         Case{"Query", "?q=a:b"}),
                         Name);

class UnlinkedUrl : public testing::TestWithParam<Case> {};
TEST_P(UnlinkedUrl, IsDropped) { EXPECT_EQ(SafeUrl(GetParam().url), ""); }
INSTANTIATE_TEST_SUITE_P(Table, UnlinkedUrl,
                         testing::Values(Case{"Empty", ""}, Case{"Script", "javascript:alert(1)"},
                                         Case{"ScriptInCapitals", "JaVaScRiPt:alert(1)"},
                                         Case{"ScriptAfterSpace", " javascript:alert(1)"},
                                         Case{"ScriptWithTab", "java\tscript:alert(1)"},
                                         Case{"ScriptWithNewline", "java\nscript:alert(1)"},
                                         Case{"ScriptAfterControl", "\x01javascript:alert(1)"},
                                         Case{"Data", "data:text/html,<script>alert(1)</script>"},
                                         Case{"File", "file:///etc/passwd"}, Case{"VbScript", "vbscript:x"},
                                         Case{"Blob", "blob:https://example.org/1"}, Case{"NoScheme", ":a"},
                                         Case{"Ftp", "ftp://example.org/"}),
                         Name);

}  // namespace
}  // namespace quipu::searchd
