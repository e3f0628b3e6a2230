// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_version.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <system_error>

#include "core/base/unique_fd.h"
#include "core/base/write_all.h"
#include "core/index/varint.h"

namespace quipu::index::glass {
namespace {

constexpr std::array<std::string_view, kTables> kNames = {"postlist.glass", "docdata.glass", "termlist.glass",
                                                          "position.glass"};
/// Ends in the version of the format: 2016-03-14, as years since 2014, month and day.
constexpr std::string_view kMagic = "\x0F\x0DXapian Glass\x04\x6E";
constexpr std::uint64_t kRevision = 1;
constexpr std::size_t kNameBytes = 16;
/// In what a root says of itself.
constexpr std::uint64_t kSequential = 2;
constexpr std::uint64_t kAbsent = 1;
constexpr std::uint64_t kBlockUnit = 2048;

/// Xapian tells databases apart by this.
std::string RandomName() {
  std::random_device random;
  std::string name;
  while (name.size() < kNameBytes) name += static_cast<char>(random());
  // Version 4, variant 1 of a UUID.
  name[6] = static_cast<char>((name[6] & 0x0F) | 0x40);
  name[8] = static_cast<char>((name[8] & 0x3F) | 0x80);
  return name;
}

std::string FreeList(const TableRoot& root) {
  std::string list;
  PutVarint(list, kRevision);
  PutVarint(list, root.blocks);  // the first that was never used
  list.append(4, '\0');          // and none that is free again
  return list;
}

void PutRoot(std::string& bytes, const TableRoot& root, std::size_t least_compressed) {
  PutVarint(bytes, root.block);
  PutVarint(bytes, std::uint64_t{root.level} << 2 | kSequential | (root.blocks == 0 ? kAbsent : 0));
  PutVarint(bytes, root.entries);
  PutVarint(bytes, kBlockBytes / kBlockUnit);
  PutVarint(bytes, least_compressed);
  PutText(bytes, root.blocks == 0 ? std::string() : FreeList(root));
}

std::string Encode(const VersionFile& version) {
  const auto& [roots, statistics] = version;
  std::string bytes(kMagic);
  bytes += RandomName();
  PutVarint(bytes, kRevision);
  for (std::size_t table = 0; table < kTables; ++table)
    PutRoot(bytes, roots[table], table == kDataTable || table == kTermTable ? kLeastCompressed : 0);
  for (int spelling_and_synonyms = 0; spelling_and_synonyms < 2; ++spelling_and_synonyms)
    PutRoot(bytes, {}, kLeastCompressed);
  PutVarint(bytes, statistics.documents);
  PutVarint(bytes, statistics.last_document - statistics.documents);
  PutVarint(bytes, statistics.least_length);
  PutVarint(bytes, statistics.greatest_count);
  PutVarint(bytes, statistics.greatest_length - statistics.greatest_count);
  PutVarint(bytes, 0);  // changesets
  PutVarint(bytes, statistics.total_length);
  PutVarint(bytes, 0);  // spelling
  return bytes;
}

TableRoot TakeRoot(ByteReader& reader) {
  constexpr std::uint64_t kMaxBlockUnits = 32;
  TableRoot root;
  root.block = static_cast<std::uint32_t>(reader.Varint());
  const std::uint64_t level = reader.VarintUpTo(0xFF);
  root.level = static_cast<std::uint32_t>(level >> 2);
  root.entries = static_cast<std::uint32_t>(reader.Varint());
  root.block_bytes = static_cast<std::uint32_t>(reader.VarintUpTo(kMaxBlockUnits) * kBlockUnit);
  reader.Varint();  // what is compressed
  ByteReader free_list(reader.Text());
  free_list.Varint();  // its revision
  root.blocks = (level & kAbsent) != 0 ? 0 : static_cast<std::uint32_t>(free_list.Varint());
  if (free_list.failed() && root.blocks > 0) reader.Fail();
  return root;
}

std::optional<VersionFile> Decode(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  ByteReader reader(bytes.substr(kMagic.size()));
  reader.Bytes(kNameBytes);
  reader.Varint();  // revision
  VersionFile version;
  for (TableRoot& root : version.roots) root = TakeRoot(reader);
  const bool others = TakeRoot(reader).blocks > 0 || TakeRoot(reader).blocks > 0;
  const auto number = [&] { return static_cast<std::uint32_t>(reader.VarintUpTo(0xFFFFFFFF)); };
  Statistics& statistics = version.statistics;
  statistics.documents = number();
  statistics.last_document = statistics.documents + number();
  statistics.least_length = number();
  statistics.greatest_count = number();
  statistics.greatest_length = statistics.greatest_count + number();
  reader.Varint();  // changesets
  statistics.total_length = reader.Varint();
  reader.Varint();  // spelling
  if (reader.failed() || reader.remaining() > 0 || others) return std::nullopt;
  return version;
}

}  // namespace

std::filesystem::path TablePath(const std::filesystem::path& folder, Table table) {
  return folder / kNames[table];
}

void Statistics::Add(const Statistics& other) {
  documents += other.documents;
  total_length += other.total_length;
  greatest_length = std::max(greatest_length, other.greatest_length);
  greatest_count = std::max(greatest_count, other.greatest_count);
  if (least_length == 0 || (other.least_length > 0 && other.least_length < least_length))
    least_length = other.least_length;
}

void Statistics::AddDocument(std::uint32_t length) {
  ++documents;
  ++last_document;
  total_length += length;
  greatest_length = std::max(greatest_length, length);
  if (length > 0) least_length = least_length == 0 ? length : std::min(least_length, length);
}

std::optional<VersionFile> ReadVersionFile(const std::filesystem::path& folder) {
  std::ifstream file(folder / "iamglass", std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return Decode(content.str());
}

void WriteVersionFile(const std::filesystem::path& folder, const VersionFile& version) {
  const std::filesystem::path path = folder / "iamglass";
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.valid() || !WriteAll(file.get(), Encode(version)))
    throw std::system_error(errno, std::generic_category(), path.string());
}

}  // namespace quipu::index::glass
