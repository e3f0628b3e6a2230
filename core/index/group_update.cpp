// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/group_update.h"

#include <string>
#include <utility>

#include "core/index/duplicate_groups.h"
#include "core/index/translation_links.h"
#include "core/schema/field.h"

namespace quipu::index {
namespace {

struct Place {
  std::size_t part = 0;
  Xapian::docid docid = 0;
};

/// The value of `slot` in documents that are asked for in ascending order.
class Column {
 public:
  Column(const Xapian::Database& database, int slot)
      : at_(database.valuestream_begin(static_cast<Xapian::valueno>(slot))),
        end_(database.valuestream_end(static_cast<Xapian::valueno>(slot))) {}

  /// Empty if it has none.
  std::string At(Xapian::docid docid) {
    if (at_ != end_) at_.skip_to(docid);
    return at_ != end_ && at_.get_docid() == docid ? *at_ : std::string();
  }

 private:
  Xapian::ValueIterator at_;
  Xapian::ValueIterator end_;
};

template <typename Use>
void ForEachValue(const std::vector<Xapian::WritableDatabase>& parts, int slot, const Use& use) {
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto number = static_cast<Xapian::valueno>(slot);
    auto value = parts[part].valuestream_begin(number);
    for (; value != parts[part].valuestream_end(number); ++value) use(Place{part, value.get_docid()}, *value);
  }
}

/// Makes `slot` hold `keys` at `places`, which are in order, and nothing elsewhere.
std::uint64_t WriteKeys(std::vector<Xapian::WritableDatabase>& parts, int slot,
                        const std::vector<Place>& places, const std::vector<std::string>& keys) {
  std::vector<std::pair<Place, std::string>> changes;
  std::size_t next = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    // A document that has a key and no place any more comes between those that have one.
    auto old = parts[part].valuestream_begin(static_cast<Xapian::valueno>(slot));
    const auto end = parts[part].valuestream_end(static_cast<Xapian::valueno>(slot));
    const auto forget_before = [&](Xapian::docid docid) {
      for (; old != end && old.get_docid() < docid; ++old)
        changes.emplace_back(Place{part, old.get_docid()}, std::string());
    };
    for (; next < places.size() && places[next].part == part; ++next) {
      forget_before(places[next].docid);
      std::string before;
      if (old != end && old.get_docid() == places[next].docid) {
        before = *old;
        ++old;
      }
      if (before != keys[next]) changes.emplace_back(places[next], keys[next]);
    }
    forget_before(parts[part].get_lastdocid() + 1);
  }
  // Written only now: the streams above do not follow changes.
  for (const auto& [place, key] : changes) {
    Xapian::Document document = parts[place.part].get_document(place.docid);
    if (key.empty()) {
      document.remove_value(static_cast<Xapian::valueno>(slot));
    } else {
      document.add_value(static_cast<Xapian::valueno>(slot), key);
    }
    parts[place.part].replace_document(place.docid, document);
  }
  return changes.size();
}

std::uint64_t UpdateDuplicates(std::vector<Xapian::WritableDatabase>& parts) {
  std::vector<Place> places;
  std::vector<Sketched> documents;
  std::vector<Column> contents;
  contents.reserve(parts.size());
  for (const auto& part : parts) contents.emplace_back(part, schema::kContentSlot);
  ForEachValue(parts, schema::kSketchSlot, [&](const Place& place, const std::string& value) {
    const auto sketch = DecodeSketch(value);
    if (!sketch) throw Xapian::DatabaseCorruptError("a sketch is malformed");
    places.push_back(place);
    documents.push_back({*sketch, contents[place.part].At(place.docid)});
  });
  const auto keys = GroupDuplicates(documents);
  documents = {};
  return WriteKeys(parts, schema::kDuplicateSlot, places, keys);
}

std::uint64_t UpdateTranslations(std::vector<Xapian::WritableDatabase>& parts, bool folders) {
  std::vector<Place> places;
  std::vector<TranslationLinks> documents;
  ForEachValue(parts, schema::kLinksSlot, [&](const Place& place, const std::string& value) {
    auto links = DecodeLinks(value);
    if (!links) throw Xapian::DatabaseCorruptError("the links of a document are malformed");
    places.push_back(place);
    documents.push_back(std::move(*links));
  });
  const auto keys = GroupTranslations(documents, folders);
  documents = {};
  return WriteKeys(parts, schema::kTranslationSlot, places, keys);
}

}  // namespace

GroupChanges UpdateGroups(std::vector<Xapian::WritableDatabase>& parts, bool folders) {
  return {UpdateDuplicates(parts), UpdateTranslations(parts, folders)};
}

}  // namespace quipu::index
