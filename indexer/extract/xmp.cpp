// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/xmp.h"

#include "indexer/extract/reading.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

/// Values stand in rdf:li inside the property, or directly in it, or (dates) as an attribute of
/// rdf:Description.
class XmpHandler : public XmlHandler {
 public:
  explicit XmpHandler(XmpMetadata& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "Description") Keep(out_.date, attributes.Get("CreateDate"));
    if (IsProperty(name)) property_ = name;
    text_.clear();
  }

  void End(std::string_view name) override {
    if (name == "li" || name == property_) Store();
    if (name == property_) property_.clear();
    text_.clear();
  }

  void Text(std::string_view text) override {
    if (!property_.empty() && text_.size() < kMaxFieldBytes) text_ += text;
  }

 private:
  static bool IsProperty(std::string_view name) {
    return name == "title" || name == "description" || name == "creator" || name == "subject" ||
           name == "language" || name == "CreateDate" || name == "date";
  }

  static void Keep(std::string& field, std::string_view value) {
    if (field.empty()) field = TidyLine(value, kMaxFieldBytes);
  }

  void Store() {
    const std::string value = TidyLine(text_, kMaxFieldBytes);
    if (value.empty()) return;
    if (property_ == "title") Keep(out_.title, value);
    if (property_ == "description") Keep(out_.description, value);
    if (property_ == "language") Keep(out_.language, value);
    if (property_ == "CreateDate" || property_ == "date") Keep(out_.date, value);
    if (property_ == "creator" && out_.authors.size() < kMaxFieldValues) out_.authors.push_back(value);
    if (property_ == "subject" && out_.subjects.size() < kMaxFieldValues) out_.subjects.push_back(value);
  }

  XmpMetadata& out_;
  std::string property_;
  std::string text_;
};

}  // namespace

XmpMetadata ParseXmp(std::string_view packet) {
  XmpMetadata metadata;
  if (packet.empty()) return metadata;
  XmpHandler handler(metadata);
  ParseXml(packet, handler);
  return metadata;
}

}  // namespace quipu::extract
