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

ZipArchive::ZipArchive(std::string_view bytes) : bytes_(bytes) {
  const Utf8Locale locale;
  const Reader reader = Open(bytes);
  if (!reader) return;
  while (names_.size() < kMaxMembers) {
    archive_entry* entry = Next(reader.get());
    if (entry == nullptr) return;
    encrypted_ = encrypted_ || archive_entry_is_encrypted(entry) != 0;
    names_.emplace_back(NameOf(entry));
  }
}

bool ZipArchive::Has(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

ZipArchive::Member ZipArchive::Read(std::string_view name, std::size_t max_bytes) {
  if (!Has(name)) return {.bytes = {}, .fault = Fault::kMissing};
  const Utf8Locale locale;
  const std::size_t left = kMaxTotalBytes - std::min(unpacked_, kMaxTotalBytes);
  const Reader reader = Open(bytes_);
  if (!reader) return {.bytes = {}, .fault = Fault::kDamaged};
  for (std::size_t tried = 0; tried < kMaxMembers; ++tried) {
    archive_entry* entry = Next(reader.get());
    if (entry == nullptr) break;
    if (NameOf(entry) != name) continue;
    if (archive_entry_is_data_encrypted(entry) != 0) return {.bytes = {}, .fault = Fault::kEncrypted};
    Member member = Unpack(reader.get(), std::min(max_bytes, left));
    unpacked_ += member.bytes.size();
    return member;
  }
  return {.bytes = {}, .fault = Fault::kDamaged};
}

}  // namespace quipu::extract
