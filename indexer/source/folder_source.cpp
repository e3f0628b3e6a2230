// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/folder_source.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <system_error>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "indexer/source/document_id.h"

namespace quipu::source {
namespace {

/// File systems note times in steps of up to 10 ms (longer on some, but those also have no nanoseconds to
/// compare): a file written just before it is read can be written again without a new mtime.
constexpr std::int64_t kMtimeStepNs = 20'000'000;

index::FileStamp StampOf(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) throw std::system_error(errno, std::generic_category(), "fstat");
  index::FileStamp stamp;
  stamp.mtime_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
  stamp.size = static_cast<std::uint64_t>(status.st_size);
  return stamp;
}

std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string DateOf(std::int64_t time_ns) {
  const std::time_t seconds = static_cast<std::time_t>(time_ns / 1'000'000'000);
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr || parts.tm_year < -1900 || parts.tm_year > 8099) return "";
  return fmt::format("{:%Y-%m-%d}", parts);
}

Reading Unreadable(std::string reason) {
  Reading reading;
  reading.kind = Reading::Kind::kUnreadable;
  reading.extracted.state = extract::State::kFailed;
  reading.extracted.reason = std::move(reason);
  return reading;
}

bool IsDocument(extract::State state) {
  return state == extract::State::kIndexed || state == extract::State::kTruncated;
}

}  // namespace

FolderSource::FolderSource(std::string name, std::string mark, config::Source settings,
                           std::vector<std::filesystem::path> not_into)
    : name_(std::move(name)),
      mark_(std::move(mark)),
      settings_(std::move(settings)),
      not_into_(std::move(not_into)) {}

Result<Listing> FolderSource::List(const Scan& scan) {
  auto filter = PathFilter::Make(settings_.include, settings_.exclude);
  if (!filter) return filter.error();
  auto tree = FolderTree::Open(settings_.path);
  if (!tree) return tree.error();
  tree_.emplace(std::move(tree).value());
  return tree_->List(*filter, not_into_, scan.stop);
}

Reading FolderSource::Read(const Found& found, const std::optional<index::FileStamp>& known,
                           const ExtractFunction& extract) {
  auto file = tree_->OpenFile(found.name);
  if (!file) return Unreadable("cannot be opened: " + file.error().message);
  const std::int64_t read_at = NowNs();
  Reading reading;
  reading.stamp = StampOf(file->get());
  const std::int64_t mtime_ns = reading.stamp.mtime_ns;

  if (known && IsKnown(known->hash) && known->size == reading.stamp.size) {
    const auto hash = HashOfFile(file->get(), settings_.max_file_bytes, reading.bytes);
    if (!hash) return Unreadable("cannot be read: " + std::generic_category().message(errno));
    reading.stamp.hash = *hash;
    if (*hash == known->hash) reading.kind = Reading::Kind::kUnchanged;
  }
  if (reading.kind != Reading::Kind::kUnchanged) {
    UniqueFd copy(::fcntl(file->get(), F_DUPFD_CLOEXEC, 3));
    if (!copy.valid()) throw std::system_error(errno, std::generic_category(), "dup");
    extract::FileTask task;
    task.fd = copy.Release();
    task.name = found.name;
    task.language = settings_.language;
    task.max_bytes = settings_.max_file_bytes;
    task.ocr = settings_.ocr;
    reading.extracted = extract(std::move(task));
    reading.kind = IsDocument(reading.extracted.state) ? Reading::Kind::kDocument : Reading::Kind::kNothing;
    // What is skipped by its type is often huge, and nothing is gained from knowing its content.
    if (!IsKnown(reading.stamp.hash) && reading.extracted.state != extract::State::kSkipped) {
      const auto hash = HashOfFile(file->get(), settings_.max_file_bytes, reading.bytes);
      if (!hash) return Unreadable("cannot be read: " + std::generic_category().message(errno));
      reading.stamp.hash = *hash;
    }
  }
  const index::FileStamp after = StampOf(file->get());
  const bool changed = after.mtime_ns != mtime_ns || after.size != reading.stamp.size;
  // An mtime of 0 makes the next run look again.
  if (changed || std::abs(read_at - mtime_ns) < kMtimeStepNs) reading.stamp.mtime_ns = 0;
  if (reading.kind == Reading::Kind::kDocument) Complete(reading.extracted.document, found, mtime_ns);
  return reading;
}

std::optional<Hash> FolderSource::ContentHash(const Found& found) {
  const auto file = tree_->OpenFile(found.name);
  if (!file) return std::nullopt;
  std::uint64_t bytes = 0;
  return HashOfFile(file->get(), settings_.max_file_bytes, bytes);
}

void FolderSource::CompleteMember(const Found& found, schema::Document& member) const {
  Source::CompleteMember(found, member);
  member.url = UrlOfPath(settings_.url, found.name);
  if (member.date.empty()) member.date = DateOf(found.stamp.mtime_ns);
  if (!settings_.language.empty()) member.language = settings_.language;
}

void FolderSource::Complete(schema::Document& document, const Found& found, std::int64_t mtime_ns) const {
  document.id = found.id;
  document.url = UrlOfPath(settings_.url, found.name);
  if (document.title.empty()) document.title = TitleOfPath(found.name);
  if (document.date.empty()) document.date = DateOf(mtime_ns);
  if (!settings_.language.empty()) document.language = settings_.language;
}

}  // namespace quipu::source
