// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/ooxml_relations.h"

#include <algorithm>
#include <utility>

#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxName = 1024;

class RelationHandler : public XmlHandler {
 public:
  RelationHandler(std::string_view part, std::vector<OoxmlRelation>& out) : part_(part), out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.Get("TargetMode") == "External") return;
    if (out_.size() >= OoxmlRelations::kMaxRelations) return;
    const std::string_view type = attributes.Get("Type").substr(0, kMaxName);
    out_.push_back({.id = std::string(attributes.Get("Id").substr(0, kMaxName)),
                    .type = std::string(type.substr(type.find_last_of('/') + 1)),
                    .target = ResolveMember(part_, attributes.Get("Target").substr(0, kMaxName))});
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}

 private:
  std::string_view part_;
  std::vector<OoxmlRelation>& out_;
};

}  // namespace

OoxmlRelations::OoxmlRelations(ZipArchive& zip, std::string_view part) {
  constexpr std::size_t kMaxBytes = 4U << 20;
  const std::size_t slash = part.find_last_of('/');
  const std::size_t folder = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string name =
      std::string(part.substr(0, folder)) + "_rels/" + std::string(part.substr(folder)) + ".rels";
  RelationHandler handler(part, relations_);
  ParseXml(zip.Read(name, kMaxBytes).bytes, handler);
}

std::string OoxmlRelations::ById(std::string_view id) const {
  const auto found = std::find_if(relations_.begin(), relations_.end(),
                                  [id](const OoxmlRelation& relation) { return relation.id == id; });
  return found == relations_.end() ? "" : found->target;
}

std::string OoxmlRelations::ByType(std::string_view type) const {
  const auto found = std::find_if(relations_.begin(), relations_.end(),
                                  [type](const OoxmlRelation& relation) { return relation.type == type; });
  return found == relations_.end() ? "" : found->target;
}

std::string ResolveMember(std::string_view part, std::string_view target) {
  std::string path;
  if (target.substr(0, 1) == "/") {
    target.remove_prefix(1);
  } else {
    path = part.substr(0, part.find_last_of('/') == std::string_view::npos ? 0 : part.find_last_of('/') + 1);
  }
  while (!target.empty()) {
    const std::size_t end = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, end);
    target.remove_prefix(std::min(end + 1, target.size()));
    if (step == "..") {
      if (!path.empty()) path.pop_back();
      path.resize(path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/') + 1);
    } else if (!step.empty() && step != ".") {
      path += step;
      if (!target.empty()) path += '/';
    }
  }
  return path;
}

}  // namespace quipu::extract
