// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/json_ld.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace quipu::extract {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 24;
constexpr std::size_t kMaxBytes = 256U << 10;
constexpr std::size_t kMaxNodes = 200;
constexpr std::size_t kMaxAuthors = 50;

std::string TextOf(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void KeepFirst(std::string& to, std::string from) {
  if (to.empty()) to = std::move(from);
}

/// The page itself, not its site, its publisher or its path of crumbs.
bool IsWork(const json& node) {
  const auto type = node.find("@type");
  const auto is_work = [](const json& name) {
    if (!name.is_string()) return false;
    const auto& text = name.get_ref<const std::string&>();
    const auto ends_with = [&](std::string_view end) {
      return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
    };
    return ends_with("Article") || ends_with("Posting") || ends_with("WebPage") ||
           ends_with("CreativeWork") || ends_with("Report") || ends_with("Book") || ends_with("Thesis") ||
           ends_with("Legislation") || ends_with("Event") || ends_with("Review") || ends_with("Recipe") ||
           ends_with("Dataset");
  };
  if (type == node.end()) return false;
  return type->is_array() ? std::any_of(type->begin(), type->end(), is_work) : is_work(*type);
}

/// A name, an object with a name, or a list of these.
void AddAuthors(const json& author, std::vector<std::string>& authors) {
  if (authors.size() >= kMaxAuthors) return;
  if (author.is_string()) {
    const auto& name = author.get_ref<const std::string&>();
    if (name.find("://") == std::string::npos) authors.push_back(name);
  } else if (author.is_object()) {
    if (std::string name = TextOf(author, "name"); !name.empty()) authors.push_back(std::move(name));
  } else if (author.is_array()) {
    for (const json& one : author) {
      if (!one.is_array()) AddAuthors(one, authors);
    }
  }
}

std::string KeywordsOf(const json& node) {
  const auto found = node.find("keywords");
  if (found == node.end() || !found->is_array()) return TextOf(node, "keywords");
  std::string list;
  for (const json& word : *found) {
    if (word.is_string() && list.size() < 4096) list += (list.empty() ? "" : ", ") + word.get<std::string>();
  }
  return list;
}

void ReadNode(const json& node, JsonLd& known) {
  if (!node.is_object() || !IsWork(node)) return;
  KeepFirst(known.headline, TextOf(node, "headline"));
  KeepFirst(known.published, TextOf(node, "datePublished"));
  KeepFirst(known.published, TextOf(node, "dateCreated"));
  KeepFirst(known.modified, TextOf(node, "dateModified"));
  KeepFirst(known.description, TextOf(node, "description"));
  KeepFirst(known.keywords, KeywordsOf(node));
  KeepFirst(known.language, TextOf(node, "inLanguage"));
  if (const auto author = node.find("author"); author != node.end() && known.authors.empty())
    AddAuthors(*author, known.authors);
}

}  // namespace

void ReadJsonLd(std::string_view text, JsonLd& known) {
  if (text.size() > kMaxBytes) return;
  const json document = json::parse(
      text.begin(), text.end(),
      [](int depth, json::parse_event_t, const json&) { return depth <= kMaxDepth; }, false, true);
  std::size_t nodes = 0;
  const auto read_all = [&](const json& list) {
    for (const json& node : list) {
      if (++nodes <= kMaxNodes) ReadNode(node, known);
    }
  };
  if (document.is_array()) read_all(document);
  if (!document.is_object()) return;
  ReadNode(document, known);
  if (const auto graph = document.find("@graph"); graph != document.end() && graph->is_array())
    read_all(*graph);
}

}  // namespace quipu::extract
