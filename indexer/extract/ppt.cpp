// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <set>
#include <string>
#include <vector>

#include "indexer/extract/code_page.h"
#include "indexer/extract/compound_file.h"
#include "indexer/extract/format.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/ole_properties.h"
#include "indexer/extract/ppt_records.h"
#include "indexer/extract/slide_text.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

enum Ppt : std::uint16_t {
  kDocument = 1000,
  kSlide = 1006,
  kNotes = 1008,
  kNotesAtom = 1009,
  kSlidePersist = 1011,
  kOutlineReference = 3998,
  kTextHeader = 3999,
  kTextChars = 4000,
  kTextBytes = 4008,
  kSlideList = 4080,
  kUserEdit = 4085,
  kPersistDirectory = 6002,
};

constexpr std::size_t kMaxSlides = 20000;
constexpr std::size_t kMaxEdits = 10000;

/// A piece of text and what kind of placeholder it stands in.
struct Piece {
  std::uint32_t kind = 4;
  std::string text;
  bool IsTitle() const { return kind == 0 || kind == 6; }
};

/// A slide, or its notes, as the document's list names it.
struct Listed {
  std::uint32_t number = 0;  // of its container in the persist directory
  std::uint32_t id = 0;
  std::vector<Piece> outline;  // texts that stand in the list instead of on the slide
};

std::string TextOf(const PptRecord& record) {
  std::string text;
  if (record.type == kTextChars) {
    text = FromUtf16(record.bytes);
  } else {
    for (const char c : record.bytes) AppendUtf8(text, FromWindows1252(static_cast<unsigned char>(c)));
  }
  std::string lines;
  for (const char c : text) {
    // CR ends a paragraph, VT a line; a '*' alone is where a page number or date is put in.
    if (c == '\r') lines += "\n\n";
    if (c == '\v') lines += '\n';
    if (c != '\r' && c != '\v') lines += c;
  }
  return lines == "*" ? "" : lines;
}

/// The document's list of slides or of notes: after each, the texts of its outline.
std::vector<Listed> ReadList(std::string_view list) {
  std::vector<Listed> listed;
  std::uint32_t kind = 4;
  ForEachPptRecord(list, [&](const PptRecord& record) {
    if (record.type == kSlidePersist && listed.size() < kMaxSlides)
      listed.push_back({U32(record.bytes, 0), U32(record.bytes, 12), {}});
    if (record.type == kTextHeader) kind = U32(record.bytes, 0);
    if (record.type != kTextChars && record.type != kTextBytes) return;
    if (!listed.empty()) listed.back().outline.push_back({kind, TextOf(record)});
  });
  return listed;
}

/// The texts on a slide, in the order of its shapes. What only refers to the outline is taken from there.
std::vector<Piece> ReadTexts(std::string_view slide, const std::vector<Piece>& outline) {
  std::vector<Piece> pieces;
  std::set<std::uint32_t> used;
  std::uint32_t kind = 4;
  ForEachPptAtom(slide, [&](const PptRecord& record) {
    if (record.type == kTextHeader) kind = U32(record.bytes, 0);
    if (record.type == kTextChars || record.type == kTextBytes) pieces.push_back({kind, TextOf(record)});
    const std::uint32_t index = U32(record.bytes, 0);
    if (record.type == kOutlineReference && index < outline.size() && used.insert(index).second)
      pieces.push_back(outline[index]);
  });
  if (pieces.empty()) return outline;
  return pieces;
}

/// The stream's records by the numbers that stay the same when a file is saved over and over: each saving
/// appends what changed and a directory of it, and points back to the one before.
class Presentation {
 public:
  Presentation(std::string_view stream, std::string_view current_user) : stream_(stream) {
    ReadEdits(U32(current_user, 16));
    PptRecord document;
    if (At(document_, document) && document.type == kDocument) ReadLists(document.bytes);
    if (!slides_.empty()) return;
    FindByScan(document);
    ReadLists(document.bytes);
    if (slides_.empty()) slides_ = scanned_;
  }

  bool encrypted() const { return encrypted_; }

  /// Whether every slide was written before time ran out.
  bool Write(const FileContent& file, BodyWriter& writer) const {
    const std::map<std::uint32_t, std::string_view> notes = NotesBySlide();
    for (const Listed& listed : slides_) {
      if (file.OutOfTime() || writer.full()) return false;
      Slide slide;
      PptRecord record;
      const bool found = At(listed.number, record) && record.type == kSlide;
      for (const Piece& piece : ReadTexts(found ? record.bytes : std::string_view(), listed.outline))
        piece.IsTitle() ? slide.AddTitle(piece.text) : slide.AddText(piece.text);
      const auto note = notes.find(listed.id);
      if (note != notes.end() && listed.id != 0) {
        for (const Piece& piece : ReadTexts(note->second, {})) slide.AddNote(piece.text);
      }
      slide.Write(writer);
    }
    return true;
  }

 private:
  void ReadLists(std::string_view document) {
    ForEachPptRecord(document, [&](const PptRecord& record) {
      if (record.type == kSlideList && record.instance == 0) slides_ = ReadList(record.bytes);
      if (record.type == kSlideList && record.instance == 2) notes_ = ReadList(record.bytes);
    });
  }

  bool At(std::uint32_t number, PptRecord& record) const {
    const auto found = places_.find(number);
    return found != places_.end() && ReadPptRecord(stream_, found->second, record);
  }

  void ReadEdits(std::uint32_t place) {
    for (std::size_t edits = 0; place != 0 && edits < kMaxEdits; ++edits) {
      PptRecord edit;
      if (!ReadPptRecord(stream_, place, edit) || edit.type != kUserEdit) return;
      if (edits == 0) document_ = U32(edit.bytes, 16);
      // The longer form names the record that says how the file is encrypted.
      if (edit.bytes.size() >= 32 && U32(edit.bytes, 28) != 0) encrypted_ = true;
      ReadDirectory(U32(edit.bytes, 12));
      const std::uint32_t before = U32(edit.bytes, 8);
      if (before >= place) return;
      place = before;
    }
  }

  void ReadDirectory(std::uint32_t place) {
    PptRecord directory;
    if (!ReadPptRecord(stream_, place, directory) || directory.type != kPersistDirectory) return;
    const std::string_view bytes = directory.bytes;
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
      const std::uint32_t head = U32(bytes, at);
      at += 4;
      for (std::uint32_t i = 0; i < head >> 20 && at + 4 <= bytes.size(); ++i, at += 4) {
        // The newest directory is read first and counts.
        if (places_.size() < kMaxPlaces) places_.try_emplace((head & 0xFFFFF) + i, U32(bytes, at));
      }
    }
  }

  /// Without directories that make sense: the last document, and the slides in the order in which they stand.
  void FindByScan(PptRecord& document) {
    std::uint64_t at = 0;
    PptRecord record;
    for (; ReadPptRecord(stream_, at, record); at += 8 + record.bytes.size()) {
      if (record.type == kDocument) document = record;
      if (record.type != kSlide || scanned_.size() >= kMaxSlides) continue;
      const std::uint32_t number = kScanned + static_cast<std::uint32_t>(scanned_.size());
      places_[number] = static_cast<std::uint32_t>(at);
      scanned_.push_back({number, 0, {}});
    }
  }

  std::map<std::uint32_t, std::string_view> NotesBySlide() const {
    std::map<std::uint32_t, std::string_view> notes;
    for (const Listed& listed : notes_) {
      PptRecord record;
      if (!At(listed.number, record) || record.type != kNotes) continue;
      ForEachPptRecord(record.bytes, [&](const PptRecord& inner) {
        if (inner.type == kNotesAtom) notes.try_emplace(U32(inner.bytes, 0), record.bytes);
      });
    }
    return notes;
  }

  static constexpr std::size_t kMaxPlaces = 200000;
  static constexpr std::uint32_t kScanned = 1U << 20;  // above every number of a directory

  std::string_view stream_;
  std::uint32_t document_ = 0;
  bool encrypted_ = false;
  std::map<std::uint32_t, std::uint32_t> places_;
  std::vector<Listed> slides_;
  std::vector<Listed> notes_;
  std::vector<Listed> scanned_;
};

}  // namespace

Reading ReadPpt(const FileContent& file) {
  constexpr std::uint32_t kEncryptedToken = 0xF3D1C4DF;
  const CompoundFile ole(file.bytes);
  const std::string stream = ole.Read("PowerPoint Document");
  if (stream.size() < 8) return Refuse(State::kFailed, "the presentation inside is missing or damaged");
  const std::string user = ole.Read("Current User", 4096);
  const Presentation presentation(stream, user);
  if (presentation.encrypted() || U32(user, 12) == kEncryptedToken || ole.Has("EncryptedSummary"))
    return Refuse(State::kEncrypted, "opens only with a password");
  Reading reading;
  ReadOleProperties(ole, reading);
  BodyWriter writer;
  const bool whole = presentation.Write(file, writer);
  if (!whole || writer.full() || stream.size() < ole.Find("PowerPoint Document")->size) {
    reading.state = State::kTruncated;
    reading.reason = "the presentation is damaged or too large; its beginning was read";
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

}  // namespace quipu::extract
