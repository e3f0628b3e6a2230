// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/xml_parser.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::extract {
namespace {

class Trace : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    told += "<" + std::string(name);
    if (attributes.Has("val")) told += " " + std::string(attributes.Get("val"));
    told += ">";
  }
  void End(std::string_view name) override { told += "</" + std::string(name) + ">"; }
  void Text(std::string_view text) override { told += text; }
  std::string told;
};

TEST(XmlParser, TellsNamesWithoutPrefixes) {
  Trace trace;
  EXPECT_EQ(ParseXml("<?xml version='1.0'?><w:p w:val='1'>a &amp; b<![CDATA[<c>]]></w:p>", trace),
            XmlEnd::kComplete);
  EXPECT_EQ(trace.told, "<p 1>a & b<c></p>");
}

TEST(XmlParser, TellsWhatCameBeforeAFault) {
  Trace trace;
  EXPECT_EQ(ParseXml("<a><b>text</b><c></a>", trace), XmlEnd::kMalformed);
  EXPECT_EQ(trace.told.substr(0, 14), "<a><b>text</b>");
}

TEST(XmlParser, DoesNotExpandEntities) {
  Trace trace;
  ParseXml("<!DOCTYPE a [<!ENTITY x 'expanded'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&x;&f;</a>",
           trace);
  EXPECT_EQ(trace.told.find("expanded"), std::string::npos);
  EXPECT_EQ(trace.told.find("root"), std::string::npos);
}

TEST(XmlParser, BoundsDepth) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  Trace trace;
  EXPECT_EQ(ParseXml(deep, trace), XmlEnd::kTooDeep);
}

}  // namespace
}  // namespace quipu::extract
