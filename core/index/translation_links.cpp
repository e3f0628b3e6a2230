// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/translation_links.h"

#include <xxhash.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/index/link_target.h"
#include "core/index/varint.h"
#include "core/text/language.h"

namespace quipu::index {
namespace {

constexpr std::size_t kMaxAlternates = 64;
constexpr std::size_t kMaxTagBytes = 8;

std::uint64_t HashOf(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

/// The language of "es", "pt-BR" or "pt_BR"; empty for all else. Three letters are more often a file's type.
std::string LanguageOfName(std::string_view part) {
  const bool has_region = part.size() == 5 && (part[2] == '-' || part[2] == '_');
  if (part.size() != 2 && !has_region) return "";
  return text::PrimaryLanguage(part).empty() ? "" : std::string(part);
}

/// "notes.es.html" is "notes.html" in Spanish.
void ReadName(std::string_view id, TranslationLinks& links) {
  links.name = HashOf(id);
  const std::size_t name = id.rfind('/') == std::string_view::npos ? 0 : id.rfind('/') + 1;
  const std::size_t last = id.rfind('.');
  if (last == std::string_view::npos || last <= name) return;
  const std::size_t before = id.rfind('.', last - 1);
  if (before == std::string_view::npos || before <= name) return;
  links.name_language = LanguageOfName(id.substr(before + 1, last - before - 1));
  if (!links.name_language.empty())
    links.name = HashOf(std::string(id.substr(0, before)) + std::string(id.substr(last)));
}

/// "a/es/notes.html" is "a//notes.html" in Spanish.
void ReadFolder(std::string_view id, TranslationLinks& links) {
  for (std::size_t begin = 0, end = 0; (end = id.find('/', begin)) != std::string_view::npos;
       begin = end + 1) {
    const std::string language = LanguageOfName(id.substr(begin, end - begin));
    if (language.empty()) continue;
    links.folder = HashOf(std::string(id.substr(0, begin)) + std::string(id.substr(end)));
    links.folder_language = language;
    return;
  }
}

void ReadAlternate(std::string_view entry, std::string_view url, TranslationLinks& links) {
  const std::size_t space = entry.find(' ');
  if (space == std::string_view::npos || links.alternates.size() >= kMaxAlternates) return;
  // "x-default" is no translation: on many sites it is the home page, from everywhere.
  if (text::PrimaryLanguage(entry.substr(0, space)).empty()) return;
  const std::string target = LinkTarget(url, entry.substr(space + 1));
  if (target.empty()) return;
  const std::uint64_t hash = HashOf(target);
  if (hash != links.url) links.alternates.push_back(hash);
}

void PutHash(std::string& bytes, std::uint64_t hash) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(hash >> shift & 0xFFU);
}

std::uint64_t TakeHash(ByteReader& reader) {
  std::uint64_t hash = 0;
  for (const char c : reader.Bytes(8)) hash = hash << 8U | static_cast<unsigned char>(c);
  return hash;
}

/// Joins documents by number.
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0U); }

  std::uint32_t Find(std::uint32_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void Join(std::uint32_t a, std::uint32_t b) {
    parent_[std::max(Find(a), Find(b))] = std::min(Find(a), Find(b));
  }

 private:
  std::vector<std::uint32_t> parent_;
};

class Grouping {
 public:
  explicit Grouping(std::span<const TranslationLinks> documents)
      : documents_(documents), sets_(documents.size()) {
    for (std::uint32_t i = 0; i < documents.size(); ++i) by_url_.emplace(documents[i].url, i);
  }

  void ByAlternates() {
    std::unordered_map<std::uint64_t, std::uint32_t> claims;
    for (const TranslationLinks& links : documents_) {
      for (const std::uint64_t to : links.alternates) ++claims[to];
    }
    for (std::uint32_t i = 0; i < documents_.size(); ++i) {
      for (const std::uint64_t to : documents_[i].alternates) {
        const auto found = by_url_.find(to);
        if (found == by_url_.end()) continue;
        const auto& back = documents_[found->second].alternates;
        const bool mutual = std::find(back.begin(), back.end(), documents_[i].url) != back.end();
        if (mutual || (back.empty() && claims[to] == 1)) sets_.Join(i, found->second);
      }
    }
  }

  /// Documents that differ only in the language that their ids name.
  template <typename Key, typename Language>
  void ByRule(const Key& key_of, const Language& language_of) {
    std::unordered_map<std::uint64_t, std::uint32_t> first;
    std::set<std::uint64_t> named;
    for (const TranslationLinks& links : documents_) {
      if (!language_of(links).empty()) named.insert(key_of(links));
    }
    for (std::uint32_t i = 0; i < documents_.size(); ++i) {
      const std::uint64_t key = key_of(documents_[i]);
      if (key == 0 || !named.contains(key)) continue;
      const auto [place, is_first] = first.emplace(key, i);
      if (!is_first) sets_.Join(place->second, i);
    }
  }

  std::vector<std::string> Keys() {
    std::unordered_map<std::uint32_t, std::uint64_t> least;
    std::unordered_map<std::uint32_t, std::uint32_t> sizes;
    for (std::uint32_t i = 0; i < documents_.size(); ++i) {
      const std::uint32_t set = sets_.Find(i);
      const auto [place, is_first] = least.emplace(set, documents_[i].url);
      if (!is_first) place->second = std::min(place->second, documents_[i].url);
      ++sizes[set];
    }
    std::vector<std::string> keys(documents_.size());
    for (std::uint32_t i = 0; i < documents_.size(); ++i) {
      const std::uint32_t set = sets_.Find(i);
      if (sizes[set] > 1) PutHash(keys[i], least[set]);
    }
    return keys;
  }

 private:
  std::span<const TranslationLinks> documents_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_url_;
  Sets sets_;
};

}  // namespace

TranslationLinks LinksOf(const schema::Document& document) {
  TranslationLinks links;
  const std::string& url = document.url.empty() ? document.id : document.url;
  links.url = HashOf(LinkTarget("", url));
  ReadName(document.id, links);
  ReadFolder(document.id, links);
  const auto field = document.fields.find(std::string(kAlternatesField));
  if (field == document.fields.end()) return links;
  if (const auto* one = std::get_if<std::string>(&field->second)) ReadAlternate(*one, url, links);
  if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&field->second)) {
    for (const schema::Scalar& entry : *list) {
      if (const auto* text = std::get_if<std::string>(&entry)) ReadAlternate(*text, url, links);
    }
  }
  return links;
}

std::string EncodeLinks(const TranslationLinks& links) {
  std::string bytes;
  PutHash(bytes, links.url);
  PutHash(bytes, links.name);
  if (links.name_language.empty() && links.folder == 0 && links.alternates.empty()) return bytes;
  PutText(bytes, links.name_language);
  PutText(bytes, links.folder_language);
  if (links.folder != 0) PutHash(bytes, links.folder);
  for (const std::uint64_t alternate : links.alternates) PutHash(bytes, alternate);
  return bytes;
}

std::optional<TranslationLinks> DecodeLinks(std::string_view bytes) {
  ByteReader reader(bytes);
  TranslationLinks links;
  links.url = TakeHash(reader);
  links.name = TakeHash(reader);
  if (reader.remaining() == 0) return reader.failed() ? std::nullopt : std::optional(links);
  links.name_language = reader.Text();
  links.folder_language = reader.Text();
  if (links.name_language.size() > kMaxTagBytes || links.folder_language.size() > kMaxTagBytes)
    return std::nullopt;
  if (!links.folder_language.empty()) links.folder = TakeHash(reader);
  while (reader.remaining() > 0 && links.alternates.size() < kMaxAlternates)
    links.alternates.push_back(TakeHash(reader));
  if (reader.failed() || reader.remaining() > 0) return std::nullopt;
  return links;
}

std::vector<std::string> GroupTranslations(std::span<const TranslationLinks> documents, bool folders) {
  Grouping grouping(documents);
  grouping.ByAlternates();
  grouping.ByRule([](const TranslationLinks& links) { return links.name; },
                  [](const TranslationLinks& links) -> const std::string& { return links.name_language; });
  if (folders) {
    grouping.ByRule(
        [](const TranslationLinks& links) { return links.folder; },
        [](const TranslationLinks& links) -> const std::string& { return links.folder_language; });
  }
  return grouping.Keys();
}

}  // namespace quipu::index
