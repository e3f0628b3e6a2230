// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/docx_styles.h"

#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxStyles = 10000;
constexpr int kMaxBases = 10;

}  // namespace

class DocxStylesHandler : public XmlHandler {
 public:
  explicit DocxStylesHandler(DocxStyles& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    const std::string_view value = attributes.Get("val");
    if (name == "style") {
      const bool paragraph = attributes.Get("type") == "paragraph" && out_.styles_.size() < kMaxStyles;
      style_ = paragraph ? &out_.styles_[std::string(attributes.Get("styleId").substr(0, 256))] : nullptr;
    }
    if (style_ == nullptr) return;
    if (name == "name" && IsHeadingName(value)) style_->heading = true;
    if (name == "basedOn") style_->based_on = value.substr(0, 256);
    if (name == "outlineLvl" && IsOutlineLevel(value)) style_->heading = true;
  }
  void End(std::string_view name) override {
    if (name == "style") style_ = nullptr;
  }
  void Text(std::string_view /*text*/) override {}

 private:
  DocxStyles& out_;
  DocxStyles::Style* style_ = nullptr;
};

DocxStyles::DocxStyles(std::string_view xml) {
  DocxStylesHandler handler(*this);
  if (!xml.empty()) ParseXml(xml, handler);
}

bool DocxStyles::IsHeading(std::string_view style_id) const {
  auto style = styles_.find(style_id);
  if (style == styles_.end()) return IsHeadingName(style_id);
  for (int hops = 0; style != styles_.end() && hops < kMaxBases; ++hops) {
    if (style->second.heading) return true;
    style = styles_.find(style->second.based_on);
  }
  return false;
}

bool IsHeadingName(std::string_view name) {
  std::string lower;
  for (const char c : name.substr(0, 64))
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower == "title" || lower.substr(0, 8) == "heading " ||
         (lower.size() == 8 && lower.substr(0, 7) == "heading" && lower[7] >= '1' && lower[7] <= '9');
}

bool IsOutlineLevel(std::string_view value) {
  return value.size() == 1 && value[0] >= '0' && value[0] <= '8';
}

}  // namespace quipu::extract
