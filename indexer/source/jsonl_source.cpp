// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/jsonl_source.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/schema/document_json.h"
#include "core/schema/plain_line.h"

namespace quipu::source {
namespace {

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

/// Keeps of each id the last line; the others become problems.
void KeepLast(Listing& listing) {
  auto& found = listing.found;
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.id != b.id ? a.id < b.id : a.line < b.line; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i + 1 < found.size() && found[i].id == found[i + 1].id) {
      listing.problems.push_back({found[i].id, extract::State::kSkipped,
                                  fmt::format("line {}: line {} has the same id and replaces it",
                                              found[i].line, found[i + 1].line)});
    } else {
      if (kept != i) found[kept] = std::move(found[i]);
      ++kept;
    }
  }
  found.resize(kept);
}

}  // namespace

JsonlSource::JsonlSource(std::string name, std::string mark, config::Source settings)
    : name_(std::move(name)),
      mark_(std::move(mark)),
      settings_(std::move(settings)),
      defaults_{settings_.url, settings_.language, settings_.max_file_bytes} {}

Result<Listing> JsonlSource::List(const Scan& scan) {
  auto file = LineFile::Open(settings_.path);
  if (!file) return file.error();
  file_.emplace(std::move(file).value());
  Listing listing;
  const bool complete = file_->ForEach([&](const LineFile::Line& line) {
    if (!IsBlank(line.text)) Take(line, listing);
    return !scan.stop.stop_requested();
  });
  if (!complete)
    return Error{Code::kIo, fmt::format("`{}` cannot be read to its end", settings_.path.string())};
  KeepLast(listing);
  return listing;
}

void JsonlSource::Take(const LineFile::Line& line, Listing& listing) const {
  const std::string place = fmt::format("{}:{}", settings_.path.filename().string(), line.number);
  if (line.bytes > line.text.size()) {
    listing.problems.push_back({place, extract::State::kFailed, "the line is longer than 64 MiB"});
    return;
  }
  Found found;
  if (const auto id = schema::IdOfPlainLine(line.text)) {
    found.id = *id;
  } else {
    auto parsed = schema::FromJsonLine(line.text);
    if (!parsed) {
      listing.problems.push_back({place, extract::State::kFailed, parsed.error().message});
      return;
    }
    found.id = std::move(parsed->document.id);
  }
  found.stamp.size = line.bytes;
  found.stamp.hash = HashOf(line.text);
  found.offset = line.offset;
  found.line = line.number;
  listing.found.push_back(std::move(found));
}

Reading JsonlSource::Read(const Found& found, const std::optional<index::FileStamp>& known,
                          const ExtractFunction& extract) {
  Reading reading;
  reading.stamp = found.stamp;
  if (known && known->hash == found.stamp.hash) {
    reading.kind = Reading::Kind::kUnchanged;
    return reading;
  }
  const std::string line = file_->ReadAt(found.offset, found.stamp.size);
  reading.bytes = line.size();
  if (HashOf(line) != found.stamp.hash) {
    reading.extracted.reason = fmt::format("line {}: the file changed while it was read", found.line);
    return reading;
  }
  reading.extracted = ReadJsonDocument(line, defaults_, extract);
  const bool document = reading.extracted.state == extract::State::kIndexed ||
                        reading.extracted.state == extract::State::kTruncated;
  reading.kind = document ? Reading::Kind::kDocument : Reading::Kind::kNothing;
  if (!document) reading.extracted.reason = fmt::format("line {}: {}", found.line, reading.extracted.reason);
  return reading;
}

}  // namespace quipu::source
