// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace quipu::schema {

/// How a built-in field stands in the index. This table is the only truth about prefixes, slots and
/// weights; docs/index-format.md is checked against it by a test.
///
/// A text field's words are the terms PREFIX+folded (with positions), "Z"+PREFIX+stem and, for words
/// with diacritics, "E"+PREFIX+exact. Folded words never begin with a capital ASCII letter, so prefixes
/// cannot clash with words.
///
/// Terms without prefix are those of the whole document: the words of the body, with their positions, and
/// those of every other text field, `wdf` times each, without. So a word is one posting list wherever it
/// stands, its frequency counts documents exactly, and a field's weight saturates together with the body's
/// (BM25F); what is only in the body is told by Field::wdf of the rest.
struct Field {
  std::string_view name;
  std::string_view prefix;  // of its terms; empty and weight 0: it has none
  int slot;                 // Xapian value slot; -1: none
  double weight;            // of its words where it alone is searched; 0: not searched as text
  int wdf;                  // how often each of its words counts among those of the whole document
  bool boolean;             // its value is one term PREFIX+value, for filters
  bool stored;              // in the stored document
  std::string_view meaning;
};

std::span<const Field> Fields();

/// The field of that name, or nullptr.
const Field* FindField(std::string_view name);

/// Value slots of the built-in fields. Numbers are EncodeNumber, strings EncodeSlot (field_value.h).
inline constexpr int kIdSlot = 0;           // the id, as it is
inline constexpr int kTextSlot = 1;         // the text number, big-endian without leading zeros
inline constexpr int kStampSlot = 2;        // the manifest entry (core/index/manifest_codec.h)
inline constexpr int kDateSlot = 3;         // a number: seconds since 1970
inline constexpr int kBoostSlot = 4;        // a number; absent: 1
inline constexpr int kContentSlot = 5;      // 16 bytes: xxh3-128 of title and body, equal for exact copies
inline constexpr int kLanguageSlot = 6;     // a string
inline constexpr int kTypeSlot = 7;         // a string
inline constexpr int kDuplicateSlot = 8;    // bytes, the same for all copies of a text; absent: it has none
inline constexpr int kTranslationSlot = 9;  // bytes, the same for all translations; absent: it has none
inline constexpr int kSketchSlot = 10;      // 64 bytes (core/index/content_sketch.h); absent: a short text
inline constexpr int kLinksSlot = 11;       // core/index/translation_links.h
inline constexpr int kTitleSlot = 12;       // a string
inline constexpr int kUrlSlot = 13;         // a string
/// User-defined fields have slots from here up, as the index's own table of fields says.
inline constexpr int kFirstUserSlot = 100;

/// Fields beyond this many in one index are stored, but neither searched nor filtered.
inline constexpr int kMaxUserFields = 200;

inline constexpr std::string_view kStemPrefix = "Z";
inline constexpr std::string_view kExactPrefix = "E";

/// Xapian rejects terms over 245 bytes.
inline constexpr std::size_t kMaxTermBytes = 245;

/// The unique term of a document: "Q"+id, with the tail of a long id replaced by its hash.
std::string IdTerm(std::string_view id);

/// The boolean term that filters on a user-defined field: "XF"+name+":"+folded value, hashed if long.
/// Numbers and booleans are given as NumberText and "true" or "false".
std::string FilterTerm(std::string_view field, std::string_view value);

/// The boolean term of a built-in boolean field: "Les" for language = es. The value is folded.
std::string BooleanTerm(const Field& field, std::string_view value);

/// The prefix of the words of one user-defined field, for `name:word`: "XT"+name+":".
std::string FieldTextPrefix(std::string_view field);

/// What a document has of a field, for EXISTS, IS NULL and IS EMPTY. A null or empty field exists too.
enum class Presence { kExists, kNull, kEmpty };

/// The boolean term of that: "XN"+name, "XU"+name, "XY"+name.
std::string PresenceTerm(std::string_view field, Presence presence);

}  // namespace quipu::schema
