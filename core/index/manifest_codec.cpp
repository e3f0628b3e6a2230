// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/manifest_codec.h"

#include <algorithm>

#include "core/index/index_format.h"
#include "core/index/varint.h"
#include "core/schema/field.h"

namespace quipu::index {
namespace {

/// Small negative numbers stay small: 0, -1, 1, -2, … become 0, 1, 2, 3, …
std::uint64_t ZigZag(std::int64_t n) {
  return static_cast<std::uint64_t>(n) << 1 ^ static_cast<std::uint64_t>(n >> 63);
}
std::int64_t UnZigZag(std::uint64_t n) {
  return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
}

void Put(std::string& bytes, const ManifestEntry& entry) {
  PutVarint(bytes, ZigZag(entry.stamp.mtime_ns));
  PutVarint(bytes, entry.stamp.size);
  bytes.append(entry.stamp.hash.begin(), entry.stamp.hash.end());
  PutText(bytes, entry.source);
  PutText(bytes, entry.container);
  PutText(bytes, entry.state);
  PutText(bytes, entry.reason);
  PutVarint(bytes, entry.members);
  PutText(bytes, entry.memo);
}

std::optional<ManifestEntry> Read(ByteReader& reader, std::string_view id) {
  ManifestEntry entry;
  entry.id = id;
  entry.stamp.mtime_ns = UnZigZag(reader.Varint());
  entry.stamp.size = reader.Varint();
  const std::string_view hash = reader.Bytes(entry.stamp.hash.size());
  std::copy(hash.begin(), hash.end(), entry.stamp.hash.begin());
  entry.source = reader.Text();
  entry.container = reader.Text();
  entry.state = reader.Text();
  entry.reason = reader.Text();
  entry.members = reader.Varint();
  entry.memo = reader.Text();
  if (reader.failed() || reader.remaining() > 0) return std::nullopt;
  return entry;
}

}  // namespace

std::string EncodeEntry(const ManifestEntry& entry) {
  std::string bytes;
  Put(bytes, entry);
  return bytes;
}

std::optional<ManifestEntry> DecodeEntry(std::string_view bytes) {
  ByteReader reader(bytes);
  return Read(reader, {});
}

std::string EncodeFileEntry(const ManifestEntry& entry) {
  std::string bytes;
  PutText(bytes, entry.id);
  Put(bytes, entry);
  return bytes;
}

std::optional<ManifestEntry> DecodeFileEntry(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::string_view id = reader.Text();
  return Read(reader, id);
}

std::string FileKey(std::string_view id) { return std::string(kFileKey) + schema::IdTerm(id); }

}  // namespace quipu::index
