// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/office_metadata.h"

#include <map>
#include <string>
#include <vector>

#include "indexer/extract/utf8.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

/// The text of each element, by its name.
class Collector : public XmlHandler {
 public:
  void Start(std::string_view /*name*/, const XmlAttributes& /*attributes*/) override { text_.clear(); }
  void End(std::string_view name) override {
    std::string value = TidyLine(text_, kMaxFieldBytes);
    text_.clear();
    std::vector<std::string>& known = values_[std::string(name)];
    if (!value.empty() && known.size() < kMaxFieldValues) known.push_back(std::move(value));
  }
  void Text(std::string_view text) override {
    if (text_.size() < kMaxFieldBytes) text_ += text;
  }

  std::string First(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto found = values_.find(name);
      if (found != values_.end() && !found->second.empty()) return found->second.front();
    }
    return "";
  }
  std::vector<std::string> All(const char* name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
  std::string text_;
};

}  // namespace

void ReadOfficeMetadata(std::string_view xml, Reading& reading) {
  if (xml.empty()) return;
  Collector found;
  ParseXml(xml, found);
  reading.title = found.First({"title"});
  reading.date = found.First({"created", "creation-date", "modified", "date"});
  reading.language = found.First({"language"});
  reading.SetField("author", found.First({"initial-creator", "creator"}));
  reading.SetField("description", found.First({"description", "subject"}));
  std::vector<std::string> tags = found.All("keyword");
  for (std::string& tag : SplitKeywords(found.First({"keywords"}))) tags.push_back(std::move(tag));
  reading.SetList("tags", tags);
}

}  // namespace quipu::extract
