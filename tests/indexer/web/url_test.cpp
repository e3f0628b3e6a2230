// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/url.h"

#include <gtest/gtest.h>

namespace quipu::web {
namespace {

struct NormalCase {
  const char* name;
  const char* text;
  const char* normal;  // "": it is no URL for us
};

class NormalForm : public ::testing::TestWithParam<NormalCase> {};

TEST_P(NormalForm, IsTheOneThatPagesAreRememberedBy) {
  const auto url = Url::Parse(GetParam().text);
  EXPECT_EQ(url ? url->text() : "", GetParam().normal);
  if (url) {
    EXPECT_EQ(Url::Parse(url->text())->text(), url->text());
  }
}

constexpr NormalCase kNormal[] = {
    {"Plain", "http://example.org/a", "http://example.org/a"},
    {"EmptyPath", "http://example.org", "http://example.org/"},
    {"QueryWithoutPath", "http://example.org?a=1", "http://example.org/?a=1"},
    {"UpperCase", "HTTP://EXAMPLE.Org/A", "http://example.org/A"},
    {"DefaultPort", "http://example.org:80/", "http://example.org/"},
    {"DefaultPortOfTls", "https://example.org:443/", "https://example.org/"},
    {"OtherPort", "https://example.org:80/", "https://example.org:80/"},
    {"Fragment", "http://example.org/a#b?c", "http://example.org/a"},
    {"DotSegments", "http://example.org/a/./b/../c", "http://example.org/a/c"},
    {"DotsAboveTheRoot", "http://example.org/../../a", "http://example.org/a"},
    {"TrailingDot", "http://example.org./a", "http://example.org/a"},
    {"EscapedLetters", "http://example.org/%7euser/%41", "http://example.org/~user/A"},
    {"EscapesInCapitals", "http://example.org/a%2fb%3f", "http://example.org/a%2Fb%3F"},
    {"LonePercent", "http://example.org/100%", "http://example.org/100%25"},
    {"Space", "http://example.org/a b", "http://example.org/a%20b"},
    {"Utf8", "http://example.org/año?q=é", "http://example.org/a%C3%B1o?q=%C3%A9"},
    {"Idn", "http://bücher.example/", "http://xn--bcher-kva.example/"},
    {"SpaceAround", " \n http://example.org/ \t", "http://example.org/"},
    {"LineBreakInside", "http://example.org/a\nb", "http://example.org/ab"},
    {"V6", "http://[::1]:8080/x", "http://[::1]:8080/x"},
    {"EmptyQuery", "http://example.org/a?", "http://example.org/a"},
    {"QueryKeepsItsOrder", "http://example.org/?b=2&a=1", "http://example.org/?b=2&a=1"},
    {"User", "http://user@example.org/", ""},
    {"UserAndPassword", "http://user:secret@example.org/", ""},
    {"OtherScheme", "ftp://example.org/", ""},
    {"File", "file:///etc/passwd", ""},
    {"Script", "javascript:alert(1)", ""},
    {"Mail", "mailto:a@example.org", ""},
    {"Relative", "/a/b", ""},
    {"NoHost", "http:///a", ""},
    {"BackslashHost", "http://example.org\\@evil.example/", ""},
    {"SpaceInHost", "http://exa mple.org/", ""},
    {"BadPort", "http://example.org:99999/", ""},
    {"Empty", "", ""},
    {"Ipv4", "http://127.0.0.1/", "http://127.0.0.1/"},
    {"NumberIsAnAddress", "http://2130706433/", "http://127.0.0.1/"},
    {"NumberWithADot", "http://1./", ""},
    {"EscapedNumber", "http://0x%41/", ""},
    {"NameWithANumber", "http://a1.b2/", "http://a1.b2/"},
};
INSTANTIATE_TEST_SUITE_P(Table, NormalForm, ::testing::ValuesIn(kNormal),
                         [](const auto& one) { return std::string(one.param.name); });

struct ResolveCase {
  const char* name;
  const char* reference;
  const char* resolved;
};

class Resolving : public ::testing::TestWithParam<ResolveCase> {};

TEST_P(Resolving, IsWhatABrowserDoes) {
  const Url base = *Url::Parse("http://example.org/docs/a.html?x=1");
  const auto url = base.Resolve(GetParam().reference);
  EXPECT_EQ(url ? url->text() : "", GetParam().resolved);
}

constexpr ResolveCase kResolve[] = {
    {"Sibling", "b.html", "http://example.org/docs/b.html"},
    {"Root", "/b", "http://example.org/b"},
    {"Up", "../b", "http://example.org/b"},
    {"Query", "?y=2", "http://example.org/docs/a.html?y=2"},
    {"FragmentOnly", "#top", "http://example.org/docs/a.html?x=1"},
    {"Empty", "", "http://example.org/docs/a.html?x=1"},
    {"OtherHost", "//other.example/c", "http://other.example/c"},
    {"Absolute", "https://other.example/c", "https://other.example/c"},
    {"UrlInQuery", "/go?to=http://other.example/", "http://example.org/go?to=http://other.example/"},
    {"DoubleSlashInPath", "/a//b", "http://example.org/a//b"},
    {"Dot", ".", "http://example.org/docs/"},
    {"SpaceAndUnicode", "años pasados.html", "http://example.org/docs/a%C3%B1os%20pasados.html"},
    {"Script", "javascript:void(0)", ""},
    {"ScriptBroken", " java\nscript:void(0)", ""},
    {"Data", "data:text/html,x", ""},
    {"Telephone", "tel:+123", ""},
};
INSTANTIATE_TEST_SUITE_P(Table, Resolving, ::testing::ValuesIn(kResolve),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Url, TellsItsParts) {
  const Url url = *Url::Parse("https://Example.org:8443/a/b?c=d");
  EXPECT_TRUE(url.https());
  EXPECT_EQ(url.host(), "example.org");
  EXPECT_EQ(url.port(), 8443);
  EXPECT_EQ(url.path(), "/a/b");
  EXPECT_EQ(url.query(), "c=d");
  EXPECT_EQ(url.target(), "/a/b?c=d");
  EXPECT_EQ(url.origin(), "https://example.org:8443");
}

TEST(Url, LosesTheParametersThatAreNamed) {
  const auto without = [](const char* text) {
    return Url::Parse(text)
        ->WithoutParameters([](std::string_view name) { return name.starts_with("utm_"); })
        .text();
  };
  EXPECT_EQ(without("http://a.example/?utm_source=x&id=1&utm_medium=y"), "http://a.example/?id=1");
  EXPECT_EQ(without("http://a.example/?utm_source"), "http://a.example/");
  EXPECT_EQ(without("http://a.example/?id=utm_1"), "http://a.example/?id=utm_1");
}

TEST(Url, IsBoundedInLength) {
  EXPECT_TRUE(Url::Parse("http://a.example/" + std::string(1900, 'x')));
  EXPECT_FALSE(Url::Parse("http://a.example/" + std::string(2000, 'x')));
  EXPECT_FALSE(Url::Parse("http://a.example/" + std::string(1U << 20, 'x')));
}

}  // namespace
}  // namespace quipu::web
