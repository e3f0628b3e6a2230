// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/ppt_records.h"

#include "indexer/extract/little_endian.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kHeaderBytes = 8;

}  // namespace

bool ReadPptRecord(std::string_view stream, std::uint64_t at, PptRecord& record) {
  if (at > stream.size() || stream.size() - at < kHeaderBytes) return false;
  const std::uint16_t head = U16(stream, at);
  record.container = (head & 0xF) == 0xF;
  record.instance = head >> 4;
  record.type = U16(stream, at + 2);
  record.bytes = Slice(stream, at + kHeaderBytes, U32(stream, at + 4));
  return true;
}

void ForEachPptRecord(std::string_view bytes, const std::function<void(const PptRecord&)>& tell) {
  PptRecord record;
  for (std::uint64_t at = 0; ReadPptRecord(bytes, at, record); at += kHeaderBytes + record.bytes.size())
    tell(record);
}

void ForEachPptAtom(std::string_view bytes, const std::function<void(const PptRecord&)>& tell, int depth) {
  ForEachPptRecord(bytes, [&](const PptRecord& record) {
    if (!record.container) return tell(record);
    if (depth < kMaxPptDepth) ForEachPptAtom(record.bytes, tell, depth + 1);
  });
}

}  // namespace quipu::extract
