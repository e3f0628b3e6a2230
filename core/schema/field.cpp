// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/field.h"

#include <xxhash.h>

#include <algorithm>
#include <array>

#include "core/text/fold.h"

namespace quipu::schema {
namespace {

constexpr std::array kFields = {
    Field{"id", "Q", kIdSlot, 0, 0, true, true, "unique name of the document"},
    Field{"url", "", kUrlSlot, 0, 0, false, true, "where the document is read"},
    Field{"title", "S", kTitleSlot, 2.5, 2, false, true, "title"},
    Field{"body", "", -1, 1.0, 1, false, false, "text; kept in blocks of its own"},
    Field{"headings", "H", -1, 1.4, 1, false, false, "headings of the segments"},
    Field{"description", "D", -1, 1.2, 1, false, true, "summary that the document gives of itself"},
    Field{"author", "A", -1, 1.0, 1, false, true, "who wrote it"},
    Field{"tags", "K", -1, 1.5, 1, false, true, "tags"},
    Field{"keywords", "K", -1, 1.5, 1, false, true, "another name of tags"},
    Field{"path", "P", -1, 0.5, 1, false, false, "words of the url's path, else of the id"},
    Field{"fields", "M", -1, 0.6, 1, false, false, "words of all other text fields together"},
    Field{"language", "L", kLanguageSlot, 0, 0, true, true, "ISO 639-1 code"},
    Field{"type", "T", kTypeSlot, 0, 0, true, true, "kind of file"},
    Field{"date", "", kDateSlot, 0, 0, false, true, "ISO 8601; the slot has seconds since 1970"},
    Field{"boost", "", kBoostSlot, 0, 0, false, true, "static rank; absent: 1"},
    Field{"stamp", "", kStampSlot, 0, 0, false, false, "manifest entry of the file"},
    Field{"text", "", kTextSlot, 0, 0, false, false, "number of the stored text"},
    Field{"content", "", kContentSlot, 0, 0, false, false, "hash of title and body"},
    Field{"duplicates", "", kDuplicateSlot, 0, 0, false, false, "group of near-duplicates; absent: alone"},
    Field{"translations", "", kTranslationSlot, 0, 0, false, false, "group of translations; absent: none"},
    Field{"sketch", "", kSketchSlot, 0, 0, false, false, "MinHash of the body's runs of three words"},
    Field{"translation_links", "", kLinksSlot, 0, 0, false, false, "hashes of what translations are told by"},
};

constexpr std::size_t kHashDigits = 32;

/// `term`, or if it is too long for Xapian its beginning and a hash of the whole.
std::string Bounded(std::string term) {
  if (term.size() <= kMaxTermBytes) return term;
  const XXH128_hash_t hash = XXH3_128bits(term.data(), term.size());
  constexpr std::string_view kHex = "0123456789abcdef";
  term.resize(kMaxTermBytes - kHashDigits);
  for (const auto half : {hash.high64, hash.low64}) {
    for (int shift = 60; shift >= 0; shift -= 4) term += kHex[(half >> shift) & 15];
  }
  return term;
}

std::string Joined(std::string_view a, std::string_view b, std::string_view c = {}, std::string_view d = {}) {
  std::string joined;
  joined.reserve(a.size() + b.size() + c.size() + d.size());
  return joined.append(a).append(b).append(c).append(d);
}

}  // namespace

std::span<const Field> Fields() { return kFields; }

const Field* FindField(std::string_view name) {
  const auto* found =
      std::find_if(kFields.begin(), kFields.end(), [&](const Field& f) { return f.name == name; });
  return found == kFields.end() ? nullptr : found;
}

std::string IdTerm(std::string_view id) { return Bounded(Joined("Q", id)); }

std::string FilterTerm(std::string_view field, std::string_view value) {
  return Bounded(Joined("XF", field, ":", text::Fold(value)));
}

std::string BooleanTerm(const Field& field, std::string_view value) {
  if (field.prefix == "Q") return IdTerm(value);
  return Bounded(Joined(field.prefix, text::Fold(value)));
}

std::string FieldTextPrefix(std::string_view field) { return Joined("XT", field, ":"); }

std::string PresenceTerm(std::string_view field, Presence presence) {
  switch (presence) {
    case Presence::kExists: return Bounded(Joined("XN", field));
    case Presence::kNull: return Bounded(Joined("XU", field));
    case Presence::kEmpty: break;
  }
  return Bounded(Joined("XY", field));
}

}  // namespace quipu::schema
