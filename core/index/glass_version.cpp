// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/glass_version.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <random>
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

/// Xapian tells databases apart by these 16 bytes.
std::string RandomName() {
  std::random_device random;
  std::string name;
  for (int i = 0; i < 16; ++i) name += static_cast<char>(random());
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
  constexpr std::uint64_t kSequential = 2;
  constexpr std::uint64_t kAbsent = 1;
  PutVarint(bytes, root.block);
  PutVarint(bytes, std::uint64_t{root.level} << 2 | kSequential | (root.blocks == 0 ? kAbsent : 0));
  PutVarint(bytes, root.entries);
  PutVarint(bytes, kBlockBytes / 2048);
  PutVarint(bytes, least_compressed);
  PutText(bytes, root.blocks == 0 ? std::string() : FreeList(root));
}

std::string Encode(const std::array<TableRoot, kTables>& roots, const Statistics& statistics) {
  std::string bytes(kMagic);
  bytes += RandomName();
  PutVarint(bytes, kRevision);
  for (std::size_t table = 0; table < kTables; ++table)
    PutRoot(bytes, roots[table], table == kDataTable || table == kTermTable ? kLeastCompressed : 0);
  for (int spelling_and_synonyms = 0; spelling_and_synonyms < 2; ++spelling_and_synonyms)
    PutRoot(bytes, {}, kLeastCompressed);
  PutVarint(bytes, statistics.documents);
  PutVarint(bytes, 0);  // the last document's number less the number of documents
  PutVarint(bytes, statistics.least_length);
  PutVarint(bytes, statistics.greatest_count);
  PutVarint(bytes, statistics.greatest_length - statistics.greatest_count);
  PutVarint(bytes, 0);  // changesets
  PutVarint(bytes, statistics.total_length);
  PutVarint(bytes, 0);  // spelling
  return bytes;
}

}  // namespace

std::filesystem::path TablePath(const std::filesystem::path& folder, Table table) {
  return folder / kNames[table];
}

void Statistics::AddDocument(std::uint32_t length) {
  ++documents;
  total_length += length;
  greatest_length = std::max(greatest_length, length);
  if (length > 0) least_length = least_length == 0 ? length : std::min(least_length, length);
}

void WriteVersionFile(const std::filesystem::path& folder, const std::array<TableRoot, kTables>& roots,
                      const Statistics& statistics) {
  const std::filesystem::path path = folder / "iamglass";
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.valid() || !WriteAll(file.get(), Encode(roots, statistics)))
    throw std::system_error(errno, std::generic_category(), path.string());
}

}  // namespace quipu::index::glass
