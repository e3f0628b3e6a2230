// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/xlsx_parts.h"

#include <charconv>

#include "indexer/extract/xml_parser.h"

namespace quipu::extract {

class XlsxStringsHandler : public XmlHandler {
 public:
  explicit XlsxStringsHandler(XlsxStrings& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "t") in_text_ = !phonetic_;
    if (name == "rPh") phonetic_ = true;
  }
  void End(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "si" && out_.ends_.size() < XlsxStrings::kMaxStrings)
      out_.ends_.push_back(static_cast<std::uint32_t>(out_.bytes_.size()));
  }
  void Text(std::string_view text) override {
    if (in_text_ && out_.bytes_.size() + text.size() <= XlsxStrings::kMaxBytes) out_.bytes_ += text;
  }

 private:
  XlsxStrings& out_;
  bool in_text_ = false;
  bool phonetic_ = false;
};

XlsxStrings::XlsxStrings(std::string_view xml) {
  XlsxStringsHandler handler(*this);
  ParseXml(xml, handler);
}

std::string_view XlsxStrings::Get(std::size_t number) const {
  if (number >= ends_.size()) return {};
  const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
  return std::string_view(bytes_).substr(begin, ends_[number] - begin);
}

class XlsxStylesHandler : public XmlHandler {
 public:
  explicit XlsxStylesHandler(XlsxStyles& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") in_styles_ = true;
    if (name == "numFmt" && out_.formats_.size() < XlsxStyles::kMaxStyles)
      out_.formats_[ToNumber(attributes.Get("numFmtId"))] = ParseNumberFormat(attributes.Get("formatCode"));
    if (name == "xf" && in_styles_ && out_.styles_.size() < XlsxStyles::kMaxStyles)
      out_.styles_.push_back(ToNumber(attributes.Get("numFmtId")));
  }
  void End(std::string_view name) override {
    if (name == "cellXfs") in_styles_ = false;
  }
  void Text(std::string_view /*text*/) override {}

 private:
  XlsxStyles& out_;
  bool in_styles_ = false;
};

XlsxStyles::XlsxStyles(std::string_view xml) {
  XlsxStylesHandler handler(*this);
  ParseXml(xml, handler);
}

NumberFormat XlsxStyles::Get(std::size_t style) const {
  if (style >= styles_.size()) return {};
  const auto found = formats_.find(styles_[style]);
  return found == formats_.end() ? BuiltInFormat(styles_[style]) : found->second;
}

namespace {

class WorkbookHandler : public XmlHandler {
 public:
  explicit WorkbookHandler(XlsxWorkbook& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    constexpr std::size_t kMaxName = 512;
    if (name == "sheet" && out_.sheets.size() < XlsxWorkbook::kMaxSheets) {
      out_.sheets.push_back({.name = std::string(attributes.Get("name").substr(0, kMaxName)),
                             .relation = std::string(attributes.GetPrefixed("id").substr(0, kMaxName))});
    }
    const std::string_view epoch = attributes.Get("date1904");
    if (name == "workbookPr") out_.from_1904 = epoch == "1" || epoch == "true";
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}

 private:
  XlsxWorkbook& out_;
};

}  // namespace

XlsxWorkbook::XlsxWorkbook(std::string_view xml) {
  WorkbookHandler handler(*this);
  ParseXml(xml, handler);
}

std::uint32_t ToNumber(std::string_view digits) {
  std::uint32_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc::result_out_of_range ? 0xFFFFFFFF : value;
}

}  // namespace quipu::extract
