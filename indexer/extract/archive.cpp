// SPDX-License-Identifier: GPL-2.0-or-later
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <new>
#include <utility>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/file_type.h"
#include "indexer/extract/format.h"
#include "indexer/extract/member_path.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxListingBytes = 1U << 20;
constexpr std::uint64_t kUnwantedAllowance = 64ULL << 20;  // of a file whose members nobody wants

struct Closer {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Closer>;

/// `raw`: what is no tar archive behind its compression counts as one file.
Reader Open(std::string_view bytes, bool raw) {
  Reader reader(archive_read_new());
  if (!reader) throw std::bad_alloc();
  archive_read_support_format_tar(reader.get());
  if (raw) {
    archive_read_support_format_raw(reader.get());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_zstd(reader.get());
  } else {
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_7zip(reader.get());
  }
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return nullptr;
  return reader;
}

std::string Trouble(archive* reader) {
  const char* error = archive_error_string(reader);
  return error == nullptr ? "damaged" : "damaged: " + TidyLine(error, 200);
}

std::string DateOf(archive_entry* entry) {
  const std::time_t time = archive_entry_mtime_is_set(entry) != 0 ? archive_entry_mtime(entry) : 0;
  std::tm parts{};
  if (time <= 0 || gmtime_r(&time, &parts) == nullptr || parts.tm_year > 8099) return "";
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

std::string NameOf(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name == nullptr ? std::string() : std::string(name);
}

/// Unpacks one archive's members one after the other.
class Unpacking {
 public:
  Unpacking(const FileContent& file, archive* reader)
      : file_(file), reader_(reader), listing_(kMaxListingBytes) {}

  Reading Run(archive_entry* entry, int result) {
    bool wanted = true;
    for (; wanted && (result == ARCHIVE_OK || result == ARCHIVE_WARN);
         result = archive_read_next_header(reader_, &entry)) {
      if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) continue;
      wanted = Take(entry);
      if (!wanted) break;
    }
    if (wanted && result != ARCHIVE_EOF) fault_ = Trouble(reader_);
    return Finish();
  }

 private:
  enum class End { kWhole, kCut, kDamaged };

  std::uint64_t Allowance() const {
    return file_.members == nullptr ? kUnwantedAllowance : file_.members->Allowance();
  }

  End Unpack(std::string& bytes, std::uint64_t limit) {
    std::array<char, 65536> buffer{};
    for (;;) {
      const la_ssize_t got = archive_read_data(reader_, buffer.data(), buffer.size());
      if (got < 0) return End::kDamaged;
      if (got == 0) return End::kWhole;
      const auto size = std::min<std::uint64_t>(static_cast<std::uint64_t>(got), limit - bytes.size());
      bytes.append(buffer.data(), size);
      if (size < static_cast<std::uint64_t>(got)) return End::kCut;
    }
  }

  /// What is left of a member must be unpacked to get past it, but for zip, whose members are found by their
  /// places. False: it is too much.
  bool PassOver() {
    if ((archive_format(reader_) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP) return true;
    std::array<char, 65536> buffer{};
    for (;;) {
      const la_ssize_t got = archive_read_data(reader_, buffer.data(), buffer.size());
      if (got <= 0) return true;
      if (file_.members != nullptr && !file_.members->Spend(static_cast<std::uint64_t>(got))) return false;
    }
  }

  bool Take(archive_entry* entry) {
    const std::uint64_t limit = Allowance();
    if (limit == 0) return false;
    ++members_;
    FoundMember member;
    member.path = NameOf(entry);
    member.date = DateOf(entry);
    listing_.Verbatim(SafeMemberPath(member.path));
    listing_.LineBreak();
    bytes_.clear();
    bool go_on = true;
    if (archive_entry_is_encrypted(entry) != 0) {
      ++encrypted_;
      member.state = State::kEncrypted;
      member.reason = "opens only with a password";
    } else {
      const End end = Unpack(bytes_, limit);
      member.bytes = bytes_;
      member.cut = end == End::kCut;
      if (end == End::kDamaged) {
        member.state = State::kFailed;
        member.reason = Trouble(reader_);
      }
    }
    if (file_.members != nullptr) go_on = file_.members->Take(member);
    return (!member.cut || PassOver()) && go_on;
  }

  Reading Finish() {
    if (members_ == 0 && archive_read_has_encrypted_entries(reader_) > 0)
      return Refuse(State::kEncrypted, "opens only with a password");
    if (members_ == 0 && !fault_.empty()) return Refuse(State::kFailed, fault_);
    if (members_ > 0 && encrypted_ == members_)
      return Refuse(State::kEncrypted, "its members open only with a password");
    const std::string shortfall = file_.members == nullptr ? "" : file_.members->Shortfall();
    if (members_ == 0 && !shortfall.empty()) return Refuse(State::kSkipped, shortfall);
    Reading reading;
    reading.prose = false;
    reading.body = listing_.TakeBody();
    if (members_ == 0) reading.reason = "no files in the archive";
    if (!fault_.empty()) {
      reading.state = State::kTruncated;
      reading.reason = fault_ + ", after " + std::to_string(members_) + " members";
    } else if (!shortfall.empty()) {
      reading.state = State::kTruncated;
      reading.reason = shortfall;
    }
    return reading;
  }

  const FileContent& file_;
  archive* reader_;
  BodyWriter listing_;
  std::string bytes_;
  std::string fault_;
  std::size_t members_ = 0;
  std::size_t encrypted_ = 0;
};

/// "notes.txt.gz" → "notes.txt"; ".tgz" and its like stay.
std::string_view WithoutEnding(std::string_view name) {
  const std::string ending = NameEnding(name);
  const bool compressed =
      ending == "gz" || ending == "bz2" || ending == "xz" || ending == "zst" || ending == "z";
  return compressed ? name.substr(0, name.size() - ending.size() - 1) : name;
}

/// The one file behind a compression, read in place of the compressed one.
Reading ReadInner(const FileContent& file, archive* reader) {
  std::uint64_t limit = file.members == nullptr ? kUnwantedAllowance : file.members->Allowance();
  if (limit == 0) limit = 1;  // its beginning, to say what it is
  FileContent inner = file;
  std::string bytes;
  std::array<char, 65536> buffer{};
  la_ssize_t got = 0;
  while (!inner.cut && (got = archive_read_data(reader, buffer.data(), buffer.size())) > 0) {
    const auto size = std::min<std::uint64_t>(static_cast<std::uint64_t>(got), limit - bytes.size());
    bytes.append(buffer.data(), size);
    inner.cut = size < static_cast<std::uint64_t>(got);
  }
  if (got < 0 && bytes.empty()) return Refuse(State::kFailed, Trouble(reader));
  if (bytes.empty()) return Refuse(State::kEmpty, "the file is empty");
  const bool damaged = got < 0;
  if (file.members != nullptr) file.members->Spend(bytes.size());
  inner.bytes = bytes;
  inner.name = WithoutEnding(file.name);
  const std::string type = SniffType(inner.bytes, inner.name);
  const Format* format = FindFormat(type);
  if (format == nullptr || format->read == &ReadCompressed)
    return Refuse(State::kSkipped, "compressed; no reader for " + type + " in it");
  if (inner.cut && !format->reads_beginning)
    return Refuse(State::kSkipped, "unpacked larger than " + std::to_string(limit >> 20) + " MiB");
  Reading reading = format->read(inner);
  if (reading.type.empty()) reading.type = type;
  if ((inner.cut || damaged) && reading.state == State::kIndexed) {
    reading.state = State::kTruncated;
    reading.reason = damaged ? Trouble(reader) : "the file is too large; its beginning was read";
  }
  return reading;
}

}  // namespace

Reading ReadArchive(const FileContent& file) {
  const Reader reader = Open(file.bytes, false);
  if (!reader) return Refuse(State::kFailed, "damaged");
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(reader.get(), &entry);
  return Unpacking(file, reader.get()).Run(entry, result);
}

Reading ReadCompressed(const FileContent& file) {
  const Reader reader = Open(file.bytes, true);
  if (!reader) return Refuse(State::kFailed, "damaged");
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(reader.get(), &entry);
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
    return Refuse(result == ARCHIVE_EOF ? State::kEmpty : State::kFailed,
                  result == ARCHIVE_EOF ? "the file is empty" : Trouble(reader.get()));
  if (archive_format(reader.get()) == ARCHIVE_FORMAT_RAW) return ReadInner(file, reader.get());
  Reading reading = Unpacking(file, reader.get()).Run(entry, result);
  reading.type = "tar";
  return reading;
}

}  // namespace quipu::extract
