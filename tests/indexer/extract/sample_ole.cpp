// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/indexer/extract/sample_ole.h"

#include <cstring>

namespace quipu::extract::testing {
namespace {

constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint32_t kEnd = 0xFFFFFFFE;
constexpr std::uint32_t kFat = 0xFFFFFFFD;
constexpr std::size_t kSector = 512;
constexpr std::size_t kSmallSector = 64;

struct Node {
  std::string name;
  bool storage = false;
  std::uint32_t start = 0;
  std::uint32_t size = 0;
  std::uint32_t right = kFree;
  std::uint32_t child = kFree;
};

void Pad(std::string& bytes, std::size_t unit) {
  bytes.resize((bytes.size() + unit - 1) / unit * unit, '\0');
}

std::string WideName(const std::string& name) {
  std::string wide;
  for (const char c : name) wide += Le16(static_cast<unsigned char>(c));
  return wide;
}

/// Sectors, and the table that chains them.
struct Sectors {
  std::string bytes;
  std::vector<std::uint32_t> chain;
  std::size_t unit;

  std::uint32_t Add(std::string content) {
    if (content.empty()) return kEnd;
    const auto first = static_cast<std::uint32_t>(chain.size());
    Pad(content, unit);
    for (std::size_t at = unit; at < content.size(); at += unit)
      chain.push_back(static_cast<std::uint32_t>(chain.size() + 1));
    chain.push_back(kEnd);
    bytes += content;
    return first;
  }
};

std::string Table(const std::vector<std::uint32_t>& chain) {
  std::string bytes;
  for (const std::uint32_t next : chain) bytes += Le32(next);
  while (bytes.size() % kSector != 0) bytes += Le32(kFree);
  return bytes;
}

/// The directory's nodes; entries of a folder hang together by their right-hand links.
class Tree {
 public:
  Tree() { nodes.push_back({.name = "Root Entry", .storage = true}); }

  std::size_t Add(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    const std::size_t folder = slash == std::string::npos ? 0 : Folder(path.substr(0, slash));
    nodes.push_back({.name = slash == std::string::npos ? path : path.substr(slash + 1)});
    const auto number = static_cast<std::uint32_t>(nodes.size() - 1);
    nodes[number].right = nodes[folder].child;
    nodes[folder].child = number;
    return number;
  }

  std::vector<Node> nodes;

 private:
  std::size_t Folder(const std::string& path) {
    for (const auto& [known, number] : folders_) {
      if (known == path) return number;
    }
    const std::size_t number = Add(path);
    nodes[number].storage = true;
    folders_.emplace_back(path, number);
    return number;
  }
  std::vector<std::pair<std::string, std::size_t>> folders_;
};

std::string Entry(const Node& node, bool root) {
  std::string entry = WideName(node.name);
  entry.resize(64, '\0');
  entry += Le16(static_cast<std::uint16_t>(node.name.size() * 2 + 2));
  entry += static_cast<char>(root ? 5 : node.storage ? 1 : 2);
  entry += '\1';
  entry += Le32(kFree) + Le32(node.right) + Le32(node.child);
  entry.resize(116, '\0');
  return entry + Le32(node.start) + Le64(node.size);
}

}  // namespace

std::string Le16(std::uint16_t value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8)};
}
std::string Le32(std::uint32_t value) {
  return Le16(static_cast<std::uint16_t>(value & 0xFFFF)) + Le16(static_cast<std::uint16_t>(value >> 16));
}
std::string Le64(std::uint64_t value) {
  return Le32(static_cast<std::uint32_t>(value & 0xFFFFFFFF)) + Le32(static_cast<std::uint32_t>(value >> 32));
}
std::string LeDouble(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return Le64(bits);
}
std::string Utf16(std::u16string_view text) {
  std::string bytes;
  for (const char16_t unit : text) bytes += Le16(unit);
  return bytes;
}

std::string MakeOle(const std::vector<std::pair<std::string, std::string>>& streams) {
  constexpr std::size_t kSmallLimit = 4096;
  Sectors small{.bytes = {}, .chain = {}, .unit = kSmallSector};
  Sectors large{.bytes = {}, .chain = {}, .unit = kSector};
  Tree tree;
  for (const auto& [path, content] : streams) {
    const std::size_t number = tree.Add(path);
    tree.nodes[number].size = static_cast<std::uint32_t>(content.size());
    tree.nodes[number].start = (content.size() < kSmallLimit ? small : large).Add(content);
  }
  tree.nodes[0].size = static_cast<std::uint32_t>(small.bytes.size());
  tree.nodes[0].start = large.Add(small.bytes);
  std::string directory;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) directory += Entry(tree.nodes[i], i == 0);
  const std::uint32_t directory_start = large.Add(directory);
  const std::uint32_t small_table_start = large.Add(small.chain.empty() ? "" : Table(small.chain));
  // The table also chains itself.
  std::vector<std::uint32_t> fat_sectors;
  while (fat_sectors.size() * (kSector / 4) < large.chain.size()) {
    fat_sectors.push_back(static_cast<std::uint32_t>(large.chain.size()));
    large.chain.push_back(kFat);
  }
  std::string header("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  header.resize(24, '\0');
  header += Le16(0x3E) + Le16(3) + Le16(0xFFFE) + Le16(9) + Le16(6);
  header.resize(44, '\0');
  header += Le32(static_cast<std::uint32_t>(fat_sectors.size())) + Le32(directory_start) + Le32(0) +
            Le32(4096) + Le32(small_table_start) + Le32(1) + Le32(kEnd) + Le32(0);
  for (const std::uint32_t sector : fat_sectors) header += Le32(sector);
  while (header.size() < kSector) header += Le32(kFree);
  return header + large.bytes + Table(large.chain);
}

std::string MakeSummary(const std::vector<std::pair<std::uint32_t, std::string>>& texts) {
  std::string list;
  std::string values;
  const auto count = static_cast<std::uint32_t>(texts.size() + 2);
  const auto add = [&](std::uint32_t id, const std::string& value) {
    list += Le32(id) + Le32(static_cast<std::uint32_t>(8 + count * 8 + values.size()));
    values += value;
  };
  add(1, Le32(2) + Le16(1252) + Le16(0));
  add(12, Le32(64) + Le64(kSampleFileTime));
  for (const auto& [id, text] : texts) {
    std::string value = Le32(30) + Le32(static_cast<std::uint32_t>(text.size() + 1)) + text + '\0';
    Pad(value, 4);
    add(id, value);
  }
  const std::string section = Le32(count) + list + values;
  std::string stream = Le16(0xFFFE) + Le16(0) + Le32(0x00020005) + std::string(16, '\0') + Le32(1);
  stream += std::string(16, '\x01') + Le32(48);
  return stream + Le32(static_cast<std::uint32_t>(section.size() + 4)) + section;
}

}  // namespace quipu::extract::testing
