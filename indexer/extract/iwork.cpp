// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "indexer/extract/format.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {

Reading ReadIwork(const FileContent& file) {
  ZipArchive zip(file.bytes);
  if (zip.Has(".iwph") || zip.encrypted()) return Refuse(State::kEncrypted, "opens only with a password");
  const ZipArchive::Member content = zip.Read(zip.Has("index.apxl") ? "index.apxl" : "index.xml");
  if (content.bytes.empty()) return Refuse(State::kFailed, "the document inside is missing or damaged");
  FileContent inner = file;
  inner.bytes = content.bytes;
  Reading reading = ReadXml(inner);
  // Its titles are names of layouts, and it is full of them.
  reading.title.clear();
  reading.segments.clear();
  if (content.fault != ZipArchive::Fault::kNone && reading.state == State::kIndexed) {
    reading.state = State::kTruncated;
    reading.reason = "damaged or too large; its beginning was read";
  }
  return reading;
}

}  // namespace quipu::extract
