// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/zip_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <memory>
#include <new>

namespace quipu::extract {
namespace {

struct Closer {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Closer>;

/// While it lives, this thread's locale knows UTF-8. libarchive passes names through the locale, and in "C"
/// all but ASCII is lost.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = uselocale(locale_);
  }
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    uselocale(before_);
    freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

Reader Open(std::string_view bytes) {
  Reader reader(archive_read_new());
  if (!reader) throw std::bad_alloc();
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return nullptr;
  return reader;
}

/// The next member, or nullptr at the end or where the archive is damaged.
archive_entry* Next(archive* reader) {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(reader, &entry);
  return result == ARCHIVE_OK || result == ARCHIVE_WARN ? entry : nullptr;
}

std::string_view NameOf(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name == nullptr ? std::string_view() : std::string_view(name);
}

ZipArchive::Member Unpack(archive* reader, std::size_t max_bytes) {
  ZipArchive::Member member;
  std::array<char, 65536> buffer{};
  for (;;) {
    const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
    if (got < 0) {
      member.fault = ZipArchive::Fault::kDamaged;
      return member;
    }
    if (got == 0) return member;
    const auto size = static_cast<std::size_t>(got);
    if (member.bytes.size() + size > max_bytes) {
      member.bytes.append(buffer.data(), max_bytes - member.bytes.size());
      member.fault = ZipArchive::Fault::kTooLarge;
      return member;
    }
    member.bytes.append(buffer.data(), size);
  }
}

}  // namespace

/// An open reader: the entry that it has come to, and the place of the one after it.
struct ZipArchive::Cursor {
  Reader reader;
  std::size_t next = 0;
  archive_entry* entry = nullptr;
};

ZipArchive::~ZipArchive() = default;

ZipArchive::ZipArchive(std::string_view bytes) : bytes_(bytes) {
  const Utf8Locale locale;
  const Reader reader = Open(bytes);
  if (!reader) return;
  while (names_.size() < kMaxMembers) {
    archive_entry* entry = Next(reader.get());
    if (entry == nullptr) break;
    encrypted_ = encrypted_ || archive_entry_is_encrypted(entry) != 0;
    names_.emplace_back(NameOf(entry));
  }
  // Only now, since names that move take their bytes along.
  for (std::size_t i = 0; i < names_.size(); ++i) places_.try_emplace(names_[i], i);
}

bool ZipArchive::Has(std::string_view name) const { return places_.count(name) > 0; }

ZipArchive::Cursor* ZipArchive::Seek(std::size_t index) {
  // Members are mostly asked for in the order in which they stand, perhaps in a few rows at once (slides,
  // their relations, their notes): opening the archive for each of n would make the whole quadratic.
  constexpr std::size_t kMaxCursors = 4;
  auto best = cursors_.end();
  for (auto at = cursors_.begin(); at != cursors_.end(); ++at) {
    if ((*at)->next <= index && (best == cursors_.end() || (*at)->next > (*best)->next)) best = at;
  }
  if (best != cursors_.end()) {
    std::rotate(best, best + 1, cursors_.end());
  } else {
    if (cursors_.size() == kMaxCursors) cursors_.erase(cursors_.begin());
    cursors_.push_back(std::make_unique<Cursor>(Cursor{.reader = Open(bytes_), .next = 0, .entry = nullptr}));
  }
  Cursor& cursor = *cursors_.back();
  while (cursor.reader && cursor.next <= index) {
    cursor.entry = Next(cursor.reader.get());
    ++cursor.next;
    if (cursor.entry == nullptr) cursor.reader.reset();
  }
  if (cursor.reader) return &cursor;
  cursors_.pop_back();
  return nullptr;
}

ZipArchive::Member ZipArchive::Read(std::string_view name, std::size_t max_bytes) {
  const auto place = places_.find(name);
  if (place == places_.end()) return {.bytes = {}, .fault = Fault::kMissing};
  const Utf8Locale locale;
  const std::size_t left = kMaxTotalBytes - std::min(unpacked_, kMaxTotalBytes);
  const Cursor* cursor = Seek(place->second);
  if (cursor == nullptr) return {.bytes = {}, .fault = Fault::kDamaged};
  if (archive_entry_is_data_encrypted(cursor->entry) != 0) return {.bytes = {}, .fault = Fault::kEncrypted};
  Member member = Unpack(cursor->reader.get(), std::min(max_bytes, left));
  unpacked_ += member.bytes.size();
  if (member.fault == Fault::kDamaged) cursors_.pop_back();  // it can go no further
  return member;
}

}  // namespace quipu::extract
